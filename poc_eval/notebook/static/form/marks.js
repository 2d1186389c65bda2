/** Trouble told beside its field. */

/**
 * Tell it only where the form says so: where the person has been, or once bringing the record to its end was tried.
 *
 * @param {import("./recordForm.js").RecordForm} form
 */
export function markFields(form) {
  const { state, tried } = form;
  const wrong = textsOf(state.evaluation?.faults);
  const missing = textsOf(state.evaluation?.missing);
  const warned = textsOf(state.evaluation?.warnings);
  for (const [field, controls] of form.controls) {
    // While a text is on its way, what the server said of the one before it no longer holds.
    const told = form.tells(field) && !state.outbox.get(field);
    const refusal = state.refused.get(field);
    const text = told ? wrong.get(field) ?? missing.get(field) ?? warned.get(field) ?? "" : "";
    const grave = refusal !== undefined || (told && (wrong.has(field) || (tried && missing.has(field))));
    const said = refusal ?? reassured(form, field, text);
    const key = `${grave} ${said}`;
    for (const control of controls) {
      // A large table has thousands of cells, and every touch of one costs the browser something.
      if (control.marked === key) continue;
      control.marked = key;
      control.mark(said, grave);
    }
  }
}

/**
 * @param {import("./recordForm.js").RecordForm} form
 * @param {string} field
 * @param {string} text
 */
function reassured({ t, words, state }, field, text) {
  const typed = state.value(field).length > 1;
  return text && typed ? t("{text} Your text is saved.", { text: words.closed(text) }) : text;
}

/** @param {import("./types").Note[] | undefined} notes @returns {Map<string, string>} */
function textsOf(notes) {
  return new Map((notes ?? []).map(({ field, text }) => [field, text]));
}
