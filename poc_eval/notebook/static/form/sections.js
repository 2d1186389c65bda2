/** What stands around the criteria: undertaking, screening, figures, bonuses, recommendation, opinion. */

import { figureField } from "./card.js";
import { check, choice, textField } from "./controls.js";
import { h, newId, write } from "./dom.js";

/** @typedef {import("./form.js").Form} Form */

/**
 * A part of the form with its heading; nothing where there is nothing in it.
 *
 * @param {string} id
 * @param {string} title
 * @param {...any} content
 */
export function section(id, title, ...content) {
  const kept = content.flat().filter(Boolean);
  if (kept.length === 0) return null;
  const heading = h("h2", { id: newId("part") }, title);
  return h("section", { class: `part ${id}`, "data-part": id, "aria-labelledby": heading.id }, heading, kept);
}

/** @param {Form} form */
export function undertaking(form) {
  const { t } = form;
  const items = form.sheet.undertaking.map((item) => {
    const control = undertakingItem(form, item);
    const { asked_if: asked } = item;
    if (asked) {
      form.updates.push(() => {
        control.node.hidden = form.state.value(asked.field) !== asked.value;
      });
    }
    return control.node;
  });
  return section("undertaking", t("Undertaking of the reviewer"), h("div", { class: "sheet-box" }, items));
}

/** @param {Form} form @param {import("./types").UndertakingItem} item */
function undertakingItem(form, { field, kind, label, help, options }) {
  if (kind === "check") return check(form, { field, name: label, label, help });
  if (kind === "text") return textField(form, { field, name: label, label, area: true, hint: help ?? undefined });
  return choice(form, {
    field,
    name: label,
    legend: label,
    help: help ?? undefined,
    layout: "row",
    options: (options ?? []).map(({ value, label: title }) => ({ value, title })),
  });
}

/** @param {Form} form */
export function screening(form) {
  const items = form.sheet.screening.map((item) => h("div", { class: "asked" }, yesOrNo(form, item.field, item.ask), explanation(form, item)));
  if (items.length === 0) return null;
  return section("screening", form.t("Screening"), h("div", { class: "sheet-box" }, items));
}

/** Asked for where the answer ends the review. @param {Form} form @param {import("./types").ScreeningItem} item */
function explanation(form, { field, ask, fails_on: failsOn, reason }) {
  if (!reason) return null;
  const { t, state } = form;
  const { node } = textField(form, {
    field: reason,
    name: t("{criterion}: {part}", { criterion: ask, part: t("explanation") }),
    label: t("Explanation"),
    area: true,
  });
  form.updates.push(() => {
    node.hidden = state.value(field) !== failsOn && state.value(reason) === "";
  });
  return node;
}

/** @param {Form} form @param {string} field @param {string} asked */
function yesOrNo(form, field, asked) {
  return choice(form, {
    field,
    name: asked,
    legend: asked,
    layout: "row",
    options: [
      { value: "yes", title: form.t("Yes") },
      { value: "no", title: form.t("No") },
    ],
  }).node;
}

/** The figures that no criterion shows with itself. @param {Form} form */
export function inputs(form) {
  const { t } = form;
  const elsewhere = new Set(form.sheet.criteria.map(({ measured }) => measured?.input));
  const items = form.sheet.inputs
    .filter(({ field }) => !elsewhere.has(field))
    .map((item) =>
      item.kind === "yes_no" ? yesOrNo(form, item.field, item.label) : figureField(form, item).node,
    );
  if (items.length === 0) return null;
  return section("inputs", t("Figures"), h("div", { class: "sheet-box figures" }, items));
}

/** @param {Form} form */
export function adjustments(form) {
  const { t } = form;
  /**
   * @param {import("./types").Adjustment} item
   * @param {string} label
   * @param {string} limit
   */
  const row = ({ title, fields }, label, limit) =>
    h(
      "div",
      { class: "adjustment" },
      h("p", { class: "adjustment-title" }, title, " ", h("span", { class: "terms" }, limit)),
      textField(form, {
        field: fields.points,
        name: t("{criterion}: {part}", { criterion: title, part: t("points") }),
        label,
        figure: true,
        class: "figure",
      }).node,
      textField(form, {
        field: fields.reason,
        name: t("{criterion}: {part}", { criterion: title, part: t("reason") }),
        label: t("Reason"),
        area: true,
        class: "reason",
        quiet: true,
      }).node,
    );
  const bonuses = form.sheet.bonuses.map((item) => row(item, t("Points added"), t("adds up to {points}", { points: item.up_to })));
  const deductions = form.sheet.deductions.map((item) =>
    row(item, t("Points taken off"), t("takes off up to {points}", { points: item.up_to })),
  );
  if (bonuses.length + deductions.length === 0) return null;
  return section(
    "adjustments",
    t("Bonus and minus points (leave empty where there are none)"),
    h("div", { class: "sheet-box" }, bonuses, deductions),
  );
}

/** @param {Form} form */
export function conclusion(form) {
  const { t } = form;
  const { recommendation, opinion } = form.sheet;
  const parts = [];
  if (recommendation) {
    parts.push(
      choice(form, {
        field: recommendation.field,
        name: t("Recommendation"),
        legend: t("Recommendation"),
        layout: "row",
        options: recommendation.options.map(({ value, label }) => ({ value, title: label })),
      }).node,
    );
  }
  if (opinion) parts.push(opinionField(form, opinion));
  if (parts.length === 0) return null;
  return section("conclusion", t("Conclusion"), h("div", { class: "sheet-box" }, parts));
}

/** @param {Form} form @param {NonNullable<import("./types").Sheet["opinion"]>} opinion */
function opinionField(form, { field, at_least: least, at_most: most }) {
  const { t } = form;
  const control = textField(form, {
    field,
    name: t("Opinion"),
    label: t("Opinion"),
    area: true,
    class: "opinion",
  });
  if (form.readonly) return control.node;
  const counter = h("p", { class: "hint counter" });
  control.node.insertBefore(counter, control.node.lastChild);
  const count = () => {
    const now = [...form.state.value(field).replace(/\s/gu, "")].length;
    write(counter, t("{now} characters without spaces; {least} to {most} are asked for", { now, least, most }));
  };
  form.updates.push(count);
  return control.node;
}
