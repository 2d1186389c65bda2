/** What is still open, each a way to its place. */

import { button, h } from "./dom.js";
import { goTo } from "./places.js";

/**
 * @param {import("./form.js").Form} form
 * @param {import("./types").Note[]} notes
 */
export function missingLinks(form, notes) {
  const titles = form.sheet.criteria.map(({ title }) => title);
  return h(
    "ul",
    { class: "links" },
    notes.map(({ field, text }) => {
      const criterion = form.sheet.criteria.find(({ fields }) => Object.values(fields).includes(field));
      // A sentence that stands beside its field need not name it; in a list it must.
      const named = criterion && !titles.some((title) => text.startsWith(title));
      const said = named ? form.t("{name}: {text}", { name: criterion.title, text }) : text;
      return h("li", {}, button(said, () => goTo(form, field), { class: "link", "data-to": field }));
    }),
  );
}
