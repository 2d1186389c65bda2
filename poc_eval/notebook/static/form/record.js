/**
 * What this page knows of one record: the document, what was typed since, and what the server made of it.
 *
 * Nothing is worked out here; totals, gates and what is missing come from the server.
 */

const REMEMBERED = 8;
/** So long, in milliseconds, what another tab typed is left to that tab to send. */
export const OTHER_TABS_TURN = 3000;

/** @type {import("./types").Sort} */
export const REVIEW = { head: "review", path: "reviews", done: "submitted" };
/** @type {import("./types").Sort} */
export const PAPER = { head: "paper", path: "papers", done: "concluded" };

export class RecordState {
  /**
   * @param {import("./outbox.js").Outbox} outbox
   * @param {import("./types").Sort} sort
   */
  constructor(outbox, sort) {
    this.outbox = outbox;
    this.sort = sort;
    /** @type {any} */
    this.document = null;
    /** @type {any} */
    this.evaluation = null;
    this.revision = 0;
    /** @type {Map<string, import("./types").Answer>} */
    this.answers = new Map();
    /** @type {Map<string, import("./types").Conflict>} */
    this.conflicts = new Map();
    /** Fields whose text the server does not take, with the reason. @type {Map<string, string>} */
    this.refused = new Map();
    /** Texts that a choice between two left aside. @type {Map<string, string>} */
    this.setAside = new Map();
    /** Fields that were typed on this page. @type {Set<string>} */
    this.own = new Set();
    /** Texts that were typed in this browser lately, on this page or in another tab. @type {Map<string, string[]>} */
    this.lately = new Map();
    /** Fields that are being composed in, with the revision of the text that is seen there. @type {Map<string, number>} */
    this.held = new Map();
    /** @type {Map<string, Set<(detail: any) => void>>} */
    this.listeners = new Map();
  }

  /**
   * Listen for `typed` (field), `value` (field, from elsewhere), `evaluation`, `conflicts`.
   *
   * @param {string} what
   * @param {(detail: any) => void} hear
   */
  on(what, hear) {
    const known = this.listeners.get(what) ?? new Set();
    this.listeners.set(what, known.add(hear));
    return () => known.delete(hear);
  }

  /**
   * @param {string} what
   * @param {any} [detail]
   */
  tell(what, detail) {
    for (const hear of this.listeners.get(what) ?? []) hear(detail);
  }

  /** The document as it stands in the store, as far as this page knows. */
  get current() {
    const { document, sort } = this;
    return {
      ...document,
      [sort.head]: { ...document[sort.head], revision: this.revision },
      answers: Object.fromEntries(this.answers),
      evaluation: this.evaluation ?? document.evaluation,
    };
  }

  /** @param {string} field */
  value(field) {
    return this.outbox.get(field)?.value ?? this.answers.get(field)?.value ?? "";
  }

  /**
   * Take a document from the server or from the browser's copy. A field that is newer here stays as it is.
   *
   * @param {any} document
   */
  take(document) {
    const changed = [];
    const answers = /** @type {Record<string, import("./types").Answer>} */ (document.answers);
    for (const [field, answer] of Object.entries(answers)) {
      const known = this.answers.get(field);
      if (known && known.revision >= answer.revision) continue;
      this.answers.set(field, { value: answer.value, revision: Number(answer.revision) });
      if (!this.outbox.get(field)) changed.push(field);
    }
    const revision = Number(document[this.sort.head].revision);
    if (revision >= this.revision || !this.evaluation) {
      this.revision = revision;
      this.evaluation = document.evaluation;
    }
    this.document = document;
    for (const field of changed) this.tell("value", field);
    this.tell("evaluation");
  }

  /**
   * Keep what was typed; it is safe in the outbox when this returns.
   *
   * @param {string} field
   * @param {string} value
   */
  type(field, value) {
    const waiting = this.outbox.get(field);
    const known = this.answers.get(field);
    if (!waiting && value === (known?.value ?? "")) return;
    this.refused.delete(field);
    this.own.add(field);
    this.remember(field, value);
    this.outbox.put(field, {
      value,
      base: waiting?.base ?? this.held.get(field) ?? known?.revision ?? 0,
      sent: waiting?.sent ?? [],
      at: Date.now(),
    });
    this.tell("typed", field);
  }

  /** A text is being composed: what comes from elsewhere meanwhile is not seen, so it is not written over. @param {string} field */
  hold(field) {
    this.held.set(field, this.answers.get(field)?.revision ?? 0);
  }

  /** @param {string} field */
  release(field) {
    this.held.delete(field);
    this.tell("value", field);
  }

