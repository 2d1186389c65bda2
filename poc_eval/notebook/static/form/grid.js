/** A table that is filled in: cells by keyboard as in a spreadsheet, rows added, pasted, imported and taken out again. */

import { cell } from "./cell.js";
import { isFigure, labelOf } from "./cellKinds.js";
import { hasFocus } from "./controls.js";
import { button, fill, h, write } from "./dom.js";
import { gridKey } from "./gridKeys.js";
import { importButton } from "./importing.js";
import { isBlock, readBlock, valueOf } from "./pasting.js";
import { idAfter, idBetween } from "./rowIds.js";

/** @typedef {import("./paperForm.js").PaperForm} Form */
/** @typedef {{id: string, node: HTMLElement, number: HTMLElement, cells: import("./types").Control[]}} GridRow */

export class Grid {
  /** @param {Form} form @param {import("./types").PaperGrid} spec */
  constructor(form, spec) {
    this.form = form;
    this.spec = spec;
    /** @type {GridRow[]} */
    this.rows = [];
    /** Columns that are typed into. */
    this.typed = spec.columns.filter(({ type }) => type !== "shown");
    this.fixed = spec.given.length > 0;
    this.begun = form.begun.get(spec.grid) ?? new Set();
    form.begun.set(spec.grid, this.begun);
    this.waiting = false;
    /** Where each row stands. @type {Map<string, number>} */
    this.places = new Map();
    /** What stood in cells before the last removal or paste. @type {{field: string, value: string}[]} */
    this.before = [];
    this.body = h("tbody");
    this.foot = h("tfoot");
    this.told = h("div", { class: "grid-told", role: "status" });
    this.trouble = h("p", { class: "trouble", hidden: true });
    this.node = this.build();
    this.follow();
    if (!this.fixed && !form.readonly && this.rows.length === 0) this.add();
    form.updates.push(() => this.update());
    form.controls.set(`rows/${spec.grid}`, [this.control()]);
  }

