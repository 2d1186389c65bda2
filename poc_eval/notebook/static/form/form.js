/** The review form. */

import { page } from "./page.js";
import { REVIEW } from "./record.js";
import { RecordForm } from "./recordForm.js";
import { Submission } from "./submission.js";

export class Form extends RecordForm {
  /**
   * @param {HTMLElement} root inside of the shadow tree
   * @param {import("./types").MountOptions} options
   * @param {import("./types").Transport} transport
   */
  constructor(root, options, transport) {
    super(root, options, transport, REVIEW);
  }

  ending() {
    return new Submission(this);
  }

  get document() {
    return /** @type {import("./types").FormDocument} */ (this.state.document);
  }

  get sheet() {
    return this.document.sheet;
  }

  page() {
    return page(this);
  }

  get shapeNow() {
    const { review, sheet, earlier } = this.document;
    return JSON.stringify([this.words.lang, review.id, review.status, review.amended_by, sheet, earlier]);
  }

  get sentences() {
    const { t } = this;
    return {
      locked: t("This review is submitted and locked."),
      late: t("These texts were typed after the review was submitted and are not part of it. Copy what you want to keep:"),
      later: t("There is a later version of this review."),
    };
  }

  /** @returns {[unknown, string][]} */
  get notices() {
    const { t, document, sheet } = this;
    return [
      [
        document.review.example || document.project.example,
        t("Example: project facts are public, scores are made up to show how the sheet works."),
      ],
      [sheet.historical, t("Historical sheet: the procedure it belongs to is no longer in force.")],
    ];
  }

  /** A sentence that stands beside its field need not name it; in a list it must. @param {import("./types").Note} note */
  listed({ field, text }) {
    const criterion = this.sheet.criteria.find(({ fields }) => Object.values(fields).includes(field));
    const named = criterion && !this.sheet.criteria.some(({ title }) => text.startsWith(title));
    return named ? this.t("{name}: {text}", { name: criterion.title, text }) : text;
  }
}