  /** @param {string} field @param {string} value */
  remember(field, value) {
    this.lately.set(field, [...(this.lately.get(field) ?? []), value].slice(-REMEMBERED));
  }

  /**
   * Return what is to be sent: all that waits, but neither what is to be chosen first, nor what was refused, nor what
   * another tab is about to send.
   *
   * @returns {import("./types").Change[]}
   */
  changes() {
    const turn = Date.now() - OTHER_TABS_TURN;
    return [...this.outbox.entries]
      .filter(([field]) => !this.conflicts.has(field) && !this.refused.has(field))
      .filter(([field, entry]) => this.own.has(field) || entry.at < turn)
      .map(([field, { value, base }]) => ({ field, value, base }));
  }

  /**
   * Note that texts are on their way, so that an answer that gets lost is not taken for somebody else's text.
   *
   * @param {import("./types").Change[]} changes
   */
  leave(changes) {
    for (const { field, value } of changes) {
      const entry = this.outbox.get(field);
      if (!entry || entry.sent.at(-1) === value) continue;
      this.outbox.put(field, { ...entry, sent: [...entry.sent, value].slice(-REMEMBERED) });
    }
  }

  /**
   * Take the acknowledgement of what was sent, by this page or by another tab.
   *
   * @param {import("./types").SaveReply} reply
   * @param {import("./types").Change[]} changes
   */
  acknowledge(reply, changes) {
    const sent = new Map(changes.map(({ field, value }) => [field, value]));
    for (const { field, revision } of reply.saved) this.settle(field, sent.get(field) ?? "", Number(revision));
    for (const conflict of reply.conflicts) this.meet(conflict);
    if (Number(reply.revision) >= this.revision) {
      this.revision = Number(reply.revision);
      this.evaluation = reply.evaluation;
    }
    this.tell("evaluation");
  }

  /**
   * @param {string} field
   * @param {string} value
   * @param {number} revision
   */
  settle(field, value, revision) {
    const known = this.answers.get(field);
    if (known && known.revision > revision) return;
    this.answers.set(field, { value, revision });
    if (this.conflicts.delete(field)) this.tell("conflicts", field);
    const entry = this.outbox.get(field);
    if (entry?.value === value) this.outbox.drop(field);
    else if (entry) this.outbox.put(field, { ...entry, base: revision, sent: [] });
    this.tell("value", field);
  }

  /** A text stands in the store that this page has not seen. @param {import("./types").Conflict} conflict */
  meet(conflict) {
    const entry = this.outbox.get(conflict.field);
    if (!entry) return;
    const revision = Number(conflict.revision);
    if (entry.value === conflict.theirs) {
      this.settle(conflict.field, conflict.theirs, revision);
      return;
    }
    if ([...entry.sent, ...(this.lately.get(conflict.field) ?? [])].includes(conflict.theirs)) {
      // This browser's own earlier text, whose acknowledgement was lost or is still on its way.
      this.answers.set(conflict.field, { value: conflict.theirs, revision });
      this.outbox.put(conflict.field, { ...entry, base: revision, sent: [] });
      return;
    }
    this.conflicts.set(conflict.field, { ...conflict, revision });
    this.tell("conflicts", conflict.field);
  }

  /**
   * Settle a conflict by the person's choice; the other text stays to be read and copied.
   *
   * @param {string} field
   * @param {"mine" | "theirs"} choice
   */
  choose(field, choice) {
    const conflict = this.conflicts.get(field);
    if (!conflict) return;
    const mine = this.value(field);
    this.conflicts.delete(field);
    this.answers.set(field, { value: conflict.theirs, revision: conflict.revision });
    if (choice === "mine") {
      this.setAside.set(field, conflict.theirs);
      this.outbox.put(field, { value: mine, base: conflict.revision, sent: [], at: Date.now() });
      this.tell("typed", field);
    } else {
      this.setAside.set(field, mine);
      this.outbox.drop(field);
      this.tell("value", field);
    }
    this.tell("conflicts", field);
  }

  /**
   * Take what another tab of this browser typed, from its message or from the storage: whichever is newer.
   *
   * A browser brings the storage of its tabs together with a delay, so what stands there may be older than the
   * message; an older text taken for the newer one would be sent over it.
   *
   * @param {string} field
   * @param {import("./types").Entry | null} entry
   */
  overhear(field, entry) {
    const kept = this.outbox.latest(field);
    const heard = kept && (!entry || kept.at > entry.at) ? kept : entry;
    const mine = this.outbox.get(field);
    if (!heard || (mine && mine.at > heard.at)) return;
    this.own.delete(field);
    this.remember(field, heard.value);
    this.outbox.entries.set(field, heard);
    this.tell("value", field);
    this.tell("overheard");
  }
}
