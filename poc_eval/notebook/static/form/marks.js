/** Trouble told beside its field. */

/**
 * Tell it only where the reviewer has been, or once submitting was tried.
 *
 * @param {import("./form.js").Form} form
 */
export function markFields(form) {
  const { state, touched, tried } = form;
  const wrong = new Map((state.evaluation?.faults ?? []).map(({ field, text }) => [field, text]));
  const missing = new Map((state.evaluation?.missing ?? []).map(({ field, text }) => [field, text]));
  for (const [field, controls] of form.controls) {
    // While a text is on its way, what the server said of the one before it no longer holds.
    const told = (tried || touched.has(field)) && !state.outbox.get(field);
    const refusal = state.refused.get(field);
    const text = told ? wrong.get(field) ?? missing.get(field) ?? "" : "";
    const grave = refusal !== undefined || (told && (wrong.has(field) || (tried && missing.has(field))));
    for (const control of controls) control.mark(refusal ?? reassured(form, field, text), grave);
  }
}

/**
 * @param {import("./form.js").Form} form
 * @param {string} field
 * @param {string} text
 */
function reassured({ t, words, state }, field, text) {
  const typed = state.value(field).length > 1;
  return text && typed ? t("{text} Your text is saved.", { text: words.closed(text) }) : text;
}
