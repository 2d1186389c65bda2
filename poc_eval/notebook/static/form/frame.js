/** What stands around every form: what must be known first, what went wrong, texts that came too late. */

import { button, fill, h } from "./dom.js";
import { RETRY, UNREACHABLE } from "./words.js";

/** @typedef {import("./recordForm.js").RecordForm} Form */

/** What must be known first, and the other language. @param {Form} form */
export function top(form) {
  const { t } = form;
  const other = form.words.lang === "zh" ? "en" : "zh";
  const name = other === "zh" ? "中文" : "English";
  return h(
    "div",
    { class: "top" },
    h("p", { class: "classified" }, t("No classified information may be entered in this system.")),
    button(name, () => void form.speak(other), { class: "plain language", lang: other === "zh" ? "zh-CN" : "en" }),
  );
}

/** @param {Form} form */
export function banners(form) {
  const node = h("div", { class: "banners" });
  let shown = "";
  form.updates.push(() => {
    const said = notices(form);
    const key = JSON.stringify([said, form.unsent]);
    if (key === shown) return;
    shown = key;
    fill(node, said.map((text) => h("p", { class: "banner" }, text)), otherVersions(form), unsent(form));
  });
  return node;
}

/** @param {Form} form */
function notices(form) {
  const { t } = form;
  /** @type {[unknown, string][]} */
  const known = [
    [form.saver.said.kind === "refused" && form.saver.said.trouble, form.words.trouble(form.saver.said.trouble)],
    [form.notice, form.notice ?? ""],
    [
      form.fromCopy,
      t(
        "The program does not answer. This is the last state that this browser kept, with all you typed; it is saved as soon as the program answers again.",
      ),
    ],
    [
      !form.outbox.durable,
      t("This browser keeps nothing on this computer. Please wait for “Saved” before you close the page."),
    ],
    ...form.notices,
  ];
  return known.filter(([holds]) => holds).map(([, text]) => text);
}

/** The version before and the version after, each a click away. @param {Form} form */
function otherVersions(form) {
  const { t } = form;
  const { version, amends, amended_by: later, amendment_reason: reason } = form.head;
  return [
    amends
      ? h(
          "div",
          { class: "banner versions" },
          h("p", {}, t("Version {version}, an amendment. Reason: {reason}", { version, reason: reason ?? "" })),
          button(t("Show the version before"), () => void form.open(amends), { class: "plain" }),
        )
      : null,
    later
      ? h(
          "div",
          { class: "banner versions" },
          h("p", {}, form.sentences.later),
          button(t("Open the later version"), () => void form.open(later), { class: "plain" }),
        )
      : null,
  ];
}

/** Text that came too late, to be copied. @param {Form} form */
function unsent(form) {
  const { unsent: late, t } = form;
  if (late.length === 0) return null;
  return h(
    "div",
    { class: "banner unsent" },
    h("p", {}, form.sentences.late),
    h("dl", {}, late.map(({ name, text }) => [h("dt", {}, name), h("dd", {}, text)])),
    button(t("Copied, remove them from this computer"), () => form.forgetUnsent(), { class: "plain" }),
  );
}

/** What is shown where the record itself cannot be shown. @param {Form} form @param {import("./types").Reply} reply */
export function trouble(form, reply) {
  const said = reply.body?.error;
  const again = Object.keys(form.words.table).length > 0 ? form.t("Try again") : RETRY;
  const kept = form.outbox.fields;
  return h(
    "div",
    { class: "form" },
    h(
      "div",
      { class: "banner", role: "alert" },
      h("p", {}, said ? form.words.trouble(said) : UNREACHABLE),
      button(again, () => void form.start(), { class: "main" }),
    ),
    kept.length === 0
      ? null
      : h(
          "div",
          { class: "banner unsent" },
          h("p", {}, form.t("Kept on this computer and not saved yet:")),
          h("dl", {}, kept.map((field) => [h("dt", {}, field), h("dd", {}, form.state.value(field))])),
        ),
  );
}
