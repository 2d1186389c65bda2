/** The shapes that the form works with. Read by the type checker only; nothing is loaded from here. */

/** All numbers are text as they are to be printed; all words are in the language that was asked for. */
export interface FormDocument {
  review: ReviewHead;
  project: ProjectHead;
  sheet: Sheet;
  answers: Record<string, Answer>;
  evaluation: Evaluation;
  earlier: EarlierReview[];
}

export interface ReviewHead {
  id: string;
  version: number | string;
  status: "draft" | "submitted";
  revision: number;
  reviewer: string;
  created_at?: string;
  submitted_at?: string | null;
  saved_at?: string | null;
  amends?: string | null;
  amended_by?: string | null;
  amendment_reason?: string | null;
  example?: boolean;
}

/** What the server calls a kind of record: its head in a document, its place among the addresses, its last status. */
export interface Sort {
  head: "review" | "paper";
  path: string;
  done: string;
}

/** What every record's head says. */
export interface RecordHead {
  id: string;
  version: number | string;
  status: string;
  revision: number;
  saved_at?: string | null;
  amends?: string | null;
  amended_by?: string | null;
  amendment_reason?: string | null;
}

export interface ProjectHead {
  id: string;
  title: string;
  applicant?: string | null;
  field?: string | null;
  stage?: string | null;
  summary?: string | null;
  facts?: { label: string; value: string; source?: string | null }[];
  source?: string | null;
  example?: boolean;
}

export interface Sheet {
  id: string;
  version: string;
  hash: string;
  title: string;
  stage?: string;
  source?: unknown;
  historical?: boolean;
  note?: string | null;
  undertaking: UndertakingItem[];
  screening: ScreeningItem[];
  inputs: InputItem[];
  criteria: Criterion[];
  bonuses: Adjustment[];
  deductions: Adjustment[];
  recommendation: { field: string; options: Option[] } | null;
  opinion: { field: string; at_least: number; at_most: number } | null;
  reason_at_least: number;
}

export interface Option {
  value: string;
  label: string;
}

export interface UndertakingItem {
  field: string;
  kind: "choice" | "check" | "text";
  label: string;
  help?: string | null;
  options?: Option[];
  /** Only asked where another field has this value. */
  asked_if?: { field: string; value: string };
}

export interface ScreeningItem {
  field: string;
  ask: string;
  fails_on: string;
  reason?: string | null;
}

export interface InputItem {
  field: string;
  label: string;
  unit?: string | null;
  kind: string;
}

export interface Criterion {
  id: string;
  title: string;
  definition?: string | null;
  depth: number;
  group: boolean;
  minimum?: string | null;
  full_mark?: string | null;
  step?: string | null;
  best_low?: boolean;
  required?: string | null;
  weight?: string | null;
  counts?: boolean;
  optional?: boolean;
  way: "levels" | "bands" | "measured" | "points" | null;
  levels?: { score: string; text: string; evidence?: string[] }[];
  bands?: { value: string; from: string; to: string; text: string }[];
  measured?: {
    input: string;
    unit?: string | null;
    table: { from: string; shown: string; score: string }[];
    between?: string;
  } | null;
  beside?: { scale: string; title: string; short?: string; levels: { value: string; text: string }[] } | null;
  fields: Partial<Record<"band" | "score" | "reason" | "evidence" | "beside", string | null>>;
}

export interface Adjustment {
  id: string;
  title: string;
  up_to: string;
  fields: { points: string; reason: string };
}

export interface Answer {
  value: string;
  revision: number;
}

export interface Note {
  field: string;
  text: string;
}

/** What the last part of a form says of a kind of record. */
export interface LockingWords {
  title: string;
  done: string;
  ready: string;
  open: string;
  button: string;
  question: string;
  confirm: string;
  locks: string;
  refused: (count: number) => string;
  torn: string;
  offline: string;
  moved: string;
  amending: { title: string; about: string; made: (body: any) => string };
}

export interface Evaluation {
  total: string | null;
  running_total: string | null;
  full_mark: string | null;
  complete: boolean;
  stepped_aside: boolean;
  missing: Note[];
  faults: Note[];
  gates: { id: string; title: string; required: string; found: string | null; passed: boolean | null }[];
  criteria: { id: string; score: string | null; anchor: string | null }[];
  decision: { id: string; title: string } | null;
}

