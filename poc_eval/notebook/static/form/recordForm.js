/** A form for one record: fetches its document, builds the page from it, keeps both in step with what is typed. */

import { showConflict } from "./conflict.js";
import { hasFocus } from "./controls.js";
import { h, write } from "./dom.js";
import { trouble } from "./frame.js";
import { Hands } from "./hands.js";
import { markFields } from "./marks.js";
import { Outbox } from "./outbox.js";
import { keepingPlace } from "./places.js";
import { RecordState } from "./record.js";
import { Saver } from "./saver.js";
import { joinTabs } from "./tabs.js";
import { Words } from "./words.js";

const RELOAD_PAUSE = 3000;
const LOOK_AGAIN = 5000;

/**
 * What every form does, whatever it is about. A subclass says what is built (`page`), what the record is called where the
 * server keeps it (`sort`), and how it is brought to its end (`ending`).
 */
export class RecordForm {
  /**
   * @param {HTMLElement} root inside of the shadow tree
   * @param {import("./types").MountOptions} options
   * @param {import("./types").Transport} transport
   * @param {import("./types").Sort} sort
   */
  constructor(root, options, transport, sort) {
    this.sort = sort;
    this.root = root;
    this.options = options;
    this.transport = transport;
    this.words = new Words(options.lang ?? "zh");
    this.t = this.words.t;
    this.live = h("p", { class: "unseen", role: "status" });
    /** @type {Map<string, import("./types").Control[]>} */
    this.controls = new Map();
    /** @type {Set<string>} */
    this.touched = new Set();
    this.tried = false;
    /** @type {(() => void)[]} */
    this.updates = [];
    this.looked = 0;
    /** @type {(() => void)[]} */
    this.ends = [];
    /** What the page itself has to say. @type {string | null} */
    this.notice = null;
    /** Texts that came after the review was submitted. @type {{name: string, text: string}[]} */
    this.unsent = [];
    /** The field where the reviewer is or was. @type {string | null} */
    this.here = null;
    /** What the page was built from. */
    this.shape = "";
    this.waiting = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** True while what is shown is this browser's copy. */
    this.fromCopy = false;
    this.review = options.review;
    this.outbox = new Outbox(options.workspace ?? "", this.review);
    this.state = new RecordState(this.outbox, sort);
    this.saver = new Saver(this.state, transport, this);
    this.hands = new Hands(root);
    this.locking = this.ending();
    this.listen();
  }

  /** @returns {any} what stands on the page */
  page() {
    throw new Error("a form has a page");
  }

  /** What decides how the page is built. */
  get shapeNow() {
    return "";
  }

  /** Sentences that name the kind of record. @returns {{locked: string, late: string, later: string}} */
  get sentences() {
    throw new Error("a form has its sentences");
  }

  /** What else is to be known before anything is read, each with whether it holds. @returns {[unknown, string][]} */
  get notices() {
    return [];
  }

  /** Return the last part of the form, for the record that is open now. @returns {import("./locking.js").Locking} */
  ending() {
    throw new Error("a form has an end");
  }

  /** Go to the place where the record is brought to its end. */
  atEnd() {
    this.locking.report.scrollIntoView({ block: "center" });
  }

  /** What is missing, so that it can stand in a list. @param {import("./types").Note} note */
  listed({ text }) {
    return text;
  }

  get document() {
    return /** @type {any} */ (this.state.document);
  }

  /** What the document says of the record as a whole. @returns {import("./types").RecordHead} */
  get head() {
    return this.document[this.sort.head];
  }

  /** True once the record is submitted or concluded. */
  get done() {
    return this.head.status === this.sort.done;
  }

  get readonly() {
    return this.options.readonly === true || this.done;
  }

  /** Turn to another version in this place. @param {string} review */
  async open(review) {
    this.end();
    this.review = review;
    this.outbox = new Outbox(this.options.workspace ?? "", review);
    this.state = new RecordState(this.outbox, this.sort);
    this.saver = new Saver(this.state, this.transport, this);
    this.touched.clear();
    this.tried = false;
    this.locking = this.ending();
    this.here = null;
    this.notice = null;
    this.unsent = [];
    this.listen();
    await this.start();
    this.root.scrollIntoView({ block: "start" });
  }

