/** What locks a record for good: what stands in its way, one question, and amending it afterwards. */

import { askForReason } from "./amending.js";
import { ask } from "./dialog.js";
import { button, fill, h } from "./dom.js";
import { missingLinks } from "./missing.js";
import { section } from "./sections.js";

/**
 * The last part of a form. A review is submitted, a working paper is concluded: the words differ, the way is one.
 * @abstract
 */
export class Locking {
  /**
   * @param {import("./recordForm.js").RecordForm} form
   * @param {string} action what the program is asked for
   */
  constructor(form, action) {
    this.form = form;
    this.action = action;
    this.report = h("div", { class: "submit-report", role: "group", tabindex: -1 });
    this.listed = "";
  }

  /** @returns {import("./types").LockingWords} @abstract */
  get words() {
    throw new Error("a kind of record has its own words");
  }

  /** What stands above, whether open or locked. @returns {Node | null} */
  above() {
    return null;
  }

  /** What the question shows. @returns {(Node | null)[]} */
  about() {
    return [];
  }

  node() {
    if (!this.form.readonly) return this.openPart();
    return this.form.done ? this.lockedPart() : null;
  }

  openPart() {
    const { form, words } = this;
    const state = h("div", { class: "submit-state" });
    form.updates.push(() => {
      const notes = form.openNotes();
      const refused = this.report.querySelector(".links") !== null;
      if (refused) this.list(notes);
      state.hidden = refused && notes.length > 0;
      if (notes.length === 0) fill(state, h("p", { class: "good" }, `✓ ${words.ready}`));
      else fill(state, h("p", {}, words.open), missingLinks(form, notes));
    });
    const act = button(words.button, () => void this.ask(), { class: "main" });
    return this.box(words.title, this.above(), state, this.report, act, h("p", { class: "hint" }, words.locks));
  }

  lockedPart() {
    const { form, words } = this;
    const amend = form.options.readonly ? null : button(form.t("Amend …"), () => askForReason(form, words.amending), { class: "plain" });
    return this.box(words.done, this.above(), h("p", {}, form.sentences.locked), amend, this.report);
  }

  /** @param {string} title @param {(Node | null)[]} parts */
  box(title, ...parts) {
    return section("submission", title, h("div", { class: "sheet-box" }, parts));
  }

  /** Ask once more, then lock; where something is missing, say so and go there. */
  async ask() {
    const { form, words } = this;
    form.tried = true;
    const stored = await form.saver.settle();
    form.update();
    if (!stored) return this.say(this.whyNotStored());
    const notes = form.openNotes();
    if (notes.length > 0) return this.refuse(notes);
    fill(this.report);
    ask(form.root, {
      title: words.question,
      content: [...this.about(), h("p", {}, words.locks)].filter(Boolean),
      confirm: words.confirm,
      cancel: form.t("Back to the form"),
      act: () => this.lock(),
    });
    return undefined;
  }

  whyNotStored() {
    const { state, saver, words, t } = this.form;
    if (state.conflicts.size > 0) return this.words.torn;
    if (saver.said.trouble) return words.trouble(saver.said.trouble);
    if (state.refused.size > 0) return t("Some entries could not be saved; the reason stands beside them.");
    return this.words.offline;
  }

  /** @returns {Promise<boolean>} */
  async lock() {
    const { form } = this;
    const reply = await form.ask("POST", this.action, { revision: form.state.revision });
    if (reply.status === 200) {
      form.finished(reply.body);
      return true;
    }
    // The answer may have been lost after the work was done: look before saying anything.
    const known = await form.refresh();
    if (known && form.done) return true;
    if (reply.status === 422 && reply.body.missing) {
      this.refuse(form.inOrder([...reply.body.missing, ...(reply.body.faults ?? [])]));
    } else if (reply.status === 409) this.say(this.words.moved);
    else this.say(form.words.told(reply));
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
    const key = JSON.stringify(notes);
    if (key === this.listed) return;
    this.listed = key;
    if (notes.length === 0) fill(this.report);
    else fill(this.report, h("p", { class: "bad" }, this.words.refused(notes.length)), missingLinks(this.form, notes));
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
}
