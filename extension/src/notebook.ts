import type { ICodeCellModel } from '@jupyterlab/cells';
import { CodeCell } from '@jupyterlab/cells';
import type { INotebookModel, NotebookPanel } from '@jupyterlab/notebook';

import type { Language } from './language';

export const VIEW_TYPE = 'application/vnd.poc-eval.view+json';

/** A value as JSON knows it. */
type Plain = null | boolean | number | string | Plain[] | { [name: string]: Plain };

/** Which view of which record an output shows. A notebook holds this and nothing of what is in the record. */
export interface IReference {
  kind: string;
  id: string;
  /** What stands beside the three goes to the server as it is. */
  options: {
    lang?: Language;
    readonly?: boolean;
    workspace?: string;
    [asked: string]: Plain | undefined;
  };
}

/** What a notebook of ours says of itself. */
export interface IOurs {
  workspace: string;
  project?: string;
  /** The review that it is about; a panel's notebook has a rubric instead, a working paper's the paper. */
  review?: string;
  rubric?: string;
  paper?: string;
  template: { id: string };
  lang: Language;
}

/** Return what the notebook says of itself, null where it is not one of ours. */
export function ours(model: INotebookModel | null): IOurs | null {
  const said = model?.getMetadata('poc_eval') as Partial<IOurs> | undefined;
  return typeof (said?.review ?? said?.rubric ?? said?.paper) === 'string' &&
    typeof said?.workspace === 'string'
    ? (said as IOurs)
    : null;
}

/** Return the view that a cell is there to show, null for any other cell. */
export function viewOf(model: ICodeCellModel): IReference | null {
  const said = model.getMetadata('poc_eval') as
    | { view?: Partial<IReference> }
    | undefined;
  return reference(said?.view);
}

/** Return a reference that came from a file as one, null where it is not. */
export function reference(said: unknown): IReference | null {
  const { kind, id, options } = (said ?? {}) as Partial<IReference>;
  return typeof kind === 'string' && typeof id === 'string'
    ? { kind, id, options: options ?? {} }
    : null;
}

/** The code cells of a notebook that is open. */
export function codeCells(panel: NotebookPanel): CodeCell[] {
  return panel.content.widgets.filter(
    (cell): cell is CodeCell => cell instanceof CodeCell
  );
}
