/**
 * The form's stylesheet, which stands beside the modules.
 *
 * Where the form is delivered as one module, this file is left out and the text itself takes its place.
 *
 * @returns {Promise<string>}
 */
export async function stylesheet() {
  const reply = await fetch(new URL("../form.css", import.meta.url));
  return reply.ok ? reply.text() : "";
}
