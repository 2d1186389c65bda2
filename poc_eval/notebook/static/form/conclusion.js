/** Concluding a working paper. */

import { h } from "./dom.js";
import { Locking } from "./locking.js";

export class Conclusion extends Locking {
  /** @param {import("./paperForm.js").PaperForm} form */
  constructor(form) {
    super(form, "conclude");
  }

  get words() {
    const { t } = this.form;
    return {
      title: t("Conclude"),
      done: t("Conclude"),
      ready: t("Everything is there. The working paper can be concluded."),
      open: t("Still to do before the working paper can be concluded:"),
      button: t("Conclude the working paper"),
      question: t("Conclude this working paper?"),
      confirm: t("Conclude"),
      locks: t("A concluded working paper is locked. It can be amended later with a reason; both versions are kept."),
      /** @param {number} count */
      refused: (count) => t("Not concluded yet: {count} to fill in. Everything you typed is kept.", { count }),
      torn: t("Please choose between the two texts first; then conclude again."),
      offline: t("Concluding needs the connection. Everything you typed is kept on this computer; conclude once it is saved."),
      moved: t("The working paper was changed elsewhere in the meantime. It is up to date now: look it over and conclude again."),
      amending: {
        title: t("Amend this working paper"),
        about: t("A new version is made from this one, to be changed and concluded. This version stays as it is."),
        /** @param {any} body */
        made: (body) => body.paper,
      },
    };
  }

  about() {
    const { state, t } = this.form;
    const figures = /** @type {import("./types").PaperEvaluation["figures"]} */ (state.evaluation?.figures ?? []);
    return figures.map(({ label, value }) => h("p", { class: "question-total" }, t("{name}: {text}", { name: label, text: value })));
  }
}
