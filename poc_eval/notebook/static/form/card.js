/** One criterion: what is asked, which band or level, which score, why, on what evidence. */

import { choice, pick, textField } from "./controls.js";
import { fill, h, newId, write } from "./dom.js";
import { sameFigure, scoresOn, stepped } from "./steps.js";

/** @typedef {import("./form.js").Form} Form */
/** @typedef {import("./types").Criterion} Criterion */

/**
 * @param {Form} form
 * @param {Criterion} criterion
 */
export function card(form, criterion) {
  return criterion.group ? groupHead(form, criterion) : scoreCard(form, criterion);
}

/** @param {Form} form @param {Criterion} criterion */
function groupHead(form, criterion) {
  const sum = h("span", { class: "score" });
  form.updates.push(() => write(sum, scoreOf(form, criterion) ?? "—"));
  return h(
    "div",
    { class: "group", "data-criterion": criterion.id, "data-depth": criterion.depth },
    h("div", { class: "card-head" }, h("h3", {}, criterion.title), terms(form, criterion), sum),
    criterion.definition ? h("p", { class: "definition" }, criterion.definition) : null,
  );
}

/** @param {Form} form @param {Criterion} criterion */
function scoreCard(form, criterion) {
  const { t } = form;
  const title = h("h3", { id: newId("title") }, criterion.title);
  const score = h("span", { class: "score" });
  const standing = h("span", { class: "standing" });
  const node = h(
    "article",
    { class: "card", "data-criterion": criterion.id, "data-depth": criterion.depth, "aria-labelledby": title.id },
    h("div", { class: "card-head" }, title, terms(form, criterion), standing, score),
    criterion.definition ? h("p", { class: "definition" }, criterion.definition) : null,
    anchors(form, criterion),
    answers(form, criterion),
    h("p", { class: "sign-first" }, t("Kept. The review counts once the undertaking above is signed.")),
    earlier(form, criterion),
  );
  form.updates.push(() => {
    write(score, scoreOf(form, criterion) ?? "—");
    show(form, criterion, node, standing);
  });
  return node;
}

/** Full mark and what is required. @param {Form} form @param {Criterion} criterion */
function terms({ t }, criterion) {
  const said = [];
  if (criterion.full_mark && !(criterion.best_low ?? false)) {
    said.push(t("full mark {mark}", { mark: criterion.full_mark }));
  }
  if (criterion.best_low) {
    said.push(t("{best} is best, {worst} is worst", { best: criterion.minimum ?? "", worst: criterion.full_mark ?? "" }));
  }
  if (criterion.required) said.push(t("at least {score}", { score: criterion.required }));
  if (criterion.counts === false) said.push(t("not part of the total"));
  if (criterion.optional) said.push(t("may be left empty"));
  if (criterion.weight) said.push(t("weight {weight}", { weight: criterion.weight }));
  return h("span", { class: "terms" }, said.map((each) => h("span", {}, each)));
}

/** What the scores stand for, to choose from. @param {Form} form @param {Criterion} criterion */
function anchors(form, criterion) {
  const { t } = form;
  const { band, score } = criterion.fields;
  if (criterion.way === "bands" && band) {
    return choice(form, {
      field: band,
      name: t("{criterion}: {part}", { criterion: criterion.title, part: t("band") }),
      legend: t("{criterion}: choose a band", { criterion: criterion.title }),
      hideLegend: true,
      layout: "cards",
      options: (criterion.bands ?? []).map(({ value, from, to, text }) => ({
        value,
        title: from === to ? from : `${from}–${to}`,
        text,
      })),
    }).node;
  }
  if (criterion.way === "levels" && score) {
    return choice(form, {
      field: score,
      name: t("{criterion}: {part}", { criterion: criterion.title, part: t("level") }),
      legend: t("{criterion}: choose a level", { criterion: criterion.title }),
      hideLegend: true,
      layout: "cards",
      same: sameFigure,
      options: (criterion.levels ?? []).map(({ score: value, text, evidence }) => ({
        value,
        title: value,
        text,
        more: evidence,
      })),
    }).node;
  }
  return criterion.way === "measured" && criterion.measured ? measured(form, criterion) : null;
}

/** A score that follows from a figure, with the table it is read from. @param {Form} form @param {Criterion} criterion */
function measured(form, criterion) {
  const { t } = form;
  const { input, unit, table, between } = /** @type {NonNullable<Criterion["measured"]>} */ (criterion.measured);
  const item = form.sheet.inputs.find(({ field }) => field === input);
  return h(
    "div",
    { class: "measured" },
    figureField(form, { field: input, label: item?.label ?? criterion.title, unit: unit ?? item?.unit, kind: item?.kind })
      .node,
    h(
      "table",
      {},
      h("caption", {}, between === "linear" ? t("Score by figure, in between in proportion") : t("Score by figure")),
      h("tbody", {}, [
        h("tr", {}, h("th", { scope: "row" }, t("from")), table.map(({ shown }) => h("td", {}, shown))),
        h("tr", {}, h("th", { scope: "row" }, t("score")), table.map(({ score }) => h("td", {}, score))),
      ]),
    ),
  );
}

