/** The next score up or down on a scale, worked out on whole steps so that no digit is lost. */

/** @param {string} figure */
export function decimals(figure) {
  return (figure.split(".")[1] ?? "").length;
}

/** @param {string | null | undefined} text */
function figure(text) {
  const trimmed = (text ?? "").trim();
  return /^[+-]?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : null;
}

/** True where two texts are the same figure, as 5 and 5.0 are. @param {string} one @param {string} other */
export function sameFigure(one, other) {
  const [first, second] = [figure(one), figure(other)];
  return first !== null && first === second;
}

/**
 * Return the score one step away.
 *
 * @param {string} value what stands in the field
 * @param {1 | -1} direction
 * @param {{from: string, to: string, origin: string, step: string}} scale the range that is open, and the scale's own grid
 */
export function stepped(value, direction, { from, to, origin, step }) {
  const places = Math.max(...[from, to, origin, step].map(decimals));
  const unit = 10 ** places;
  /** @param {number} number */
  const whole = (number) => Math.round(number * unit);
  const [low, high, zero, width] = [from, to, origin, step].map((text) => whole(Number(text)));
  const now = figure(value);
  const print = (/** @type {number} */ scaled) => (scaled / unit).toFixed(decimals(step));
  if (now === null) return print(direction > 0 ? low : high);
  const place = (whole(now) - zero) / width;
  const next = direction > 0 ? Math.floor(place) + 1 : Math.ceil(place) - 1;
  return print(Math.min(Math.max(zero + next * width, low), high));
}

/**
 * How many scores a scale has.
 *
 * @param {string} from
 * @param {string} to
 * @param {string} step
 */
export function scoresOn(from, to, step) {
  return Math.round((Number(to) - Number(from)) / Number(step)) + 1;
}
