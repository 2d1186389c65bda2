/** The parts of the form that a person fills in, each with its label and the place where trouble is told. */

import { button, fill, focused, h, newId, write } from "./dom.js";
import { belongsToInputMethod, grow, plainFigures, typing } from "./typing.js";

/**
 * @typedef {object} TextSpec
 * @property {string} field
 * @property {string} name what a list of missing things calls it
 * @property {string} label
 * @property {boolean} [area] several lines
 * @property {boolean} [figure] a number
 * @property {string} [hint]
 * @property {string} [placeholder]
 * @property {(direction: 1 | -1, value: string) => string} [step]
 * @property {string} [class]
 * @property {boolean} [quiet] read-only and empty: show nothing
 */

/**
 * A text field: one line, several lines, or a figure with its two step buttons.
 *
 * @param {import("./recordForm.js").RecordForm} form
 * @param {TextSpec} spec
 */
export function textField(form, spec) {
  if (form.readonly) return givenText(form, spec);
  const id = newId("field");
  const trouble = troubleLine();
  const hint = spec.hint ? h("p", { class: "hint", id: newId("hint") }, spec.hint) : null;
  const input = h(spec.area ? "textarea" : "input", {
    id,
    rows: spec.area ? 2 : null,
    type: spec.area ? null : "text",
    inputmode: spec.figure ? "decimal" : null,
    autocomplete: "off",
    placeholder: spec.placeholder,
    "aria-describedby": [hint?.id, trouble.id].filter(Boolean).join(" "),
  });
  const hold = (/** @type {string} */ value) => form.state.type(spec.field, value);
  const typed = typing(input, form.state, spec.field, spec.figure ? plainFigures : undefined);
  const fit = spec.area ? grow(input) : () => undefined;
  const label = h("label", { for: id }, spec.label);
  const node = h("div", { class: `field ${spec.class ?? ""}`, "data-field": spec.field }, label);
  node.append(spec.step ? withSteps(form, spec, input, hold) : input);
  if (hint) node.append(hint);
  node.append(trouble.node);
  return form.register({
    field: spec.field,
    name: spec.name,
    node,
    label,
    input,
    show(value) {
      typed.show(value);
      fit();
    },
    focus: () => input.focus(),
    mark: (text, wrong) => mark(trouble, input, text, wrong),
    describe: (value) => value,
  });
}

/**
 * @param {import("./recordForm.js").RecordForm} form
 * @param {TextSpec} spec
 * @param {HTMLInputElement} input
 * @param {(value: string) => void} hold
 */
