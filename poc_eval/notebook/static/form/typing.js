/** Typing into a text field: nothing is done with half-composed text, and what comes from elsewhere takes no focus. */

/**
 * Connect an input or a text area with its field.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} input
 * @param {import("./record.js").RecordState} state
 * @param {string} field
 * @param {(value: string) => string} [tidy]
 */
export function typing(input, state, field, tidy = (value) => value) {
  let composing = false;
  /** What stood there when the composition began. */
  let before = "";
  const commit = () => {
    const tidied = tidy(input.value);
    if (tidied !== input.value) put(input, tidied);
    state.type(field, tidied);
  };
  const finish = () => {
    if (!composing) return;
    composing = false;
    if (input.value !== before) commit();
    state.release(field);
  };
  input.addEventListener("compositionstart", () => {
    composing = true;
    before = input.value;
    state.hold(field);
  });
  input.addEventListener("compositionend", finish);
  input.addEventListener("input", (event) => {
    if (!composing && !(/** @type {InputEvent} */ (event).isComposing)) commit();
  });
  input.addEventListener("blur", () => {
    // Some input methods leave without a word when the window loses the focus.
    if (composing) finish();
    else commit();
  });
  return {
    /** Show a text from elsewhere, unless one is being composed. @param {string} value */
    show(value) {
      if (!composing && input.value !== value) put(input, value);
    },
  };
}

/**
 * Put a text in and leave the caret where it was.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} input
 * @param {string} value
 */
function put(input, value) {
  const { selectionStart, selectionEnd } = input;
  input.value = value;
  if (selectionStart !== null) input.setSelectionRange(selectionStart, selectionEnd);
}

/** A key that an input method is using. @param {KeyboardEvent} event */
export function belongsToInputMethod(event) {
  return event.isComposing || event.keyCode === 229;
}

/** Write full-width figures and points, as an input method leaves them, the way scores are written. @param {string} text */
export function plainFigures(text) {
  return /^[\s\d０-９.．。,，－+＋%％-]*$/.test(text) ? text.normalize("NFKC").replaceAll("。", ".").trim() : text;
}

/**
 * Grow with the text where the browser does not do so by itself.
 *
 * @param {HTMLTextAreaElement} area
 */
export function grow(area) {
  if (CSS.supports("field-sizing", "content")) return () => undefined;
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  area.addEventListener("input", fit);
  return fit;
}
