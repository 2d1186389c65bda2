/** The line that stays in view: whose review, saved when, what is missing, the total, the way on. */

import { button, fill, h, newId, write } from "./dom.js";
import { missingLinks } from "./missing.js";
import { goToNext } from "./places.js";

/** @typedef {import("./form.js").Form} Form */

/** @param {Form} form */
export function header(form) {
  const { t, document: page, sheet } = form;
  const list = h("div", { class: "missing-list", id: newId("missing"), hidden: true });
  const chip = h("button", {
    type: "button",
    class: "chip missing",
    "aria-expanded": "false",
    "aria-controls": list.id,
    onclick: () => {
      list.hidden = !list.hidden;
      chip.setAttribute("aria-expanded", String(!list.hidden));
    },
  });
  const saved = h("span");
  const undertaking = h("span", {});
  const gates = h("span", { class: "chip" });
  const total = h("span", { class: "total" });
  const next = button(t("Next"), () => goToNext(form), { class: "plain" });
  const submit = button(t("Submit"), () => void form.locking.ask(), { class: "main" });
  form.updates.push(() => {
    showSaved(form, saved, form.done ? `✓ ${t("Submitted {time}", { time: day(page.review.submitted_at) })}` : "");
    write(undertaking, undertakingState(form));
    showGates(form, gates);
    showMissing(form, chip, list);
    showTotal(form, total);
    next.hidden = form.readonly;
    submit.hidden = form.readonly;
  });
  return h(
    "header",
    { class: "head", "aria-label": t("State of the review") },
    h("p", { class: "what", title: `${page.project.title} · ${sheet.title}` }, `${page.project.title} · ${sheet.title}`),
    h("p", { class: "meta" }, h("span", {}, page.review.reviewer), undertaking, saved),
    h("div", { class: "chips" }, gates, chip),
    total,
    h("div", { class: "ways" }, next, submit),
    list,
  );
}

/** @param {Form} form */
function undertakingState({ t, state, readonly }) {
  const evaluation = state.evaluation;
  if (evaluation?.stepped_aside) return t("Steps aside");
  const open = [...(evaluation?.missing ?? []), ...(evaluation?.faults ?? [])];
  if (open.some(({ field }) => field.startsWith("undertaking."))) {
    return readonly ? t("Undertaking not signed") : t("Undertaking not signed yet");
  }
  return t("Undertaking signed (no conflict)");
}

/** @param {import("./recordForm.js").RecordForm} form @param {HTMLElement} node @param {string} locked what is said once it is done */
export function showSaved({ t, saver, readonly, state }, node, locked) {
  const { kind, at } = saver.said;
  const words = {
    idle: t("Changes are saved as you type"),
    saving: t("Saving …"),
    saved: `✓ ${t("Saved {time}", { time: clock(at) })}`,
    offline: t("Offline: kept on this computer, saved once the connection is back"),
    refused: t("Not saved: kept on this computer"),
    conflict: t("Please choose between two texts"),
  };
  write(node, readonly ? locked : words[kind]);
  node.className = `standing-${readonly ? "saved" : kind}`;
  node.dataset.waiting = String(state.outbox.fields.length);
}

/** @param {Form} form @param {HTMLElement} node */
function showGates({ t, state }, node) {
  const gates = /** @type {import("./types").Evaluation["gates"]} */ (state.evaluation?.gates ?? []);
  const met = gates.filter(({ passed }) => passed === true).length;
  const failed = gates.filter(({ passed }) => passed === false).length;
  node.hidden = gates.length === 0 || Boolean(state.evaluation?.stepped_aside);
  node.classList.toggle("good", met === gates.length);
  node.classList.toggle("bad", failed > 0);
  const counted = t("Requirements met {met}/{count}", { met, count: gates.length });
  write(node, failed > 0 ? `✗ ${counted}` : counted);
}

/** @param {import("./recordForm.js").RecordForm} form @param {HTMLElement} chip @param {HTMLElement} list */
export function showMissing(form, chip, list) {
  const { t } = form;
  const notes = form.openNotes();
  chip.hidden = form.readonly;
  chip.classList.toggle("good", notes.length === 0);
  if (notes.length === 0) {
    write(chip, `✓ ${t("Nothing is missing")}`);
    list.hidden = true;
    chip.setAttribute("aria-expanded", "false");
    return;
  }
  const names = notes.slice(0, 2).map(({ field }) => form.nameOf(field)).join(t(", "));
  write(chip, t("{count} to go: {names}", { count: notes.length, names }));
  fill(list, list.hidden ? null : missingLinks(form, notes));
}

/** @param {Form} form @param {HTMLElement} node */
function showTotal({ t, state, saver }, node) {
  const { total, running_total: running, full_mark: full, stepped_aside: aside } = state.evaluation ?? {};
  node.hidden = aside === true || (full ?? null) === null;
  const behind = saver.said.kind === "offline" || saver.said.kind === "refused";
  node.title = behind ? t("As of the last saved state") : "";
  node.classList.toggle("behind", behind);
  fill(
    node,
    h("span", { class: "total-name" }, total === null ? t("Total score so far") : t("Total score")),
    " ",
    h("strong", {}, total ?? running ?? "—"),
    h("span", { class: "total-of" }, ` / ${full ?? ""}`),
  );
}

/** The time of an instant as the server writes it, with its day where that is not today. @param {string | null | undefined} at */
function clock(at) {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(at ?? "") ?? [];
  const now = new Date();
  const today = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  return date === undefined || date === today ? time ?? "" : `${date} ${time}`;
}

/** A day and its time as people read them. @param {string | null | undefined} at */
export function day(at) {
  return (at ?? "").replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*$/, "$1 $2");
}
