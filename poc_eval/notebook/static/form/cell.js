/** One cell of a table: a text box or a list, with the place below it where trouble is told in words. */

import { h, newId, write } from "./dom.js";
import { isFigure, labelOf, optionsOf, placeholderOf } from "./cellKinds.js";
import { plainFigures, typing } from "./typing.js";

/** @typedef {import("./paperForm.js").PaperForm} Form */

/**
 * @param {Form} form
 * @param {import("./types").PaperField} column
 * @param {string} field
 * @param {() => string} rowName what the row is called, for whoever does not see it
 * @returns {import("./types").Control}
 */
export function cell(form, column, field, rowName) {
  const trouble = h("p", { class: "trouble", id: newId("trouble"), hidden: true });
  const options = optionsOf(form, column);
  const input = options.length > 0 ? list(form, options, field) : box(form, column);
  const typed = options.length > 0 ? null : typing(input, form.state, field, isFigure(column) ? plainFigures : undefined);
  const node = h("td", { class: kindOf(column), "data-field": field });
  const describe = (/** @type {string} */ value) => options.find((one) => one.value === value)?.label ?? value;
  if (form.readonly) node.append(h("span", { class: "given" }));
  else {
    input.setAttribute("aria-describedby", trouble.id);
    node.append(input, trouble);
  }
  const name = () => form.t("{row}, {column}", { row: rowName(), column: labelOf(form, column) });
  return {
    field,
    node,
    input: form.readonly ? undefined : input,
    get name() {
      return name();
    },
    get row() {
      return rowName();
    },
    column: column.label,
    show(value) {
      if (form.readonly) write(/** @type {Element} */ (node.firstElementChild), describe(value));
      else if (typed) typed.show(value);
      else choose(input, value);
    },
    focus() {
      input.focus();
      if (input instanceof HTMLInputElement) input.select();
    },
    mark(text, wrong) {
      write(trouble, text);
      trouble.hidden = text === "";
      trouble.classList.toggle("wrong", wrong);
      if (wrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
    describe,
  };
}

/** @param {Form} form @param {import("./types").PaperField} column */
function box(form, column) {
  return h("input", {
    type: "text",
    autocomplete: "off",
    inputmode: isFigure(column) ? "decimal" : null,
    placeholder: column.type === "date" ? placeholderOf(form, column) : null,
  });
}

/** @param {Form} form @param {{value: string, label: string}[]} options @param {string} field */
function list(form, options, field) {
  const select = h(
    "select",
    { onchange: () => form.state.type(field, select.value) },
    h("option", { value: "" }, ""),
    options.map(({ value, label }) => h("option", { value }, label)),
  );
  return select;
}

/** A value that is none of the choices is shown as it is, and told beside the cell. @param {HTMLSelectElement} select @param {string} value */
function choose(select, value) {
  select.querySelector("option.strange")?.remove();
  if (![...select.options].some((option) => option.value === value)) {
    select.append(h("option", { value, class: "strange" }, value));
  }
  select.value = value;
}

/** What the style sheet calls a cell: a figure that is no amount takes little room. @param {import("./types").PaperField} column */
function kindOf(column) {
  if (!isFigure(column)) return column.type.replace("_", "-");
  return column.type === "amount" ? "number" : "number slim";
}
