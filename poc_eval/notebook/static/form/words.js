/** The program's own sentences, in the language of the form. */

const CACHE = "poc-eval-words:";

/** What is said before any catalogue has come: in both languages. */
export const UNREACHABLE =
  "表单暂时打不开：连接不上程序。请确认 JupyterLab 仍在运行，然后点“重试”。 / " +
  "The form cannot be opened: the program does not answer. Check that JupyterLab is running, then try again.";
export const RETRY = "重试 / Try again";

export class Words {
  /** @param {string} lang */
  constructor(lang) {
    this.lang = lang;
    /** @type {Record<string, string>} */
    this.table = {};
    /** @type {import("./types").Translate} */
    this.t = (msgid, params = {}) =>
      (this.table[msgid] ?? msgid).replace(/\{(\w+)\}/g, (whole, name) =>
        name in params ? String(params[name]) : whole,
      );
  }

  /** What a refusal says, in the language of the form. @param {import("./types").Reply} reply */
  told({ body }) {
    return this.trouble(body?.error) || this.t("The program did not answer. Everything you typed is kept on this computer; try again shortly.");
  }

  /** A sentence with its full stop. @param {string} text */
  closed(text) {
    if (/[.。!?！？]$/.test(text)) return text;
    return this.lang === "zh" ? `${text}。` : `${text}.`;
  }

  /** What happened and what to do, in one sentence or two. @param {import("./types").Trouble | null} [trouble] */
  trouble(trouble) {
    const { what = "", remedy = "" } = trouble ?? {};
    if (!what || !remedy || /[.。!！?？]$/.test(what)) return `${what} ${remedy}`.trim();
    return this.t("{what}; {remedy}", { what, remedy });
  }

  /** The language as HTML names it. */
  get htmlLang() {
    return { zh: "zh-CN", pseudo: "en-XA" }[this.lang] ?? "en";
  }

  /**
   * Fetch the catalogue; where nobody answers, take the one kept in this browser.
   *
   * @param {import("./types").Transport} transport
   */
  async load(transport) {
    const reply = await transport.request("GET", `labels?lang=${this.lang}`);
    if (reply.status === 200) {
      this.table = reply.body;
      keep(CACHE + this.lang, JSON.stringify(reply.body));
    } else {
      this.table = kept(CACHE + this.lang);
    }
  }
}

/** @param {string} key @param {string} text */
function keep(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Without this copy the form still works; it only cannot start in this language while the server is away.
  }
}

/** @param {string} key @returns {Record<string, string>} */
function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}");
  } catch {
    return {};
  }
}