/**
 * A figure that the sheet asks for.
 *
 * @param {Form} form
 * @param {{field: string, label: string, unit?: string | null, kind?: string}} item
 */
export function figureField(form, { field, label, unit, kind }) {
  return textField(form, {
    field,
    name: label,
    label: unit ? form.t("{label} ({unit})", { label, unit }) : label,
    figure: true,
    hint: kind === "share" ? form.t("as a percentage, such as 60%") : undefined,
    class: "figure",
  });
}

/** Score, reason, evidence, and the level of a second scale. @param {Form} form @param {Criterion} criterion */
function answers(form, criterion) {
  const { t } = form;
  const { score, reason, evidence, beside } = criterion.fields;
  const named = (/** @type {string} */ part) => t("{criterion}: {part}", { criterion: criterion.title, part });
  const parts = [];
  if (score && wantsTypedScore(criterion)) parts.push(scoreField(form, criterion, score, named(t("score"))));
  if (reason) {
    parts.push(
      textField(form, {
        field: reason,
        name: named(t("reason")),
        label: t("Reason"),
        area: true,
        class: "reason",
      }).node,
    );
  }
  if (evidence) {
    parts.push(
      textField(form, {
        field: evidence,
        name: named(t("evidence")),
        label: t("Evidence (attachment, page)"),
        placeholder: t("Name of an attachment, or a link"),
        class: "evidence",
        quiet: true,
      }).node,
    );
  }
  if (beside && criterion.beside) {
    parts.push(
      pick(form, {
        field: beside,
        name: named(criterion.beside.title),
        label: criterion.beside.title,
        options: levelsOf(criterion.beside),
      }).node,
    );
  }
  return h("div", { class: "answers" }, parts);
}

/** @param {NonNullable<Criterion["beside"]>} beside */
function levelsOf({ short, levels }) {
  return levels.map(({ value, text }) => ({ value, label: [short, value, text].filter(Boolean).join(" ") }));
}

/** False where the levels are all the scores there are, or a figure gives the score. @param {Criterion} criterion */
function wantsTypedScore({ way, levels, minimum, full_mark: full, step }) {
  if (way === "measured") return false;
  return way !== "levels" || (levels ?? []).length < scoresOn(minimum ?? "0", full ?? "0", step ?? "1");
}

/** @param {Form} form @param {Criterion} criterion @param {string} field @param {string} name */
function scoreField(form, criterion, field, name) {
  const { t } = form;
  const origin = criterion.minimum ?? "0";
  const range = () => {
    const chosen = criterion.fields.band ? form.state.value(criterion.fields.band) : "";
    const band = (criterion.bands ?? []).find(({ value }) => value === chosen);
    return { from: band?.from ?? origin, to: band?.to ?? criterion.full_mark ?? "0" };
  };
  const control = textField(form, {
    field,
    name,
    label: t("Score"),
    figure: true,
    class: "score-field",
    step: (direction, value) =>
      stepped(value, direction, { ...range(), origin, step: criterion.step ?? "1" }),
  });
  const label = control.label;
  if (label) form.updates.push(() => write(label, t("Score ({from}–{to})", range())));
  return control.node;
}

/** What the same reviewer gave before, to be compared with. @param {Form} form @param {Criterion} criterion */
function earlier(form, criterion) {
  const { t } = form;
  const given = form.document.earlier
    .filter((review) => review.criteria[criterion.id] !== undefined && review.criteria[criterion.id] !== null)
    .map((review) => h("span", { class: "earlier-score" }, `${review.project} ${review.criteria[criterion.id]}`));
  if (given.length === 0) return null;
  return h("p", { class: "earlier" }, h("span", {}, t("Your earlier scores by this sheet (read-only):")), given);
}

/** @param {Form} form @param {Criterion} criterion */
function scoreOf(form, criterion) {
  const evaluation = /** @type {import("./types").Evaluation | null} */ (form.state.evaluation);
  return evaluation?.criteria.find(({ id }) => id === criterion.id)?.score ?? null;
}

/**
 * Show how far a card is: nothing on a card that nobody has touched.
 *
 * @param {Form} form
 * @param {Criterion} criterion
 * @param {HTMLElement} node
 * @param {HTMLElement} standing
 */
function show(form, criterion, node, standing) {
  const { t, state } = form;
  const fields = [...Object.values(criterion.fields), criterion.measured?.input].filter(
    (field) => typeof field === "string",
  );
  const notes = [...(state.evaluation?.missing ?? []), ...(state.evaluation?.faults ?? [])];
  const open = notes.filter(({ field }) => fields.includes(field));
  const begun = fields.some((field) => state.value(field) !== "");
  const waiting = fields.some((field) => state.outbox.get(field));
  node.classList.toggle("begun", begun && open.length > 0);
  node.classList.toggle("done", begun && open.length === 0 && !waiting);
  if (form.readonly || !begun || waiting) fill(standing);
  else if (open.length === 0) fill(standing, h("span", { class: "good" }, `✓ ${t("complete")}`));
  else fill(standing, h("span", { class: "open" }, t("{count} to fill in", { count: open.length })));
}
