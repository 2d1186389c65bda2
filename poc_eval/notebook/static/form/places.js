/** Where the reviewer is in the form, and the way to another place. */

import { hasFocus } from "./controls.js";

/** @typedef {import("./recordForm.js").RecordForm} Form */

/** @param {Form} form @param {string} field */
export function goTo(form, field) {
  const control = form.controls.get(field)?.[0];
  const card = `[data-criterion="${CSS.escape(field.split(".")[1] ?? "")}"]`;
  const node = control?.node ?? form.root.querySelector(card);
  node?.scrollIntoView({ block: "center" });
  control?.focus();
}

/** The next open place after the one where the reviewer is; a choice between two texts comes first. @param {Form} form */
export function goToNext(form) {
  const [conflict] = form.state.conflicts.keys();
  if (conflict) {
    goTo(form, conflict);
    return;
  }
  const order = [...form.controls.keys()];
  const open = form
    .openNotes()
    .map(({ field }) => field)
    .filter((field) => form.controls.has(field));
  const here = form.here === null ? -1 : order.indexOf(form.here);
  const next = open.find((field) => order.indexOf(field) > here) ?? open[0];
  if (next === undefined) form.atEnd();
  else goTo(form, next);
}

/**
 * Note the place, do something that builds the page anew, and come back to it.
 *
 * @param {Form} form
 * @param {() => void} build
 */
export function keepingPlace(form, build) {
  const place = placeOf(form);
  build();
  if (!place) return;
  const control = form.controls.get(place.field)?.[0];
  control?.focus();
  if (place.start !== null) control?.input?.setSelectionRange(place.start, place.end);
}

/** @param {Form} form */
function placeOf(form) {
  for (const [field, controls] of form.controls) {
    for (const { node, input } of controls) {
      if (hasFocus(node)) return { field, start: input?.selectionStart ?? null, end: input?.selectionEnd ?? null };
    }
  }
  return null;
}
