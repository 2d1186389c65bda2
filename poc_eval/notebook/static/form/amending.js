/** Asking why a record that is locked is amended, and making its new version. */

import { ask } from "./dialog.js";
import { h, newId, write } from "./dom.js";

/**
 * @param {import("./recordForm.js").RecordForm} form
 * @param {{title: string, about: string, made: (body: any) => string}} words `made` finds the new version's id in an answer
 */
export function askForReason(form, { title, about, made }) {
  const { t } = form;
  const id = newId("reason");
  const reason = h("textarea", { id, rows: 3 });
  const trouble = h("p", { class: "trouble wrong", hidden: true });
  ask(form.root, {
    title,
    content: [h("p", {}, about), h("div", { class: "field" }, h("label", { for: id }, t("Reason for this amendment")), reason, trouble)],
    confirm: t("Make a new version"),
    cancel: t("Cancel"),
    act: async () => {
      const reply = await form.ask("POST", "amend", { reason: reason.value });
      if (reply.status === 200) {
        if (form.options.elsewhere) await form.refresh();
        else await form.open(made(reply.body));
        return true;
      }
      // The answer may have been lost after the version was made.
      await form.refresh();
      if (form.head.amended_by) return true;
      write(trouble, form.words.told(reply));
      trouble.hidden = false;
      reason.focus();
      return false;
    },
  });
  reason.focus();
}