  listen() {
    // What is left over from an earlier life of this page is this page's to send.
    this.state.own = new Set(this.outbox.fields);
    this.state.on("typed", (field) => this.heard(field));
    this.state.on("value", (field) => this.showValue(field));
    this.state.on("evaluation", () => this.soon());
    this.state.on("acknowledged", () => this.keepCopy());
    this.state.on("saving", () => this.soon());
    this.state.on("conflicts", (field) => {
      this.showConflicts(field);
      if (!this.state.conflicts.has(field)) this.saver.rest();
    });
    this.state.on("locked", (detail) => void this.locked(detail));
    this.ends = [joinTabs(this.state, this), () => this.saver.stop(), () => clearTimeout(this.timer)];
  }

  end() {
    this.ends.forEach((stop) => stop());
    this.ends = [];
  }

  /** Fetch words and document and show them; while nobody answers, the copy of this browser. */
  async start() {
    const [, reply] = await Promise.all([this.words.load(this.transport), this.fetch()]);
    const languages = [this.words.lang, "zh", "en"];
    const copy = languages.map((lang) => this.outbox.keptDocument(lang)).find((kept) => kept !== null) ?? null;
    if (reply.status === 200) {
      this.received(reply.body);
      void this.saver.now();
    } else if (copy && (reply.status === 0 || reply.status >= 500)) {
      this.fromCopy = true;
      this.state.take(copy);
      this.render();
      this.saver.say({ kind: "offline" });
      this.comeBack();
    } else {
      this.shape = "";
      this.root.replaceChildren(this.live, trouble(this, reply));
    }
  }

  fetch() {
    return this.ask("GET", "");
  }

  /** Ask about this record. @param {string} method @param {string} what @param {any} [body] @param {{patience?: number}} [options] */
  ask(method, what, body, options) {
    const path = [this.sort.path, encodeURIComponent(this.review ?? ""), what].filter(Boolean).join("/");
    return this.transport.request(method, `${path}?lang=${this.words.lang}`, body, options);
  }

  /** The server was away when the page was opened: try until it is back. */
  comeBack() {
    this.timer = setTimeout(async () => {
      const reply = await this.fetch();
      if (reply.status !== 200) return this.comeBack();
      this.received(reply.body);
      return this.saver.now();
    }, RELOAD_PAUSE);
  }

  /** Take a document and build the page where its shape is new. @param {any} document */
  received(document) {
    this.fromCopy = false;
    this.state.take(document);
    this.keepCopy();
    if (this.outbox.fields.length === 0) this.saver.rest(this.head.saved_at);
    if (this.shape !== this.shapeNow) this.render();
    this.gatherUnsent();
    this.soon();
  }

  /** Keep the last known state in this browser; a record that is done leaves nothing behind. */
  keepCopy() {
    if (!this.done) this.outbox.keepDocument(this.words.lang, this.state.current);
  }

  /** Look for what others changed. Return whether somebody answered. */
  async refresh() {
    this.looked = Date.now();
    const reply = await this.fetch();
    if (reply.status === 200) this.received(reply.body);
    return reply.status === 200;
  }

  /** Somebody looks at the page again. */
  lookedAt() {
    if (!this.state.document || this.readonly || this.fromCopy) return;
    void this.saver.now();
    if (Date.now() - this.looked > LOOK_AGAIN) void this.refresh();
  }

  /** Build the page; values, focus and caret stay. */
  render() {
    if (this.hands.busy) {
      this.hands.whenFree(() => this.render());
      return;
    }
    keepingPlace(this, () => this.build());
  }

  build() {
    this.shape = this.shapeNow;
    this.controls.clear();
    this.updates = [];
    this.root.lang = this.words.htmlLang;
    this.root.replaceChildren(this.live, this.page());
    for (const field of this.controls.keys()) {
      this.showValue(field);
      this.showConflicts(field);
    }
    this.update();
  }

  /** @param {import("./types").Control} control */
  register(control) {
    this.controls.set(control.field, [...(this.controls.get(control.field) ?? []), control]);
    control.node.addEventListener("focusin", () => {
      this.here = control.field;
    });
    control.node.addEventListener("focusout", (event) => {
      if (control.node.contains(/** @type {Node | null} */ (event.relatedTarget))) return;
      this.touched.add(control.field);
      this.soon();
    });
    return control;
  }

