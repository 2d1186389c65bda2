/** What the reviewer's hands are doing: while they compose or press, nothing may move under them. */

/** A list that opens under the pointer may swallow the end of a press; nothing waits longer than this for it. */
const LONGEST_PRESS = 1000;

export class Hands {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.composing = false;
    this.pressing = false;
    /** @type {(() => void)[]} */
    this.waiting = [];
    this.stop = new AbortController();
    const inside = { capture: true, signal: this.stop.signal };
    root.addEventListener("compositionstart", () => this.set("composing", true), inside);
    root.addEventListener("compositionend", () => this.set("composing", false), inside);
    root.addEventListener("focusout", () => this.set("composing", false), inside);
    root.addEventListener(
      "pointerdown",
      () => {
        this.set("pressing", true);
        setTimeout(() => this.set("pressing", false), LONGEST_PRESS);
      },
      inside,
    );
    for (const end of ["pointerup", "pointercancel", "dragend"]) {
      window.addEventListener(end, () => this.set("pressing", false), inside);
    }
    window.addEventListener("blur", () => this.set("pressing", false), { signal: this.stop.signal });
  }

  get busy() {
    return this.composing || this.pressing;
  }

  /** @param {"composing" | "pressing"} what @param {boolean} holds */
  set(what, holds) {
    this[what] = holds;
    // After the click or the text that this ends.
    if (!holds) setTimeout(() => this.release());
  }

  /** Do something once the hands are free. @param {() => void} act */
  whenFree(act) {
    this.waiting.push(act);
  }

  release() {
    if (this.busy) return;
    for (const act of this.waiting.splice(0)) act();
  }
}
