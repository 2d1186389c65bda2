/**
 * Ids of rows: small letters and digits, and rows stand in the order of these texts.
 *
 * A row that is added has the place of the last one and a step in six digits, then digits of chance, so that two people who add
 * a row at once add two. A row that goes between two others gets a text between theirs.
 */

const HEAD = 6;
const STEP = 1000;
const CHANCE = 4;
const BASE = 36;

/** @param {string | undefined} last the id of the last row @param {number} [steps] */
export function idAfter(last, steps = 1) {
  const place = last ? parseInt(last.slice(0, HEAD).padEnd(HEAD, "0"), BASE) : 0;
  return (place + STEP * steps).toString(BASE).padStart(HEAD, "0") + chance();
}

/** @param {string} before @param {string} after */
export function idBetween(before, after) {
  let id = "";
  let open = false;
  for (let at = 0; ; at += 1) {
    const low = digit(before, at);
    /** @type {number} */
    const high = open ? BASE : digit(after, at);
    if (high - low > 1) return id + Math.floor((low + high) / 2).toString(BASE) + chance();
    id += low.toString(BASE);
    open ||= low < high;
  }
}

/** @param {string} id @param {number} at */
function digit(id, at) {
  return at < id.length ? parseInt(id[at], BASE) : 0;
}

function chance() {
  return Math.floor(Math.random() * BASE ** CHANCE)
    .toString(BASE)
    .padStart(CHANCE, "0");
}
