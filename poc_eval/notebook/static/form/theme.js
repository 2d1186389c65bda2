/** Light or dark: as JupyterLab is, else as the reader's system prefers. */

/**
 * @param {HTMLElement} root
 * @returns {() => void}
 */
export function followTheme(root) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    const lab = document.body.dataset.jpThemeLight;
    const dark = lab === undefined ? system.matches : lab === "false";
    root.dataset.theme = dark ? "dark" : "light";
    // What the views' own stylesheet looks for, which cannot see out of the shadow tree.
    root.dataset.jpThemeLight = String(!dark);
  };
  const watch = new MutationObserver(follow);
  watch.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  system.addEventListener("change", follow);
  follow();
  return () => {
    watch.disconnect();
    system.removeEventListener("change", follow);
  };
}
