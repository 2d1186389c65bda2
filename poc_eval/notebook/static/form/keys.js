/** Keys and clicks in the form belong to the form: JupyterLab's shortcuts and its menu stay out of it. */

/**
 * @param {HTMLElement} host
 * @param {ShadowRoot} shadow
 * @returns {() => void}
 */
export function keepKeys(host, shadow) {
  host.setAttribute("data-lm-suppress-shortcuts", "true");
  host.setAttribute("data-jp-suppress-context-menu", "true");
  const stop = new AbortController();
  const { signal } = stop;
  for (const name of ["keydown", "keyup", "keypress", "copy", "cut", "paste"]) {
    shadow.addEventListener(
      name,
      (event) => {
        if (isSave(/** @type {KeyboardEvent} */ (event))) letThrough(host);
        else event.stopPropagation();
      },
      { signal },
    );
  }
  return () => stop.abort();
}

/** Ctrl+S saves the notebook, as everywhere in JupyterLab. @param {KeyboardEvent} event */
function isSave(event) {
  return event.type === "keydown" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === "s";
}

/** @param {HTMLElement} host */
function letThrough(host) {
  host.removeAttribute("data-lm-suppress-shortcuts");
  setTimeout(() => host.setAttribute("data-lm-suppress-shortcuts", "true"));
}
