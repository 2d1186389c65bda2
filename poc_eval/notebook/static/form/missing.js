/** What is still open, each a way to its place. */

import { button, h } from "./dom.js";
import { goTo } from "./places.js";

/**
 * @param {import("./recordForm.js").RecordForm} form
 * @param {import("./types").Note[]} notes
 */
export function missingLinks(form, notes) {
  return h(
    "ul",
    { class: "links" },
    notes.map((note) =>
      h("li", {}, button(form.listed(note), () => goTo(form, note.field), { class: "link", "data-to": note.field })),
    ),
  );
}
