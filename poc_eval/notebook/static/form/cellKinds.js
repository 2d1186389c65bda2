/** How a field of each type is called, and what may stand in it. */

/** @typedef {import("./recordForm.js").RecordForm} Form */

/** A field's label with its unit. @param {Form} form @param {import("./types").PaperField} item */
export function labelOf({ t }, { label, unit }) {
  return unit ? t("{label} ({unit})", { label, unit }) : label;
}

/** @param {import("./types").PaperField} item */
export function isFigure({ type }) {
  return ["amount", "share", "number", "count"].includes(type);
}

/** @param {Form} form @param {import("./types").PaperField} item */
export function placeholderOf({ t }, { type }) {
  if (type === "date") return "2026-11-20";
  if (type === "amount") return t("such as 800000 or 80万");
  return type === "share" ? t("such as 30%") : undefined;
}

/** @param {Form} form @param {import("./types").PaperField} item */
export function optionsOf({ t }, { type, options }) {
  if (type !== "yes_no") return options;
  return [
    { value: "yes", label: t("yes") },
    { value: "no", label: t("no") },
  ];
}
