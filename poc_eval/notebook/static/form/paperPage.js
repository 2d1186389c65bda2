/** A working paper's page: its head, its parts, the place where it is concluded. */

import { isFigure, labelOf, optionsOf, placeholderOf } from "./cellKinds.js";
import { choice, pick, textField } from "./controls.js";
import { button, fill, h, newId, write } from "./dom.js";
import { banners, top } from "./frame.js";
import { Grid } from "./grid.js";
import { day, showMissing, showSaved } from "./header.js";
import { goToNext } from "./places.js";
import { section } from "./sections.js";

/** @typedef {import("./paperForm.js").PaperForm} Form */

/** Up to so many choices stand side by side; more are a list. */
const SIDE_BY_SIDE = 4;

/** @param {Form} form */
export function paperPage(form) {
  const parts = form.document.layout.parts.map((part) => partOf(form, part));
  const sheet = h("div", { class: "sheet" }, parts, form.locking.node());
  return h("div", { class: form.readonly ? "form paper readonly" : "form paper" }, top(form), banners(form), head(form), sheet);
}

/** The line that stays in view. @param {Form} form */
function head(form) {
  const { t, document: page } = form;
  const list = h("div", { class: "missing-list", id: newId("missing"), hidden: true });
  const chip = h("button", {
    type: "button",
    class: "chip missing",
    "aria-expanded": "false",
    "aria-controls": list.id,
    onclick: () => {
      list.hidden = !list.hidden;
      chip.setAttribute("aria-expanded", String(!list.hidden));
      form.update();
    },
  });
  const saved = h("span");
  const figures = h("dl", { class: "figures" });
  const next = button(t("Next"), () => goToNext(form), { class: "plain" });
  const conclude = button(t("Conclude"), () => void form.locking.ask(), { class: "main" });
  next.hidden = form.readonly;
  conclude.hidden = form.readonly;
  form.updates.push(() => {
    showSaved(form, saved, form.done ? `✓ ${t("Concluded {time}", { time: day(page.paper.concluded_at) })}` : "");
    showMissing(form, chip, list);
    showFigures(form, figures);
  });
  const title = [page.project?.title, page.paper.title].filter(Boolean).join(" · ");
  return h(
    "header",
    { class: "head", "aria-label": t("State of the working paper") },
    h("p", { class: "what", title }, title),
    h("p", { class: "meta" }, page.paper.author ? h("span", {}, page.paper.author) : null, saved),
    h("div", { class: "chips" }, chip),
    h("div", { class: "ways" }, next, conclude),
    figures,
    list,
  );
}

/** What the paper comes to; as of the last saved state while the program is away. @param {Form} form @param {HTMLElement} node */
function showFigures({ t, state, saver }, node) {
  const figures = /** @type {import("./types").PaperEvaluation["figures"]} */ (state.evaluation?.figures ?? []);
  const behind = saver.said.kind === "offline" || saver.said.kind === "refused";
  node.hidden = figures.length === 0;
  node.title = behind ? t("As of the last saved state") : "";
  node.classList.toggle("behind", behind);
  const key = JSON.stringify(figures);
  if (node.dataset.shown === key) return;
  node.dataset.shown = key;
  fill(
    node,
    figures.map(({ label, value, note, standing }) =>
      h("div", {}, h("dt", {}, label), h("dd", { class: standing }, value, note ? h("span", { class: "terms" }, note) : null)),
    ),
  );
}

/** @param {Form} form @param {import("./types").PaperPart} part */
function partOf(form, part) {
  const items = part.items.map((item) => {
    if (item.item === "field") return marked(form, item, fieldOf(form, item).node);
    const grid = new Grid(form, item);
    form.grids.set(item.grid, grid);
    return grid.node;
  });
  const help = part.help ? h("p", { class: "hint" }, part.help) : null;
  return section(`paper-${part.name}`, part.title, h("div", { class: "sheet-box" }, help, items));
}

/** @param {Form} form @param {import("./types").PaperField} item */
function fieldOf(form, item) {
  const label = labelOf(form, item);
  const spec = { field: item.field, name: item.label, label, hint: item.help ?? undefined };
  if (item.type === "shown") return shownField(form, item, label);
  if (item.type === "yes_no" || (item.type === "choice" && item.options.length <= SIDE_BY_SIDE)) {
    const options = optionsOf(form, item).map(({ value, label: title }) => ({ value, title }));
    return choice(form, { ...spec, legend: label, help: item.help ?? undefined, layout: "row", options });
  }
  if (item.type === "choice") return pick(form, { ...spec, options: item.options });
  const figure = isFigure(item);
  return textField(form, {
    ...spec,
    area: item.type === "long_text",
    figure,
    placeholder: placeholderOf(form, item),
    class: figure || item.type === "date" ? "figure" : "",
  });
}

/** A field that has to be filled in has the same sign as such a column. @param {Form} form @param {import("./types").PaperField} item @param {HTMLElement} node */
function marked({ t, readonly }, { required }, node) {
  if (required && !readonly) {
    const sign = h("span", { class: "needed", title: t("has to be filled in") }, "*");
    node.querySelector("legend, label, .label")?.append(sign);
  }
  return node;
}

/** What the program works out. @param {Form} form @param {import("./types").PaperField} item @param {string} label */
function shownField(form, item, label) {
  const value = h("output", { class: "given" });
  form.updates.push(() => write(value, form.state.evaluation?.shown[item.field] ?? "—"));
  return { node: h("div", { class: "field" }, h("span", { class: "label" }, label), value) };
}
