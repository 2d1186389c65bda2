/** Brings the outbox to the store: together, soon, again and again until it is acknowledged. */

import { OTHER_TABS_TURN } from "./record.js";

const TOGETHER = 200;
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 8000;

export class Saver {
  /**
   * @param {import("./record.js").RecordState} state
   * @param {import("./types").Transport} transport
   * @param {{words: import("./words.js").Words}} form
   */
  constructor(state, transport, form) {
    this.state = state;
    this.transport = transport;
    this.form = form;
    /** @type {import("./types").SaveState} */
    this.said = { kind: "idle" };
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {Promise<boolean> | null} */
    this.flight = null;
    this.pause = FIRST_PAUSE;
    this.stopped = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.adoption = undefined;
    state.on("typed", () => this.soon());
    state.on("overheard", () => this.adopt());
  }

  get path() {
    const { path, head } = this.state.sort;
    return `${path}/${encodeURIComponent(this.state.document?.[head].id ?? "")}?lang=${this.form.words.lang}`;
  }

  /** Send within a quarter of a second, together with what else is typed until then. */
  soon() {
    if (this.said.kind !== "offline") this.say({ ...this.said, kind: "saving", trouble: null });
    if (this.said.kind === "offline" && this.timer) return;
    this.later(TOGETHER);
  }

  /** @param {number} pause */
  later(pause) {
    if (this.timer || this.stopped) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, pause);
  }

  /** Another tab has the word; should it die before it sends, this one does. */
  adopt() {
    clearTimeout(this.adoption);
    this.adoption = setTimeout(() => void this.flush(), OTHER_TABS_TURN + TOGETHER);
  }

  /** Try again at once: the network came back, or somebody looks at the page again. */
  now() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.pause = FIRST_PAUSE;
    return this.flush();
  }

  /** Send until nothing waits any more, or somebody has to act. Return whether all is in the store. */
  async settle() {
    clearTimeout(this.timer);
    this.timer = undefined;
    let left = Infinity;
    while (this.state.changes().length > 0) {
      if (!(await this.flush())) return false;
      if (this.state.changes().length >= left) break;
      left = this.state.changes().length;
    }
    return this.state.outbox.fields.length === 0;
  }

  /** One request for all that waits. Return whether the store answered for it. */
  flush() {
    this.flight ??= this.send().finally(() => {
      this.flight = null;
    });
    return this.flight;
  }

  async send() {
    const changes = this.state.changes();
    if (changes.length === 0 || this.stopped) {
      this.rest();
      return true;
    }
    this.state.leave(changes);
    const reply = await this.transport.request("PATCH", this.path, { changes });
    if (this.stopped) return false;
    if (reply.status === 200) {
      this.pause = FIRST_PAUSE;
      this.state.acknowledge(reply.body, changes);
      this.state.tell("acknowledged", { reply: reply.body, changes });
      this.rest(reply.body.saved_at);
      return true;
    }
    return this.cope(reply, changes);
  }

  /** Say how things stand when nothing is under way. @param {string | null} [at] */
  rest(at = this.said.at) {
    const { conflicts, refused } = this.state;
    if (this.state.changes().length > 0) {
      this.say({ kind: "saving", at });
      this.later(TOGETHER);
    } else if (conflicts.size > 0) this.say({ kind: "conflict", at });
    else if (refused.size > 0) this.say({ kind: "refused", at, trouble: this.said.trouble });
    else this.say({ kind: at ? "saved" : "idle", at });
  }

  /**
   * @param {import("./types").Reply} reply
   * @param {import("./types").Change[]} changes
   * @returns {Promise<boolean>}
   */
  async cope(reply, changes) {
    const trouble = reply.body?.error ?? null;
    if (reply.status === 423) {
      this.say({ kind: "refused", at: this.said.at, trouble });
      this.state.tell("locked", { trouble, changes });
      return false;
    }
    if (reply.status === 422) return this.oneByOne(changes);
    this.say({ kind: reply.status === 0 ? "offline" : "refused", at: this.said.at, trouble });
    this.later(this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    return false;
  }

  /**
   * One field that is not taken must not hold up the others.
   *
   * @param {import("./types").Change[]} changes
   * @returns {Promise<boolean>}
   */
  async oneByOne(changes) {
    for (const change of changes) {
      const reply = await this.transport.request("PATCH", this.path, { changes: [change] });
      if (reply.status === 200) {
        this.state.acknowledge(reply.body, [change]);
        this.state.tell("acknowledged", { reply: reply.body, changes: [change] });
      } else if (reply.status === 422) {
        this.state.refused.set(change.field, this.form.words.trouble(reply.body?.error));
      } else return this.cope(reply, [change]);
    }
    this.state.tell("evaluation");
    this.rest();
    return true;
  }

  /** The page is going away: hand the rest to the browser and do not wait. */
  leave() {
    const changes = this.state.changes();
    if (changes.length === 0 || this.stopped) return;
    this.state.leave(changes);
    void this.transport.request("PATCH", this.path, { changes }, { keepalive: true });
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.adoption);
  }

  /** @param {import("./types").SaveState} said */
  say(said) {
    this.said = said;
    this.state.tell("saving", said);
  }
}
