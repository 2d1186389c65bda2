/** A block of cells as a spreadsheet program puts it on the clipboard: tabs between cells, line ends between rows. */

/** @param {string} text @returns {string[][]} rows of cells */
export function readBlock(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const row = rows[rows.length - 1];
    const sign = text[at];
    if (quoted) {
      if (sign === '"' && text[at + 1] === '"') {
        row[row.length - 1] += sign;
        at += 1;
      } else if (sign === '"') quoted = false;
      else row[row.length - 1] += sign;
    } else if (sign === '"' && row[row.length - 1] === "" && closes(text, at)) quoted = true;
    else if (sign === "\t") row.push("");
    else if (sign === "\n" || sign === "\r") {
      if (sign === "\r" && text[at + 1] === "\n") at += 1;
      rows.push([""]);
    } else row[row.length - 1] += sign;
  }
  const last = rows[rows.length - 1];
  if (rows.length > 1 && last.length === 1 && last[0] === "") rows.pop();
  return rows;
}

/** True for more than one cell. @param {string[][]} block */
export function isBlock(block) {
  return block.length > 1 || block[0].length > 1;
}

/** A quotation mark opens a cell only where another one ends it. @param {string} text @param {number} at */
function closes(text, at) {
  return /^"(?:[^"]|"")*"(?=[\t\r\n]|$)/.test(text.slice(at));
}

const YES = ["是", "有", "√", "✓", "✔", "yes", "y", "true"];
const NO = ["否", "无", "×", "✗", "✘", "no", "n", "false"];

/**
 * What a pasted cell means in a column; what is none of its choices stays as it is and is told.
 *
 * @param {import("./types").PaperField} column
 * @param {string} text
 */
export function valueOf({ type, options }, text) {
  // A cell is one line.
  const clean = text.trim().replace(/\s*[\r\n]\s*/g, " ");
  if (type === "yes_no") {
    if (YES.includes(clean.toLowerCase())) return "yes";
    return NO.includes(clean.toLowerCase()) ? "no" : clean;
  }
  return options.find(({ value, label }) => value === clean || label === clean)?.value ?? clean;
}
