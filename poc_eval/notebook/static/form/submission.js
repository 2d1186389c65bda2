/** Submitting a review, what stands in its way, and amending one that is submitted. */

import { askForReason } from "./amending.js";
import { ask } from "./dialog.js";
import { button, fill, h } from "./dom.js";
import { missingLinks } from "./missing.js";
import { section } from "./sections.js";

export class Submission {
  /** @param {import("./form.js").Form} form */
  constructor(form) {
    this.form = form;
    this.report = h("div", { class: "submit-report", role: "group", tabindex: -1 });
    this.listed = "";
  }

  /** The last part of the form. */
  node() {
    return this.form.readonly ? this.lockedPart() : this.openPart();
  }

  openPart() {
    const { form } = this;
    const { t } = form;
    const state = h("div", { class: "submit-state" });
    form.updates.push(() => {
      const notes = form.openNotes();
      const refused = this.report.querySelector(".links") !== null;
      if (refused) this.list(notes);
      state.hidden = refused && notes.length > 0;
      if (notes.length === 0) fill(state, h("p", { class: "good" }, `✓ ${t("Everything is there. The review can be submitted.")}`));
      else fill(state, h("p", {}, t("Still to do before the review can be submitted:")), missingLinks(form, notes));
    });
    return section(
      "submission",
      t("Submit"),
      h(
        "div",
        { class: "sheet-box" },
        gateList(form),
        state,
        this.report,
        button(t("Submit the review"), () => void this.ask(), { class: "main" }),
        h("p", { class: "hint" }, t("A submitted review is locked. It can be amended later with a reason; both versions are kept.")),
      ),
    );
  }

  lockedPart() {
    const { form } = this;
    const { t } = form;
    if (form.document.review.status !== "submitted") return null;
    return section(
      "submission",
      t("Submitted"),
      h(
        "div",
        { class: "sheet-box" },
        gateList(form),
        h("p", {}, t("This review is submitted and locked.")),
        form.options.readonly ? null : button(t("Amend …"), () => this.askForAmendment(), { class: "plain" }),
        this.report,
      ),
    );
  }

  /** Ask once more, then submit; where something is missing, say so and go there. */
  async ask() {
    const { form } = this;
    const { t } = form;
    form.tried = true;
    const stored = await form.saver.settle();
    form.update();
    if (!stored) return this.say(this.whyNotStored());
    const notes = form.openNotes();
    if (notes.length > 0) return this.refuse(notes);
    fill(this.report);
    const { total, full_mark: full } = form.state.evaluation ?? {};
    ask(form.root, {
      title: t("Submit this review?"),
      content: [
        total === null || full === null
          ? null
          : h("p", { class: "question-total" }, t("Total score {total} of {full}", { total: total ?? "", full: full ?? "" })),
        h("p", {}, this.chosen()),
        h("p", {}, t("A submitted review is locked. It can be amended later with a reason; both versions are kept.")),
      ].filter(Boolean),
      confirm: t("Submit"),
      cancel: t("Back to the form"),
      act: () => this.submit(),
    });
    return undefined;
  }

  /** The recommendation in words. */
  chosen() {
    const { form } = this;
    if (form.state.evaluation?.stepped_aside) return form.t("Steps aside");
    const field = form.sheet.recommendation?.field ?? "";
    const said = form.sheet.recommendation?.options.find(({ value }) => value === form.state.value(field));
    return said?.label ?? "";
  }

  whyNotStored() {
    const { t, state, saver } = this.form;
    if (state.conflicts.size > 0) return t("Please choose between the two texts first; then submit again.");
    if (saver.said.trouble) return this.form.words.trouble(saver.said.trouble);
    if (state.refused.size > 0) return t("Some entries could not be saved; the reason stands beside them.");
    return t("Submitting needs the connection. Everything you typed is kept on this computer; submit once it is saved.");
  }

  /** @returns {Promise<boolean>} */
  async submit() {
    const { form } = this;
    const reply = await form.ask("POST", "submit", { revision: form.state.revision });
    if (reply.status === 200) {
      form.finished(reply.body);
      return true;
    }
    // The answer may have been lost after the work was done: look before saying anything.
    const known = await form.refresh();
    if (known && form.document.review.status === "submitted") return true;
    if (reply.status === 422 && reply.body.missing) {
      this.refuse(form.inOrder([...reply.body.missing, ...(reply.body.faults ?? [])]));
    } else if (reply.status === 409) {
      this.say(form.t("The review was changed elsewhere in the meantime. It is up to date now: look it over and submit again."));
    } else this.say(form.words.told(reply));
    return true;
  }

  /** @param {import("./types").Note[]} notes */
  refuse(notes) {
    this.listed = "";
    this.list(notes);
    this.form.update();
    this.show();
  }

  /** List what is missing; the list grows shorter as it is filled in. @param {import("./types").Note[]} notes */
  list(notes) {
    const { form } = this;
    const key = JSON.stringify(notes);
    if (key === this.listed) return;
    this.listed = key;
    if (notes.length === 0) {
      fill(this.report);
      return;
    }
    const said = form.t("Not submitted yet: {count} to fill in. Everything you typed is kept.", { count: notes.length });
    fill(this.report, h("p", { class: "bad" }, said), missingLinks(form, notes));
  }

  show() {
    this.report.scrollIntoView({ block: "center" });
    this.report.focus();
  }

  /** @param {string} text */
  say(text) {
    fill(this.report, h("p", { class: "bad" }, text));
    this.show();
  }

  askForAmendment() {
    const { form } = this;
    const { t } = form;
    askForReason(form, {
      title: t("Amend this review"),
      about: t("A new version is made from this one, to be changed and submitted. This version stays as it is."),
      made: (body) => body.review,
    });
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
