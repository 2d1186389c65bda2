/**
 * What was typed and is not acknowledged yet, one entry a field.
 *
 * It is written to the browser's storage at once, so it outlives the tab, the kernel and the server. Where the
 * browser keeps nothing, it lives in memory and `durable` says so.
 */
export class Outbox {
  /**
   * @param {string} workspace
   * @param {string} review
   */
  constructor(workspace, review) {
    this.prefix = `poc-eval:${workspace}:${review}:`;
    this.documentKey = `poc-eval-document:${workspace}:${review}`;
    /** @type {Map<string, import("./types").Entry>} */
    this.entries = new Map();
    this.durable = true;
    this.reread();
  }

  /** Take in what stands in the storage, from an earlier life of this page or from another tab. */
  reread() {
    try {
      for (let at = 0; at < localStorage.length; at += 1) {
        const key = localStorage.key(at) ?? "";
        const entry = key.startsWith(this.prefix) ? readEntry(localStorage.getItem(key)) : null;
        if (entry) this.entries.set(key.slice(this.prefix.length), entry);
      }
    } catch {
      this.durable = false;
    }
  }

  /** What stands in the storage at this moment. @param {string} field */
  latest(field) {
    try {
      return readEntry(localStorage.getItem(this.prefix + field));
    } catch {
      return null;
    }
  }

  /** @param {string} field */
  get(field) {
    return this.entries.get(field) ?? null;
  }

  get fields() {
    return [...this.entries.keys()];
  }

  /**
   * @param {string} field
   * @param {import("./types").Entry} entry
   */
  put(field, entry) {
    this.entries.set(field, entry);
    this.store(this.prefix + field, JSON.stringify(entry));
  }

  /** @param {string} field */
  drop(field) {
    this.entries.delete(field);
    this.store(this.prefix + field, null);
  }

  /** Forget everything about this review, the last document too. */
  clear() {
    for (const field of this.fields) this.drop(field);
    for (const lang of ["zh", "en", "pseudo"]) this.store(`${this.documentKey}:${lang}`, null);
  }

  /**
   * Keep the last document, so that the form can be shown while the server is away.
   *
   * @param {string} lang
   * @param {import("./types").FormDocument} document
   */
  keepDocument(lang, document) {
    this.store(`${this.documentKey}:${lang}`, JSON.stringify(document));
  }

  /**
   * @param {string} lang
   * @returns {import("./types").FormDocument | null}
   */
  keptDocument(lang) {
    try {
      return JSON.parse(localStorage.getItem(`${this.documentKey}:${lang}`) ?? "null");
    } catch {
      return null;
    }
  }

  /**
   * @param {string} key
   * @param {string | null} text
   */
  store(key, text) {
    try {
      if (text === null) localStorage.removeItem(key);
      else localStorage.setItem(key, text);
    } catch {
      this.durable = false;
    }
  }
}

/**
 * Read an entry; what is none is nothing.
 *
 * @param {string | null} text
 * @returns {import("./types").Entry | null}
 */
function readEntry(text) {
  try {
    const { value, base, sent, at } = JSON.parse(text ?? "null") ?? {};
    if (typeof value !== "string" || !Number.isFinite(base)) return null;
    return { value, base, sent: Array.isArray(sent) ? sent.map(String) : [], at: Number(at) || 0 };
  } catch {
    return null;
  }
}
