/**
 * The forms in a page: of a review, of a working paper.
 *
 * `mount` puts it into an element, over HTTP or over any transport that is given; the default export is what
 * anywidget asks for and answers through the kernel where the server cannot be reached.
 */

import { Form } from "./form/form.js";
import { keepKeys } from "./form/keys.js";
import { PaperForm } from "./form/paperForm.js";
import { scrollWithTheNotebook } from "./form/stay.js";
import { stylesheet } from "./form/stylesheet.js";
import { showSummary } from "./form/summary.js";
import { followTheme } from "./form/theme.js";
import { firstThatAnswers, kernelTransport, pageSettings, restTransport } from "./form/transport.js";

/**
 * Show the form of a review, or of the working paper that `options.review` names, in `element`.
 *
 * @param {HTMLElement} element
 * @param {import("./form/types").MountOptions} options
 * @returns {() => void} takes the form away again; what was typed is sent before
 */
export function mount(element, options) {
  const { host, shadow, root } = place(element);
  dress(shadow, root);
  const FormOf = options.kind === "working-paper" ? PaperForm : Form;
  const form = new FormOf(root, options, firstThatAnswers(transports(options)));
  const ends = [keepKeys(host, shadow), followTheme(root), watchPage(form)];
  void form.start();
  return () => {
    form.saver.leave();
    form.end();
    form.hands.stop.abort();
    ends.forEach((stop) => stop());
    host.remove();
  };
}

/**
 * Show what is drawn of a record in `element`.
 *
 * @param {HTMLElement} element
 * @param {import("./form/types").MountOptions} options
 * @returns {() => void} takes the summary away again
 */
export function mountSummary(element, options) {
  const { host, root } = place(element);
  root.hidden = false;
  const ends = [followTheme(root), showSummary(root, options, firstThatAnswers(transports(options)))];
  return () => {
    ends.forEach((stop) => stop());
    host.remove();
  };
}

/** Make room in a page, out of reach of the page's own styles. @param {HTMLElement} element */
function place(element) {
  scrollWithTheNotebook();
  const host = document.createElement("div");
  host.className = "poc-eval-form";
  const shadow = host.attachShadow({ mode: "open" });
  const root = document.createElement("div");
  root.hidden = true;
  shadow.append(root);
  element.append(host);
  return { host, shadow, root };
}

/** Show the form once its stylesheet is there. @param {ShadowRoot} shadow @param {HTMLElement} root */
function dress(shadow, root) {
  const style = document.createElement("style");
  root.className = "root";
  shadow.prepend(style);
  stylesheet()
    .then((text) => {
      style.textContent = text;
    })
    .catch(() => {
      // Without its stylesheet the form is plain and works.
    })
    .finally(() => {
      root.hidden = false;
    });
}

/** @param {import("./form/types").MountOptions} options */
function transports({ transport, api, workspace, notebook }) {
  if (transport) return [transport].flat();
  const page = pageSettings();
  const address = api ?? page.api;
  if (!address) return [];
  return [restTransport({ api: new URL(address, location.href).href, token: page.token, workspace, notebook })];
}

/**
 * Save at once when the network or the reader comes back, and hand over the rest when the page goes.
 *
 * @param {Form | PaperForm} form
 */
function watchPage(form) {
  const stop = new AbortController();
  const { signal } = stop;
  window.addEventListener("online", () => form.lookedAt(), { signal });
  window.addEventListener("focus", () => form.lookedAt(), { signal });
  window.addEventListener("pagehide", () => form.saver.leave(), { signal });
  window.addEventListener(
    "beforeunload",
    (event) => {
      // Only where the browser keeps nothing is anything lost by leaving.
      if (!form.outbox.durable && form.outbox.fields.length) event.preventDefault();
    },
    { signal },
  );
  document.addEventListener(
    "visibilitychange",
    () => {
      if (document.visibilityState === "visible") form.lookedAt();
      else form.saver.leave();
    },
    { signal },
  );
  return () => stop.abort();
}

/**
 * Draw the widget.
 *
 * @param {{model: any, el: HTMLElement}} widget
 */
function render({ model, el }) {
  const view = model.get("view");
  const options = { ...view.options, review: view.id, kind: view.kind, asked: asked(view.options) };
  const show = isForm(view) ? mount : mountSummary;
  return show(el, { ...options, transport: [...transports(options), kernelTransport(model)] });
}

/**
 * Return what a view is asked for beside its language and its workspace: which part of a panel, and how.
 *
 * @param {Record<string, unknown>} options
 */
function asked({ lang: _lang, workspace: _workspace, readonly: _readonly, ...rest }) {
  return Object.keys(rest).length > 0 ? JSON.stringify(rest) : "";
}

/** True for what is typed into; everything else is drawn. @param {{kind: string, options: {part?: string}}} view */
function isForm({ kind, options }) {
  return kind === "review-form" || (kind === "working-paper" && (options.part ?? "form") === "form");
}

export default { render };
