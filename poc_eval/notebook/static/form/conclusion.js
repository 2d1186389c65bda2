/** Concluding a working paper, what stands in its way, and amending one that is concluded. */

import { askForReason } from "./amending.js";
import { ask } from "./dialog.js";
import { button, fill, h } from "./dom.js";
import { missingLinks } from "./missing.js";
import { section } from "./sections.js";

export class Conclusion {
  /** @param {import("./paperForm.js").PaperForm} form */
  constructor(form) {
    this.form = form;
    this.report = h("div", { class: "submit-report", role: "group", tabindex: -1 });
  }

  /** The last part of the form. */
  node() {
    const { form } = this;
    const { t } = form;
    if (form.readonly) return this.lockedPart();
    const state = h("div", { class: "submit-state" });
    form.updates.push(() => {
      const notes = form.openNotes();
      if (notes.length === 0) fill(this.report);
      fill(
        state,
        notes.length === 0
          ? h("p", { class: "good" }, `✓ ${t("Everything is there. The working paper can be concluded.")}`)
          : [h("p", {}, t("Still to do before the working paper can be concluded:")), missingLinks(form, notes)],
      );
    });
    return section(
      "submission",
      t("Conclude"),
      h(
        "div",
        { class: "sheet-box" },
        state,
        this.report,
        button(t("Conclude the working paper"), () => void this.ask(), { class: "main" }),
        h("p", { class: "hint" }, this.locks),
      ),
    );
  }

  get locks() {
    return this.form.t("A concluded working paper is locked. It can be amended later with a reason; both versions are kept.");
  }

  lockedPart() {
    const { form } = this;
    const { t } = form;
    if (!form.done) return null;
    return section(
      "submission",
      t("Concluded"),
      h(
        "div",
        { class: "sheet-box" },
        h("p", {}, t("This working paper is concluded and locked.")),
        form.options.readonly ? null : button(t("Amend …"), () => this.askForAmendment(), { class: "plain" }),
        this.report,
      ),
    );
  }

  /** Ask once more, then conclude; where something is missing, say so and go there. */
  async ask() {
    const { form } = this;
    const { t } = form;
    form.tried = true;
    const stored = await form.saver.settle();
    form.update();
    if (!stored) return this.say(this.whyNotStored());
    const notes = form.openNotes();
    if (notes.length > 0) return this.say(t("Not concluded yet: {count} to fill in. Everything you typed is kept.", { count: notes.length }));
    fill(this.report);
    const figures = /** @type {import("./types").PaperEvaluation["figures"]} */ (form.state.evaluation?.figures ?? []);
    ask(form.root, {
      title: t("Conclude this working paper?"),
      content: [...figures.map(({ label, value }) => h("p", { class: "question-total" }, t("{name}: {text}", { name: label, text: value }))), h("p", {}, this.locks)],
      confirm: t("Conclude"),
      cancel: t("Back to the form"),
      act: () => this.conclude(),
    });
    return undefined;
  }

  whyNotStored() {
    const { t, state, saver, words } = this.form;
    if (state.conflicts.size > 0) return t("Please choose between the two texts first; then conclude again.");
    if (saver.said.trouble) return words.trouble(saver.said.trouble);
    if (state.refused.size > 0) return t("Some entries could not be saved; the reason stands beside them.");
    return t("Concluding needs the connection. Everything you typed is kept on this computer; conclude once it is saved.");
  }

  /** @returns {Promise<boolean>} */
  async conclude() {
    const { form } = this;
    const reply = await form.ask("POST", "conclude", { revision: form.state.revision });
    if (reply.status === 200) {
      form.finished(reply.body);
      return true;
    }
    // The answer may have been lost after the work was done: look before saying anything.
    const known = await form.refresh();
    if (known && form.done) return true;
    if (reply.status === 409) {
      this.say(form.t("The working paper was changed elsewhere in the meantime. It is up to date now: look it over and conclude again."));
    } else this.say(form.words.told(reply));
    return true;
  }

  /** @param {string} text */
  say(text) {
    fill(this.report, h("p", { class: "bad" }, text));
    this.report.scrollIntoView({ block: "center" });
    this.report.focus();
  }

  askForAmendment() {
    const { form } = this;
    const { t } = form;
    askForReason(form, {
      title: t("Amend this working paper"),
      about: t("A new version is made from this one, to be changed and concluded. This version stays as it is."),
      made: (body) => body.paper,
    });
  }
}