  build() {
    const { form, spec } = this;
    const { t } = form;
    const first = this.fixed ? spec.given_title ?? "" : t("No.");
    const heads = spec.columns.map((column) =>
      h(
        "th",
        { scope: "col", class: isFigure(column) ? "number" : null },
        labelOf(form, column),
        column.required && !form.readonly ? h("span", { class: "needed", title: t("has to be filled in") }, "*") : null,
        column.help ? h("span", { class: "terms" }, column.help) : null,
      ),
    );
    const tail = this.changes ? h("th", { scope: "col" }, h("span", { class: "unseen" }, t("Insert or take out"))) : null;
    const caption = h("caption", { class: "grid-title" }, spec.title);
    const table = h(
      "table",
      { class: "grid", onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event), onpaste: (/** @type {ClipboardEvent} */ event) => this.paste(event) },
      caption,
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, first), heads, tail)),
      this.body,
      this.foot,
    );
    const ways = this.changes
      ? h("div", { class: "grid-ways" }, button(t("Add a row"), () => this.add()?.cells[0]?.focus(), { class: "plain" }), importButton(this))
      : null;
    return h(
      "div",
      { class: "grid-box", "data-field": `rows/${spec.grid}` },
      spec.help ? h("p", { class: "hint" }, spec.help) : null,
      h("div", { class: "grid-scroll" }, table),
      this.trouble,
      ways,
      this.told,
    );
  }

  /** True where rows come and go. */
  get changes() {
    return !this.fixed && !this.form.readonly;
  }

  /** What a note about the whole table stands beside. @returns {import("./types").Control} */
  control() {
    return {
      field: `rows/${this.spec.grid}`,
      name: this.spec.title,
      node: this.node,
      show: () => undefined,
      focus: () => this.rows[0]?.cells[0]?.focus(),
      mark: (text, wrong) => {
        write(this.trouble, text);
        this.trouble.hidden = text === "";
        this.trouble.classList.toggle("wrong", wrong);
      },
      describe: (value) => value,
    };
  }

  /** @param {string} row @param {string} column */
  field(row, column) {
    return `rows/${this.spec.grid}/${row}/${column}`;
  }

  /** @param {string} row */
  empty(row) {
    return this.typed.every(({ field }) => this.form.state.value(this.field(row, field)).trim() === "");
  }

  /** The rows that there are: given, written in by anybody, or begun on this page. */
  ids() {
    if (this.fixed) return this.spec.given.map(({ id }) => id);
    const start = `rows/${this.spec.grid}/`;
    const { answers, outbox } = this.form.state;
    const named = [...answers.keys(), ...outbox.fields].filter((field) => field.startsWith(start));
    const filled = named.filter((field) => this.form.state.value(field).trim() !== "");
    const ids = new Set([...filled.map((field) => field.split("/")[2]), ...this.begun]);
    return [...ids].sort((one, other) => (one < other ? -1 : 1));
  }

  /** Follow once, however many cells have changed. */
  followSoon() {
    if (this.waiting) return;
    this.waiting = true;
    queueMicrotask(() => {
      this.waiting = false;
      this.follow();
    });
  }

  /** Have the rows on the page be the rows that there are; a row with the caret in it stays. */
  follow() {
    const wanted = this.ids();
    const known = this.rows.map(({ id }) => id);
    if (wanted.length === known.length && wanted.every((id, at) => id === known[at])) return;
    const there = new Set(wanted);
    const [staying, going] = [new Map(), /** @type {GridRow[]} */ ([])];
    for (const row of this.rows) {
      if (there.has(row.id) || hasFocus(row.node)) staying.set(row.id, row);
      else going.push(row);
    }
    for (const row of going) this.leave(row);
    const ids = [...new Set([...wanted, ...staying.keys()])];
    // Given rows stand in their own order and are always there.
    if (!this.fixed) ids.sort((one, other) => (one < other ? -1 : 1));
    this.rows = ids.map((id) => staying.get(id) ?? this.make(id));
    // Only what is new is put in: a node that is moved loses its caret.
    this.rows.forEach(({ node }, at) => {
      if (this.body.children[at] !== node) this.body.insertBefore(node, this.body.children[at] ?? null);
    });
    this.renumber();
    this.form.soon();
  }

  renumber() {
    this.places = new Map(this.rows.map(({ id }, at) => [id, at]));
    this.rows.forEach((_row, at) => this.number(at));
  }

  /** @param {string} id @returns {GridRow} */
  make(id) {
    const { form, spec } = this;
    const given = spec.given.find((one) => one.id === id);
    const number = h("th", { scope: "row" }, given ? given.label : "", given?.help ? h("span", { class: "terms" }, given.help) : null);
    const row = { id, number, node: h("tr", { "data-row": id }, number), cells: /** @type {import("./types").Control[]} */ ([]) };
    for (const column of spec.columns) {
      if (column.type === "shown") {
        row.node.append(h("td", { class: "shown number", "data-shown": this.field(id, column.field) }));
        continue;
      }
      const control = form.register(cell(form, column, this.field(id, column.field), () => this.nameOf(id)));
      control.node.addEventListener("input", () => this.begun.add(id));
      control.show(form.state.value(control.field));
      row.cells.push(control);
      row.node.append(control.node);
    }
    if (this.changes) {
      const insert = button("＋", () => this.add(row)?.cells[0]?.focus(), { class: "insert" });
      row.node.append(h("td", { class: "take-out" }, insert, button("✕", () => this.remove(row), { class: "remove" })));
    }
    return row;
  }

  /** @param {string} id */
  nameOf(id) {
    const given = this.spec.given.find((one) => one.id === id);
    if (given) return given.label;
    return this.form.t("Row {number}", { number: (this.places.get(id) ?? 0) + 1 });
  }

  /** @param {number} at */
  number(at) {
    const { id, number, node, cells } = this.rows[at];
    if (!this.fixed) write(number, String(at + 1));
    for (const control of cells) control.input?.setAttribute("aria-label", control.name);
    const row = this.nameOf(id);
    const { t } = this.form;
    for (const [which, text] of [
      [".insert", t("Insert a row below {row}", { row })],
      [".remove", t("Take out: {row}", { row })],
    ]) {
      const press = node.querySelector(which);
      press?.setAttribute("aria-label", text);
      press?.setAttribute("title", text);
    }
  }

  /** Put a new row at the end, or below another one; nothing where the table is full. @param {GridRow} [above] */
  add(above) {
    if (this.rows.length >= this.spec.at_most) {
      this.tell(this.form.t("This table takes {most} rows at most.", { most: this.spec.at_most }));
      return null;
    }
    const below = above && this.rows[this.rows.indexOf(above) + 1];
    const last = this.rows[this.rows.length - 1]?.id;
    const id = above && below ? idBetween(above.id, below.id) : idAfter(last);
    this.begun.add(id);
    this.follow();
    return this.rows.find((row) => row.id === id) ?? null;
  }

  /** @param {GridRow} row */
  leave(row) {
    for (const { field } of row.cells) this.form.controls.delete(field);
    row.node.remove();
  }

  /** Take a row out; one press brings it back. @param {GridRow} row */
  remove(row) {
    const at = this.rows.indexOf(row);
    const name = this.nameOf(row.id);
    const before = row.cells.map(({ field }) => ({ field, value: this.form.state.value(field) }));
    this.begun.delete(row.id);
    for (const { field, value } of before) if (value !== "") this.form.state.type(field, "");
    this.rows.splice(at, 1);
    this.leave(row);
    if (this.rows.length === 0) this.add();
    this.renumber();
    this.offerUndo(this.form.t("{row} was taken out.", { row: name }), before.filter(({ value }) => value !== ""));
    this.form.soon();
  }

  /** Say what was done, with the way back. @param {string} said @param {{field: string, value: string}[]} before */
  offerUndo(said, before) {
    this.before = before;
    const undo = before.length > 0 ? button(this.form.t("Undo"), () => this.undo(), { class: "plain" }) : null;
    fill(this.told, h("p", {}, said), undo);
    undo?.focus();
  }

  undo() {
    const before = this.before.splice(0);
    for (const { field, value } of before) {
      if (value !== "") this.begun.add(field.split("/")[2]);
      this.form.state.type(field, value);
    }
    this.follow();
    for (const { field } of before) this.form.showValue(field);
    this.tell(this.form.t("It is as it was before."));
    this.form.controls.get(before[0]?.field)?.[0]?.focus();
  }

  /** @param {string} text */
  tell(text) {
    fill(this.told, text ? h("p", {}, text) : null);
  }

  /** @param {Event} event */
  place(event) {
    const node = /** @type {Element} */ (event.target).closest("td");
    for (const row of this.rows) {
      const place = row.cells.findIndex((control) => control.node === node);
      if (place >= 0) return { row, place };
    }
    return null;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const at = this.place(event);
    if (at) gridKey(this, event, at);
  }

  /** Go up or down a column; at the end, and where it is asked for, to a new row. @param {GridRow} row @param {1 | -1} by @param {number} place @param {boolean} [grow] */
  go(row, by, place, grow = false) {
    const next = this.rows[this.rows.indexOf(row) + by] ?? (grow && this.changes && !this.empty(row.id) ? this.add() : null);
    next?.cells[place]?.focus();
    return true;
  }

  /** @param {GridRow} row @param {number} place @param {1 | -1} by */
  beside(row, place, by) {
    row.cells[place + by]?.focus();
    return Boolean(row.cells[place + by]);
  }

  /** From the last cell of a row to the first of the next, past the button. @param {GridRow} row @param {number} place */
  nextRow(row, place) {
    const next = this.rows[this.rows.indexOf(row) + 1];
    if (place < row.cells.length - 1 || !next) return false;
    next.cells[0].focus();
    return true;
  }

  /** Bring back what the store has of a cell. @param {GridRow} row @param {number} place */
  takeBack(row, place) {
    const { field } = row.cells[place];
    const { state } = this.form;
    if (!state.outbox.get(field)) return false;
    state.type(field, state.answers.get(field)?.value ?? "");
    this.form.showValue(field);
    return true;
  }

  /** Lay a block of cells over the table, from the cell with the caret on. @param {ClipboardEvent} event */
  paste(event) {
    const at = this.place(event);
    const block = readBlock(event.clipboardData?.getData("text/plain") ?? "");
    if (!at || !isBlock(block) || this.form.readonly) return;
    event.preventDefault();
    const { columns } = this.spec;
    const start = columns.indexOf(this.typed[at.place]);
    const over = columns.slice(start);
    const headed = block.length > 1 && block[0].every((text, place) => text.trim() === over[place]?.label);
    const rows = headed ? block.slice(1) : block;
    const first = this.rows.indexOf(at.row);
    while (this.changes && this.rows.length < first + rows.length && this.add());
    const before = rows.flatMap((texts, down) => this.lay(this.rows[first + down], over, texts));
    const fitting = Math.min(rows.length, this.rows.length - first);
    const wide = Math.max(...rows.map(({ length }) => length));
    const { t } = this.form;
    const said = [t("{rows} rows were pasted.", { rows: fitting })];
    if (fitting < rows.length) said.push(t("{rows} rows did not fit and were left out.", { rows: rows.length - fitting }));
    if (wide > over.length) said.push(t("{columns} columns did not fit and were left out.", { columns: wide - over.length }));
    this.offerUndo(said.join(" "), before);
    at.row.cells[at.place].focus();
  }

  /** @param {GridRow | undefined} row @param {import("./types").PaperField[]} over @param {string[]} texts */
  lay(row, over, texts) {
    if (!row) return [];
    return over.slice(0, texts.length).flatMap((column, place) => {
      const control = row.cells[this.typed.indexOf(column)];
      if (!control) return [];
      const before = { field: control.field, value: this.form.state.value(control.field) };
      this.begun.add(row.id);
      this.form.state.type(control.field, valueOf(column, texts[place]));
      this.form.touched.add(control.field);
      control.show(this.form.state.value(control.field));
      return [before];
    });
  }

  /** Show what the program worked out: cells and sums. */
  update() {
    const evaluation = /** @type {import("./types").PaperEvaluation | null} */ (this.form.state.evaluation);
    for (const node of this.body.querySelectorAll("td[data-shown]")) {
      const text = evaluation?.shown[/** @type {HTMLElement} */ (node).dataset.shown ?? ""] ?? "";
      write(node, text);
      // Words read from the left, figures are compared from the right.
      node.classList.toggle("words", /^\p{L}/u.test(text));
    }
    const totals = evaluation?.totals[this.spec.grid];
    const key = JSON.stringify(totals ?? null);
    if (this.foot.dataset.shown === key) return;
    this.foot.dataset.shown = key;
    fill(
      this.foot,
      totals
        ? h(
            "tr",
            {},
            h("th", { scope: "row" }, this.form.t("Total")),
            this.spec.columns.map((column) => {
              // The line of totals must not make a column wider that has none.
              const kind = column.type === "shown" ? "number slim" : "number";
              return h("td", { class: isFigure(column) || column.type === "shown" ? kind : null }, totals[column.field] ?? "");
            }),
            this.changes ? h("td", { class: "take-out" }) : null,
          )
        : null,
    );
  }
}
