/** A question in the page; nothing else can be reached until it is answered or left with Escape. */

import { button, h, newId } from "./dom.js";

/**
 * @param {HTMLElement} host where the dialog stands
 * @param {object} question
 * @param {string} question.title
 * @param {any[]} question.content
 * @param {string} question.confirm
 * @param {string} question.cancel
 * @param {() => boolean | Promise<boolean>} question.act returns whether the dialog may close
 */
export function ask(host, { title, content, confirm, cancel, act }) {
  const heading = h("h2", { id: newId("dialog") }, title);
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": heading.id });
  const go = button(
    confirm,
    async () => {
      go.disabled = true;
      const done = await act();
      go.disabled = false;
      if (done) dialog.close();
    },
    { class: "main" },
  );
  const stay = button(cancel, () => dialog.close(), { class: "plain" });
  dialog.append(heading, ...content, h("div", { class: "ways" }, stay, go));
  dialog.addEventListener("close", () => dialog.remove());
  host.append(dialog);
  dialog.showModal();
  return dialog;
}
