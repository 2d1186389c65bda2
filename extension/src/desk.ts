import type { ITrouble } from './api';
import type { Language, Words } from './language';

/** What a workspace offers for a new review. */
export interface ICatalog {
  templates: ITemplate[];
  rubrics: IRubric[];
  projects: IProject[];
  reviewers: string[];
  lang: Language;
}

export interface ITemplate {
  id: string;
  title: string;
  description: string;
  kind?: 'project' | 'platform';
  /** What it is about: one `review`, one working `paper`, or a whole panel. */
  sheet: string;
  /** Who fills it in. */
  audience: 'reviewer' | 'secretary' | 'finance_officer';
  /** Of a working paper: whether it is about one project, about none, or about either. */
  about: 'project' | 'none' | 'either';
  /** Ids, the usual one first. */
  rubrics: string[];
}

export interface IRubric {
  id: string;
  version: string;
  title: string;
  stage: string;
}

export interface IProject {
  id: string;
  title: string;
  kind: 'project' | 'platform';
}

/** What a new notebook is made from. */
export interface IOrder {
  template: string;
  project?: string;
  rubric?: string;
  reviewer?: string;
  lang: Language;
  /** For a working paper: what it is called; as its template where it is left out. */
  title?: string;
  /** For a panel: whether the experts' names are shown. */
  with_names?: boolean;
  /** For a panel's summary: the seed of a draw, and whether other methods of ranking are shown. */
  draw_seed?: string | null;
  methods?: boolean;
}

/** What the server knows of a notebook file. */
export interface INotebookState {
  ours: boolean;
  locked_cells_unchanged: boolean;
}

/** The workspace at a glance. */
export interface IOverview {
  title: string;
  projects: {
    id: string;
    title: string;
    reviews: IReviewLine[];
    papers: IPaperLine[];
  }[];
  /** Working papers about no single project. */
  papers: IPaperLine[];
}

export interface IPaperLine {
  id: string;
  title: string;
  author: string | null;
  status: 'draft' | 'concluded';
  /** Below the server's root; null where there is none. */
  notebook: string | null;
}

export interface IReviewLine {
  id: string;
  reviewer: string;
  sheet: string;
  status: 'draft' | 'submitted';
  /** As it is printed; null while it is not known. */
  total: string | null;
  /** How much is still to fill in. */
  missing: number;
  /** Below the server's root; null where there is none. */
  notebook: string | null;
}

/** Say a refusal, or the server's silence, in one sentence after the other. */
export function told(body: ITrouble, trans: Words): string {
  if (body.error === undefined) {
    return trans.__(
      'The program does not answer. Check that it is still running, then try again.'
    );
  }
  const { what, remedy } = body.error;
  const said = trans.__('%1; %2.', what, remedy);
  return said.charAt(0).toUpperCase() + said.slice(1);
}
