/** The summary of a review or of a panel, as the server draws it; it follows what is saved in any form of this browser. */

import { button, fill, h } from "./dom.js";
import { RETRY, UNREACHABLE } from "./words.js";

const TOGETHER = 300;

/**
 * @param {HTMLElement} root
 * @param {import("./types").MountOptions} options
 * @param {import("./types").Transport} transport
 * @returns {() => void}
 */
export function showSummary(root, options, transport) {
  const { review, lang = "zh", workspace, kind = "review-summary", asked = "" } = options;
  const how = asked ? `&options=${encodeURIComponent(asked)}` : "";
  const path = `views/${kind}/${encodeURIComponent(review)}?lang=${lang}${how}`;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const draw = async () => {
    const reply = await transport.request("GET", path);
    if (reply.status === 200) {
      const page = h("div", { class: "drawn" });
      // Made by the views alone, which escape whatever was typed.
      page.innerHTML = reply.body.html;
      fill(root, h("style", {}, reply.body.style), page);
    } else if (!root.querySelector(".drawn")) {
      const said = reply.body?.error;
      const text = said ? [said.what, said.remedy].join(lang === "zh" ? "；" : "; ") : UNREACHABLE;
      fill(root, h("p", { role: "alert" }, text), button(RETRY, () => void draw(), { class: "plain" }));
    }
  };
  const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(`poc-eval:${workspace ?? ""}:${review}:`) : null;
  channel?.addEventListener("message", ({ data }) => {
    if (!data.reply && !data.moved) return;
    clearTimeout(timer);
    timer = setTimeout(() => void draw(), TOGETHER);
  });
  void draw();
  return () => {
    clearTimeout(timer);
    channel?.close();
  };
}
