/** The form of a working paper: fields, tables, what they come to, and the way to conclude it. */

import { Conclusion } from "./conclusion.js";
import { paperPage } from "./paperPage.js";
import { PAPER } from "./record.js";
import { RecordForm } from "./recordForm.js";

export class PaperForm extends RecordForm {
  /**
   * @param {HTMLElement} root inside of the shadow tree
   * @param {import("./types").MountOptions} options
   * @param {import("./types").Transport} transport
   */
  constructor(root, options, transport) {
    super(root, options, transport, PAPER);
    /** The tables on the page, by name. @type {Map<string, import("./grid.js").Grid>} */
    this.grids = new Map();
    /** Rows that stand on the page though nothing is in them, by table. @type {Map<string, Set<string>>} */
    this.begun = new Map();
  }

  ending() {
    return new Conclusion(this);
  }

  listen() {
    super.listen();
    // Which fields are asked for may follow from what was entered: from the policies chosen, for one.
    this.state.on("acknowledged", ({ reply }) => {
      if (reply.shape && reply.shape !== this.document.shape) void this.refresh();
    });
  }

  /** @param {string} paper */
  async open(paper) {
    this.begun.clear();
    await super.open(paper);
  }

  get document() {
    return /** @type {import("./types").PaperDocument} */ (this.state.document);
  }

  page() {
    this.grids.clear();
    return paperPage(this);
  }

  get shapeNow() {
    const { paper, layout } = this.document;
    return JSON.stringify([this.words.lang, paper.id, paper.status, paper.amended_by, layout]);
  }

  get sentences() {
    const { t } = this;
    return {
      locked: t("This working paper is concluded and locked."),
      late: t("These texts were typed after the working paper was concluded and are not part of it. Copy what you want to keep:"),
      later: t("There is a later version of this working paper."),
    };
  }

  /** @returns {[unknown, string][]} */
  get notices() {
    const { paper, project } = this.document;
    return [[paper.example || project?.example, this.t("Example: made up to show how the working paper works.")]];
  }

  /** What cannot be read is told at once, what is missing only where somebody has been. @param {string} field */
  tells(field) {
    return super.tells(field) || this.state.value(field) !== "";
  }

  /** A sentence that stands beside its field need not name it; in a list it must, and in a table its row too. @param {import("./types").Note} note */
  listed({ field, text }) {
    const control = this.controls.get(field)?.[0];
    if (!control || text.startsWith(control.name)) return text;
    const named = control.row && control.column && text.startsWith(control.column);
    return this.t("{name}: {text}", { name: named ? control.row ?? "" : control.name, text });
  }

  /** In the order of the page: rows come and go. @param {import("./types").Note[]} notes */
  inOrder(notes) {
    const place = (/** @type {string} */ field) => this.controls.get(field)?.[0]?.node;
    return notes.sort((one, other) => {
      const [first, second] = [place(one.field), place(other.field)];
      if (!first || !second || first === second) return Number(Boolean(second)) - Number(Boolean(first));
      return first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
    });
  }

  /** @param {string} field */
  showValue(field) {
    const [, grid] = field.split("/");
    if (grid) this.grids.get(grid)?.followSoon();
    super.showValue(field);
  }
}
