/** Rows out of a file: the server reads it, all of it or nothing. */

import { fill, h } from "./dom.js";

const LARGEST = 5_000_000;
/** A large table takes its time, in milliseconds. */
const PATIENCE = 60_000;

/** A button that asks for a CSV or XLSX file. @param {import("./grid.js").Grid} grid */
export function importButton(grid) {
  const { t } = grid.form;
  const input = h("input", { type: "file", accept: ".csv,.xlsx,.xlsm", class: "unseen", tabindex: -1, "aria-hidden": "true" });
  const node = h("button", { type: "button", class: "plain", onclick: () => input.click() }, t("Import a table (Excel, CSV)"));
  input.addEventListener("change", async () => {
    const [file] = input.files ?? [];
    input.value = "";
    if (!file) return;
    node.disabled = true;
    await bring(grid, file);
    node.disabled = false;
    node.focus();
  });
  return h("span", {}, node, input);
}

/** @param {import("./grid.js").Grid} grid @param {File} file */
async function bring(grid, file) {
  const { form } = grid;
  const { t } = form;
  if (file.size > LARGEST) {
    grid.tell(t("The file is larger than {most} MB; split it.", { most: LARGEST / 1_000_000 }));
    return;
  }
  grid.tell(t("Reading {file} …", { file: file.name }));
  const stored = await form.saver.settle();
  if (!stored) {
    grid.tell(t("Importing needs the connection, and everything typed saved. Nothing was imported; try again shortly."));
    return;
  }
  const sent = { grid: grid.spec.grid, name: file.name, content: await encoded(file) };
  const reply = await form.ask("POST", "import", sent, { patience: PATIENCE });
  if (reply.status === 0) {
    // The rows may have arrived and only the answer was lost.
    await look(form);
    grid.tell(t("The program did not answer in time. Look whether the rows are there before you import them again."));
    return;
  }
  if (reply.status !== 200) {
    const faults = /** @type {string[]} */ (reply.body?.error?.faults ?? []);
    const said = faults.length > 0 ? h("ul", {}, faults.map((fault) => h("li", {}, fault))) : null;
    fill(grid.told, h("p", { class: "bad" }, t("Nothing was imported.")), said ?? h("p", {}, form.words.told(reply)));
    return;
  }
  await look(form);
  form.state.tell("moved");
  const saved = /** @type {{field: string}[]} */ (reply.body.saved);
  grid.offerUndo(t("{rows} rows were imported.", { rows: reply.body.rows }), saved.map(({ field }) => ({ field, value: "" })));
}

/** Fetch what stands there now; a busy program is asked until it answers. @param {import("./paperForm.js").PaperForm} form */
async function look(form) {
  if (!(await form.refresh())) form.comeBack();
}

/** @param {File} file @returns {Promise<string>} its bytes in base64 */
async function encoded(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts = [];
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(""));
}