  /** @param {string} field */
  heard(field) {
    for (const control of this.controls.get(field) ?? []) {
      if (!hasFocus(control.node)) control.show(this.state.value(field));
      const mine = control.node.querySelector(".conflict .their-text");
      if (mine) write(mine, control.describe(this.state.value(field)));
    }
    this.soon();
  }

  /** @param {string} field */
  showValue(field) {
    for (const control of this.controls.get(field) ?? []) control.show(this.state.value(field));
    this.soon();
  }

  /** @param {string} field */
  showConflicts(field) {
    for (const control of this.controls.get(field) ?? []) showConflict(this, control);
  }

  /** Update once, however much has happened. */
  soon() {
    if (this.waiting) return;
    this.waiting = true;
    const go = () => {
      this.waiting = false;
      this.update();
    };
    // What moves under a pressed button makes the click miss.
    if (this.hands.pressing) this.hands.whenFree(go);
    else queueMicrotask(go);
  }

  update() {
    if (!this.state.document) return;
    for (const each of this.updates) each();
    markFields(this);
    this.announce();
  }

  /** Whether trouble in a field is told: where the person has been, or once bringing it to its end was tried. @param {string} field */
  tells(field) {
    return this.tried || this.touched.has(field);
  }

  /** What keeps the record from being brought to its end, in the order of the form. */
  openNotes() {
    return this.inOrder([...(this.state.evaluation?.missing ?? []), ...(this.state.evaluation?.faults ?? [])]);
  }

  /** @param {import("./types").Note[]} notes */
  inOrder(notes) {
    const order = [...this.controls.keys()];
    return notes.sort((one, other) => order.indexOf(one.field) - order.indexOf(other.field));
  }

  /** Say what a person who does not see the page must know, once. */
  announce() {
    const { kind, trouble } = this.saver.said;
    const open = this.openNotes().length;
    /** @type {Partial<Record<import("./types").SaveState["kind"], string>>} */
    const words = {
      saved: this.t("Saved. {count} to fill in.", { count: open }),
      offline: this.t("Offline: kept on this computer, saved once the connection is back"),
      refused: this.words.trouble(trouble) || this.t("Not saved: kept on this computer"),
      conflict: this.t("Please choose between two texts"),
    };
    if (words[kind]) write(this.live, words[kind]);
  }

  /** What a field is called. @param {string} field */
  nameOf(field) {
    return this.controls.get(field)?.[0]?.name ?? this.openNotes().find((note) => note.field === field)?.text ?? field;
  }

  /** Show the form in another language; nothing that was typed is touched. @param {string} lang */
  async speak(lang) {
    const before = this.words;
    this.words = new Words(lang);
    const [, reply] = await Promise.all([this.words.load(this.transport), this.fetch()]);
    if (reply.status === 200) {
      this.t = this.words.t;
      this.notice = null;
      this.received(reply.body);
      return;
    }
    this.words = before;
    this.notice = this.t("The language can be changed once the connection is back.");
    this.update();
  }

  /** The record is done: nothing of it stays in the browser. @param {any} document */
  finished(document) {
    this.outbox.clear();
    this.state.own.clear();
    this.received(document);
    this.saver.say({ kind: "idle" });
    this.state.tell("moved");
    this.root.scrollIntoView({ block: "start" });
  }

  /** Somebody brought this record to its end while text was on its way. @param {{trouble: any}} detail */
  async locked({ trouble }) {
    this.notice = this.words.trouble(trouble) || this.sentences.locked;
    await this.refresh();
    this.update();
  }

  /** Texts that came too late are shown, to be copied. */
  gatherUnsent() {
    if (!this.done) return;
    this.saver.stop();
    for (const field of this.outbox.fields) {
      // Its acknowledgement was lost; the text itself arrived in time.
      if (this.outbox.get(field)?.value === this.state.answers.get(field)?.value) this.outbox.drop(field);
    }
    this.unsent = this.outbox.fields.map((field) => ({ name: this.nameOf(field), text: this.state.value(field) }));
  }

  forgetUnsent() {
    this.outbox.clear();
    this.unsent = [];
    this.notice = null;
    this.update();
  }
}
