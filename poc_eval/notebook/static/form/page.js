/** The page as a whole, from the notice at its top to the place where the review is submitted. */

import { card } from "./card.js";
import { fill, h } from "./dom.js";
import { banners, top } from "./frame.js";
import { header } from "./header.js";
import { adjustments, conclusion, inputs, screening, section, undertaking } from "./sections.js";

/** @typedef {import("./form.js").Form} Form */

/** @param {Form} form */
export function page(form) {
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
    form.locking.node(),
  );
  form.updates.push(() => {
    sheet.classList.toggle("unsigned", !form.readonly && unsigned(form));
    sheet.classList.toggle("aside", Boolean(form.state.evaluation?.stepped_aside));
  });
  return h("div", { class: form.readonly ? "form readonly" : "form" }, top(form), banners(form), header(form), sheet);
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
