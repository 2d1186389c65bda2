/** Two texts for one field: both shown, one chosen, none lost. */

import { button, h } from "./dom.js";

/**
 * @param {import("./recordForm.js").RecordForm} form
 * @param {{node: HTMLElement, field: string, describe: (value: string) => string}} control
 */
export function showConflict(form, control) {
  const { state, t } = form;
  control.node.querySelector(":scope > .conflict, :scope > .set-aside")?.remove();
  const conflict = state.conflicts.get(control.field);
  if (conflict) {
    control.node.append(
      h(
        "div",
        { class: "conflict", role: "group", "aria-label": t("Two texts for one field") },
        h(
          "p",
          {},
          t("This was also changed elsewhere, in another window or on another computer. Which text shall stay?"),
        ),
        h(
          "div",
          { class: "two" },
          side(form, control, t("Mine"), state.value(control.field), t("Keep mine"), "mine"),
          side(form, control, t("Theirs"), conflict.theirs, t("Take theirs"), "theirs"),
        ),
      ),
    );
    return;
  }
  const left = state.setAside.get(control.field);
  if (!left) return;
  control.node.append(
    h("details", { class: "set-aside" }, h("summary", {}, t("The text that was not taken")), h("p", {}, control.describe(left))),
  );
}

/**
 * @param {import("./recordForm.js").RecordForm} form
 * @param {{field: string, describe: (value: string) => string, focus?: () => void}} control
 * @param {string} whose
 * @param {string} value
 * @param {string} action
 * @param {"mine" | "theirs"} choice
 */
function side(form, control, whose, value, action, choice) {
  const text = value === "" ? form.t("(empty)") : control.describe(value);
  return h(
    "div",
    { class: "side" },
    h("p", { class: "whose" }, whose),
    h("p", { class: "their-text" }, text),
    button(
      action,
      () => {
        form.state.choose(control.field, choice);
        control.focus?.();
      },
      { class: "plain" },
    ),
  );
}
