/** The page as a whole, from the notice at its top to the place where the review is submitted. */

import { card } from "./card.js";
import { button, fill, h } from "./dom.js";
import { header } from "./header.js";
import { adjustments, conclusion, inputs, screening, section, undertaking } from "./sections.js";
import { RETRY, UNREACHABLE } from "./words.js";

/** @typedef {import("./form.js").Form} Form */

export const page = { build, trouble };

/** @param {Form} form */
function build(form) {
  const sheet = h(
    "div",
    { class: "sheet" },
    projectFacts(form),
    undertaking(form),
    signFirst(form),
    screening(form),
    inputs(form),
    criteria(form),
    adjustments(form),
    conclusion(form),
    form.submission.node(),
  );
  form.updates.push(() => {
    sheet.classList.toggle("unsigned", !form.readonly && unsigned(form));
    sheet.classList.toggle("aside", Boolean(form.state.evaluation?.stepped_aside));
  });
  return h("div", { class: form.readonly ? "form readonly" : "form" }, top(form), banners(form), header(form), sheet);
}

/** What must be known first, and the other language. @param {Form} form */
function top(form) {
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
function banners(form) {
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
  const { t, document: page, sheet } = form;
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
    [
      page.review.example || page.project.example,
      t("Example: project facts are public, scores are made up to show how the sheet works."),
    ],
    [sheet.historical, t("Historical sheet: the procedure it belongs to is no longer in force.")],
  ];
  return known.filter(([holds]) => holds).map(([, text]) => text);
}

/** The version before and the version after, each a click away. @param {Form} form */
function otherVersions(form) {
  const { t } = form;
  const { version, amends, amended_by: later, amendment_reason: reason } = form.document.review;
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
          h("p", {}, t("There is a later version of this review.")),
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
    h("p", {}, t("These texts were typed after the review was submitted and are not part of it. Copy what you want to keep:")),
    h("dl", {}, late.map(({ name, text }) => [h("dt", {}, name), h("dd", {}, text)])),
    button(t("Copied, remove them from this computer"), () => form.forgetUnsent(), { class: "plain" }),
  );
}

/** @param {Form} form */
function projectFacts(form) {
  const { t, document: page } = form;
  const { applicant, field, stage, summary, facts = [], source } = page.project;
  /** @type {[string, string | null | undefined, (string | null)?][]} */
  const rows = [
    [t("Applicant"), applicant],
    [t("Field"), field],
    [t("Stage"), stage],
    ...facts.map((fact) => /** @type {[string, string, string | null]} */ ([fact.label, fact.value, fact.source ?? null])),
    [t("Source"), source],
  ];
  const stated = rows.filter(([, value]) => value);
  return h(
    "details",
    { class: "project" },
    h("summary", {}, t("About the project and the sheet")),
    summary ? h("p", {}, summary) : null,
    h(
      "dl",
      {},
      stated.map(([label, value, from]) => [
        h("dt", {}, label),
        h("dd", {}, value, from ? h("span", { class: "terms" }, t("source: {source}", { source: from })) : null),
      ]),
    ),
    aboutSheet(form),
  );
}

/** By which rubric is scored, where it comes from, and what its author has to say. @param {Form} form */
function aboutSheet({ t, sheet }) {
  return h(
    "div",
    { class: "about-sheet" },
    h("p", {}, t("Sheet: {title}, version {version}", { title: sheet.title, version: sheet.version })),
    sheet.source ? h("p", { class: "hint" }, t("source: {source}", { source: String(sheet.source) })) : null,
    sheet.note ? h("p", { class: "hint" }, sheet.note) : null,
  );
}

/** @param {Form} form */
function unsigned(form) {
  return form.openNotes().some(({ field }) => field.startsWith("undertaking."));
}

/** @param {Form} form */
function signFirst(form) {
  const { t } = form;
  if (form.readonly) return null;
  const node = h("p", { class: "banner sign" });
  form.updates.push(() => {
    const aside = form.state.evaluation?.stepped_aside;
    node.hidden = !aside && !unsigned(form);
    if (node.hidden) return;
    fill(
      node,
      aside
        ? t("You step aside from this project: no scores are asked for. What was filled in is kept and does not count.")
        : t("Please sign the undertaking above first. What you type below is kept in the meantime."),
    );
  });
  return node;
}

/** @param {Form} form */
function criteria(form) {
  const cards = form.sheet.criteria.map((criterion) => card(form, criterion));
  return section("criteria", form.t("Criteria"), cards);
}

/** What is shown where the review itself cannot be shown. @param {Form} form @param {import("./types").Reply} reply */
function trouble(form, reply) {
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
