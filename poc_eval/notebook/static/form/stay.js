/** In JupyterLab an output is a scrolling box of its own, and nothing in it can stay at the notebook's upper edge. */

const ID = "poc-eval-stay";
const RULES = `
.jp-OutputArea-output:has(.poc-eval-form),
.jp-OutputArea-child:has(.poc-eval-form),
.jp-Cell:not(.jp-mod-outputsScrolled) .jp-OutputArea:has(.poc-eval-form) { overflow: visible; }
`;

/** Let the form scroll with the notebook, so that its head can stay in view. */
export function scrollWithTheNotebook() {
  if (document.getElementById(ID)) return;
  const style = document.createElement("style");
  style.id = ID;
  style.textContent = RULES;
  document.head.append(style);
}