function withSteps(form, spec, input, hold) {
  const move = (/** @type {1 | -1} */ direction) => {
    input.value = spec.step?.(direction, input.value) ?? input.value;
    hold(input.value);
  };
  input.addEventListener("keydown", (event) => {
    if (belongsToInputMethod(event) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    move(event.key === "ArrowUp" ? 1 : -1);
  });
  const { t } = form;
  return h(
    "div",
    { class: "stepper" },
    input,
    // By keyboard the arrow keys in the field do the same, so the buttons are no stops of their own.
    button("−", () => move(-1), { tabindex: -1, "aria-label": t("{name}: one step down", { name: spec.name }) }),
    button("+", () => move(1), { tabindex: -1, "aria-label": t("{name}: one step up", { name: spec.name }) }),
  );
}

/**
 * @typedef {object} ChoiceSpec
 * @property {string} field
 * @property {string} name
 * @property {string} legend
 * @property {boolean} [hideLegend]
 * @property {string} [help]
 * @property {"cards" | "row"} layout
 * @property {{value: string, title: string, text?: string, more?: string[]}[]} options
 * @property {(one: string, other: string) => boolean} [same] when two values are the same choice
 */

/**
 * One of several: native radio buttons, so arrow keys, screen readers and forms of touch work as everywhere.
 *
 * @param {import("./recordForm.js").RecordForm} form
 * @param {ChoiceSpec} spec
 */
export function choice(form, spec) {
  const same = spec.same ?? ((one, other) => one === other);
  if (form.readonly) return givenChoice(form, spec, same);
  const name = newId("choice");
  const trouble = troubleLine();
  const radios = spec.options.map((option) =>
    h("input", {
      type: "radio",
      name,
      value: option.value,
      onchange: () => form.state.type(spec.field, option.value),
    }),
  );
  const help = spec.help ? h("p", { class: "hint", id: newId("hint") }, spec.help) : null;
  const node = h(
    "fieldset",
    {
      class: `field choice ${spec.layout}`,
      "data-field": spec.field,
      role: "radiogroup",
      "aria-describedby": [help?.id, trouble.id].filter(Boolean).join(" "),
    },
    h("legend", { class: spec.hideLegend ? "unseen" : null }, spec.legend),
    help,
    h(
      "div",
      { class: "options" },
      spec.options.map((option, place) => h("label", { class: "option" }, radios[place], optionText(option))),
      spec.options.length === 0 ? h("p", { class: "hint" }, form.t("There is nothing to choose from yet.")) : null,
    ),
    trouble.node,
  );
  return form.register({
    field: spec.field,
    name: spec.name,
    node,
    show(value) {
      for (const radio of radios) radio.checked = same(radio.value, value);
    },
    focus: () => (radios.find((radio) => radio.checked) ?? radios[0])?.focus(),
    mark: (text, wrong) => mark(trouble, node, text, wrong),
    describe: (value) => describe(spec, same, value),
  });
}

/** @param {{title: string, text?: string, more?: string[]}} option */
function optionText({ title, text, more }) {
  return h(
    "span",
    { class: "option-words" },
    h("span", { class: "option-title" }, title),
    text ? h("span", { class: "option-text" }, text) : null,
    more?.length ? h("span", { class: "option-more" }, more.join("；")) : null,
  );
}

/**
 * @param {ChoiceSpec} spec
 * @param {(one: string, other: string) => boolean} same
 * @param {string} value
 */
function describe(spec, same, value) {
  const option = spec.options.find((each) => same(each.value, value));
  return option ? [option.title, option.text].filter(Boolean).join(" ") : value;
}

/**
 * Something to agree to; agreed is `yes`.
 *
 * @param {import("./recordForm.js").RecordForm} form
 * @param {{field: string, name: string, label: string, help?: string | null}} spec
 */
export function check(form, spec) {
  if (form.readonly) return givenCheck(form, spec);
  const trouble = troubleLine();
  const help = spec.help ? h("span", { class: "hint" }, spec.help) : null;
  const box = h("input", {
    type: "checkbox",
    "aria-describedby": trouble.id,
    onchange: () => form.state.type(spec.field, box.checked ? "yes" : ""),
  });
  const node = h(
    "div",
    { class: "field check", "data-field": spec.field },
    h("label", { class: "option" }, box, h("span", { class: "option-words" }, spec.label, help)),
    trouble.node,
  );
  return form.register({
    field: spec.field,
    name: spec.name,
    node,
    show(value) {
      box.checked = value === "yes";
    },
    focus: () => box.focus(),
    mark: (text, wrong) => mark(trouble, box, text, wrong),
    describe: (value) => (value === "yes" ? form.t("Agreed") : form.t("Not agreed")),
  });
}

/**
 * One level of a second scale, from a list.
 *
 * @param {import("./recordForm.js").RecordForm} form
 * @param {{field: string, name: string, label: string, options: {value: string, label: string}[]}} spec
 */
export function pick(form, spec) {
  const describeLevel = (/** @type {string} */ value) =>
    spec.options.find((option) => option.value === value)?.label ?? value;
  if (form.readonly) return givenText(form, { ...spec, describe: describeLevel });
  const id = newId("field");
  const trouble = troubleLine();
  const select = h(
    "select",
    { id, "aria-describedby": trouble.id, onchange: () => form.state.type(spec.field, select.value) },
    h("option", { value: "" }, form.t("Please choose")),
    spec.options.map((option) => h("option", { value: option.value }, option.label)),
  );
  const label = h("label", { for: id }, spec.label);
  return form.register({
    field: spec.field,
    name: spec.name,
    node: h("div", { class: "field pick", "data-field": spec.field }, label, select, trouble.node),
    show(value) {
      select.value = value;
    },
    focus: () => select.focus(),
    mark: (text, wrong) => mark(trouble, select, text, wrong),
    describe: describeLevel,
  });
}

/**
 * A text as it was given, to be read.
 *
 * @param {import("./recordForm.js").RecordForm} form
 * @param {TextSpec & {describe?: (value: string) => string}} spec
 */
function givenText(form, spec) {
  const text = h("div", { class: "given" });
  const node = h(
    "div",
    { class: `field ${spec.class ?? ""}`, "data-field": spec.field },
    h("span", { class: "label" }, spec.label),
    text,
  );
  const describeIt = spec.describe ?? ((/** @type {string} */ value) => value);
  return form.register({
    field: spec.field,
    name: spec.name,
    node,
    show(value) {
      node.hidden = value === "" && Boolean(spec.quiet);
      write(text, value === "" ? form.t("Not filled in") : describeIt(value));
      text.classList.toggle("empty", value === "");
    },
    focus: () => undefined,
    mark: () => undefined,
    describe: describeIt,
  });
}

/** @param {import("./recordForm.js").RecordForm} form @param {{field: string, name: string, label: string, help?: string | null}} spec */
function givenCheck(form, spec) {
  const sign = h("span");
  const help = spec.help ? h("span", { class: "hint" }, spec.help) : null;
  const describeIt = (/** @type {string} */ value) => (value === "yes" ? form.t("Agreed") : form.t("Not agreed"));
  return form.register({
    field: spec.field,
    name: spec.name,
    node: h("div", { class: "field agreed", "data-field": spec.field }, sign, ` ${spec.label}`, help),
    show: (value) => write(sign, value === "yes" ? `✓ ${describeIt(value)}` : `✗ ${describeIt(value)}`),
    focus: () => undefined,
    mark: () => undefined,
    describe: describeIt,
  });
}

/**
 * A choice as it was made: all that could be chosen, and which one was.
 *
 * @param {import("./recordForm.js").RecordForm} form
 * @param {ChoiceSpec} spec
 * @param {(one: string, other: string) => boolean} same
 */
function givenChoice(form, spec, same) {
  const list = h("ul", { class: "options" });
  const node = h(
    "div",
    { class: `field choice ${spec.layout}`, "data-field": spec.field },
    h("p", { class: spec.hideLegend ? "unseen" : "legend" }, spec.legend),
    list,
  );
  return form.register({
    field: spec.field,
    name: spec.name,
    node,
    show(value) {
      const items = spec.options.map((option) => {
        const chosen = same(option.value, value);
        const sign = chosen ? h("span", { class: "chosen-mark" }, `✓ ${form.t("chosen")}`) : null;
        return h("li", { class: chosen ? "option chosen" : "option" }, optionText(option), sign);
      });
      fill(list, items);
    },
    focus: () => undefined,
    mark: () => undefined,
    describe: (value) => describe(spec, same, value),
  });
}

/** The place below a field where trouble is told. */
function troubleLine() {
  const id = newId("trouble");
  return { id, node: h("p", { class: "trouble", id, hidden: true }) };
}

/**
 * @param {{node: HTMLElement}} trouble
 * @param {HTMLElement} subject
 * @param {string} text
 * @param {boolean} wrong
 */
function mark(trouble, subject, text, wrong) {
  write(trouble.node, text);
  trouble.node.hidden = text === "";
  trouble.node.classList.toggle("wrong", wrong);
  if (wrong) subject.setAttribute("aria-invalid", "true");
  else subject.removeAttribute("aria-invalid");
}

/** True while the focus is inside of a node. @param {HTMLElement} node */
export function hasFocus(node) {
  return node.contains(focused(node));
}
