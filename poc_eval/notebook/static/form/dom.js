/** Elements made without markup: every string that is put in is text. */

let made = 0;

/**
 * Make an element.
 *
 * `on…` properties become listeners, `true` a bare attribute, `null`, `undefined` and `false` nothing.
 *
 * @param {string} tag
 * @param {Record<string, any>} [properties]
 * @param {...any} children nodes, or anything else as text
 * @returns {any}
 */
export function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  fill(node, ...children);
  return node;
}

/**
 * Replace what stands in a node.
 *
 * @param {Element} node
 * @param {...any} children
 */
export function fill(node, ...children) {
  const kept = children.flat(2).filter((child) => child !== null && child !== undefined && child !== false);
  node.replaceChildren(...kept.map((child) => (child instanceof Node ? child : String(child))));
}

/**
 * Write a text only where it differs, so that nothing is announced or selected anew.
 *
 * @param {Element} node
 * @param {string} text
 */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Return an id that no other element of the page has.
 *
 * @param {string} what
 */
export function newId(what) {
  made += 1;
  return `pe-${what}-${made}`;
}

/**
 * Make a button that does nothing but what it is given to do.
 *
 * @param {string} text
 * @param {(event: MouseEvent) => void} onclick
 * @param {Record<string, any>} [properties]
 */
export function button(text, onclick, properties = {}) {
  return h("button", { type: "button", onclick, ...properties }, text);
}

/** The element that has the focus, also inside a shadow tree. @param {Element} host */
export function focused(host) {
  const root = host.getRootNode();
  return root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
}
