/** Keys in a table, as in a spreadsheet: Enter and arrows go from cell to cell, Escape takes the typing back. */

import { belongsToInputMethod } from "./typing.js";

/**
 * @param {import("./grid.js").Grid} grid
 * @param {KeyboardEvent} event
 * @param {{row: import("./grid.js").GridRow, place: number}} at
 */
export function gridKey(grid, event, { row, place }) {
  if (belongsToInputMethod(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target);
  const moves = {
    Enter: () => grid.go(row, event.shiftKey ? -1 : 1, place, !event.shiftKey),
    ArrowDown: () => isText(target) && grid.go(row, 1, place),
    ArrowUp: () => isText(target) && grid.go(row, -1, place),
    ArrowRight: () => atEdge(target, 1) && grid.beside(row, place, 1),
    ArrowLeft: () => atEdge(target, -1) && grid.beside(row, place, -1),
    Tab: () => !event.shiftKey && grid.nextRow(row, place),
    Escape: () => grid.takeBack(row, place),
  };
  const move = moves[/** @type {keyof typeof moves} */ (event.key)];
  if (event.shiftKey && event.key !== "Enter" && event.key !== "Tab") return;
  if (move?.()) event.preventDefault();
}

/** @param {HTMLElement} target */
function isText(target) {
  return target instanceof HTMLInputElement;
}

/** True where an arrow would leave the text anyway. @param {HTMLInputElement | HTMLSelectElement} target @param {1 | -1} side */
function atEdge(target, side) {
  if (!(target instanceof HTMLInputElement)) return true;
  const { selectionStart: start, selectionEnd: end, value } = target;
  if (start === 0 && end === value.length) return true;
  return start === end && start === (side === 1 ? value.length : 0);
}