/** The document of a working paper. */
export interface PaperDocument {
  paper: RecordHead & {
    kind: string;
    kind_title: string;
    title: string;
    author: string | null;
    concluded_at: string | null;
    example: boolean;
  };
  project: { id: string; title: string; example: boolean } | null;
  layout: { parts: PaperPart[] };
  /** A mark of the layout; another one in the answer to changes says that it has changed. */
  shape: string;
  answers: Record<string, Answer>;
  evaluation: PaperEvaluation;
}

export interface PaperPart {
  name: string;
  title: string;
  help: string | null;
  items: (PaperField | PaperGrid)[];
}

/** A field of a working paper, or a column of a table. */
export interface PaperField {
  item: "field";
  field: string;
  label: string;
  type:
    | "text"
    | "long_text"
    | "amount"
    | "share"
    | "number"
    | "count"
    | "date"
    | "yes_no"
    | "choice"
    | "credit_code"
    | "shown";
  required: boolean;
  help: string | null;
  unit: string | null;
  options: Option[];
}

export interface PaperGrid {
  item: "grid";
  grid: string;
  title: string;
  help: string | null;
  columns: PaperField[];
  /** Rows that are fixed; none where rows are added. */
  given: { id: string; label: string; help: string | null }[];
  given_title: string | null;
  at_most: number;
}

export interface PaperEvaluation {
  complete: boolean;
  missing: Note[];
  faults: Note[];
  warnings: Note[];
  figures: { label: string; value: string; note: string | null; standing: "plain" | "good" | "bad" }[];
  totals: Record<string, Record<string, string>>;
  shown: Record<string, string>;
}

export interface EarlierReview {
  review: string;
  project: string;
  reviewer: string;
  version: string | number;
  submitted_at?: string | null;
  status: string;
  total: string | null;
  criteria: Record<string, string>;
}

/** One field on its way to the store. */
export interface Entry {
  value: string;
  /** The revision of this field that was last seen when typing began. */
  base: number;
  /** Texts that were sent and of which nobody knows whether they arrived. */
  sent: string[];
  /** When it was typed, in milliseconds. */
  at: number;
}

export interface Change {
  field: string;
  value: string;
  base: number;
}

export interface Conflict {
  field: string;
  mine: string;
  theirs: string;
  revision: number;
  at?: string;
}

export interface SaveReply {
  revision: number;
  /** Of a working paper: the mark of its layout as it is now. */
  shape?: string;
  saved: { field: string; revision: number }[];
  conflicts: Conflict[];
  evaluation: Evaluation;
  saved_at: string;
}

export interface Trouble {
  what: string;
  remedy: string;
  faults?: string[];
}

/** `status` 0: nobody answered. */
export interface Reply {
  status: number;
  body: any;
}

export interface Transport {
  /** How long to wait for an answer, in milliseconds; four seconds where it does not say. */
  patience?: number;
  request(method: string, path: string, body?: unknown, options?: { keepalive?: boolean; patience?: number }): Promise<Reply>;
}

export type Translate = (msgid: string, params?: Record<string, string | number>) => string;

export interface SaveState {
  kind: "idle" | "saving" | "saved" | "offline" | "refused" | "conflict";
  at?: string | null;
  trouble?: Trouble | null;
}

/** What stands on the page for one field. */
export interface Control {
  field: string;
  /** What it is called in a list of what is missing. */
  name: string;
  node: HTMLElement;
  show(value: string): void;
  focus(): void;
  mark(text: string, wrong: boolean): void;
  /** A value in words. */
  describe(value: string): string;
  input?: HTMLInputElement | HTMLTextAreaElement;
  label?: HTMLElement;
  /** What it was marked with last. */
  marked?: string;
  /** What the row and the column of a cell are called. */
  row?: string;
  column?: string;
}

export interface MountOptions {
  review: string;
  lang?: "zh" | "en" | "pseudo";
  readonly?: boolean;
  workspace?: string | null;
  /** Path of the notebook below the server's root; with it the server finds the workspace. */
  notebook?: string | null;
  /** Where the REST interface begins, with a slash at its end; found in JupyterLab's page where it is left out. */
  api?: string | null;
  /** How to ask, first choice first; REST where it is left out. */
  transport?: Transport | Transport[] | null;
  /** What is shown: `working-paper` for its form, else what is drawn of the id `review`. */
  kind?: string;
  /** What else the drawing is asked for, as JSON. */
  asked?: string;
  /** True where the page opens another version in a notebook of its own. */
  elsewhere?: boolean;
}
