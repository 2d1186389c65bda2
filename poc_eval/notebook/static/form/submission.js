/** Submitting a review. */

import { fill, h } from "./dom.js";
import { Locking } from "./locking.js";

export class Submission extends Locking {
  /** @param {import("./form.js").Form} form */
  constructor(form) {
    super(form, "submit");
    this.review = form;
  }

  get words() {
    const { t } = this.form;
    return {
      title: t("Submit"),
      done: t("Submitted"),
      ready: t("Everything is there. The review can be submitted."),
      open: t("Still to do before the review can be submitted:"),
      button: t("Submit the review"),
      question: t("Submit this review?"),
      confirm: t("Submit"),
      locks: t("A submitted review is locked. It can be amended later with a reason; both versions are kept."),
      /** @param {number} count */
      refused: (count) => t("Not submitted yet: {count} to fill in. Everything you typed is kept.", { count }),
      torn: t("Please choose between the two texts first; then submit again."),
      offline: t("Submitting needs the connection. Everything you typed is kept on this computer; submit once it is saved."),
      moved: t("The review was changed elsewhere in the meantime. It is up to date now: look it over and submit again."),
      amending: {
        title: t("Amend this review"),
        about: t("A new version is made from this one, to be changed and submitted. This version stays as it is."),
        /** @param {any} body */
        made: (body) => body.review,
      },
    };
  }

  above() {
    return gateList(this.review);
  }

  about() {
    const { state, t } = this.form;
    const { total, full_mark: full } = state.evaluation ?? {};
    const score = t("Total score {total} of {full}", { total: total ?? "", full: full ?? "" });
    return [total === null || full === null ? null : h("p", { class: "question-total" }, score), h("p", {}, this.chosen())];
  }

  /** The recommendation in words. */
  chosen() {
    const { review } = this;
    if (review.state.evaluation?.stepped_aside) return review.t("Steps aside");
    const field = review.sheet.recommendation?.field ?? "";
    const said = review.sheet.recommendation?.options.find(({ value }) => value === review.state.value(field));
    return said?.label ?? "";
  }
}

/** The requirements one by one. @param {import("./form.js").Form} form */
function gateList(form) {
  const { t } = form;
  const list = h("ul", { class: "gates" });
  form.updates.push(() => {
    const evaluation = /** @type {import("./types").Evaluation | null} */ (form.state.evaluation);
    const gates = evaluation?.stepped_aside ? [] : evaluation?.gates ?? [];
    list.hidden = gates.length === 0;
    fill(
      list,
      gates.map(({ title, required, found, passed }) => {
        const [kind, words] = { true: ["good", `✓ ${t("met")}`], false: ["bad", `✗ ${t("not met")}`] }[String(passed)] ?? [
          "waiting",
          t("not known yet"),
        ];
        return h(
          "li",
          {},
          h("span", {}, title),
          h("span", { class: "terms" }, t("required: {what}", { what: required })),
          found === null || found === undefined ? null : h("span", {}, t("now: {what}", { what: found })),
          h("span", { class: kind }, words),
        );
      }),
    );
  });
  return list;
}
