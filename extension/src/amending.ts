import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker } from '@jupyterlab/notebook';

import { changed, request } from './api';
import type { IOrder } from './desk';
import { ours } from './notebook';

const AMENDED = /^reviews\/([^/?]+)\/amend(\?|$)/;

/** What of a review's form says how its notebook is made. */
interface IFormHead {
  review: { reviewer: string };
  sheet: { id: string; version: string };
}

/** Open the notebook of a new version when a submitted review is amended: the old one stays as it is. */
export function followAmendments(
  documents: IDocumentManager,
  tracker: INotebookTracker
): void {
  changed.connect((_sender, path) => {
    const id = AMENDED.exec(path)?.[1];
    if (id !== undefined) {
      void openAmendment(decodeURIComponent(id), documents, tracker);
    }
  });
}

async function openAmendment(
  id: string,
  documents: IDocumentManager,
  tracker: INotebookTracker
): Promise<void> {
  const panel = tracker.find(
    open => ours(open.context.model)?.review === id
  );
  const said = ours(panel?.context.model ?? null);
  if (panel === undefined || said === null) {
    return;
  }
  const where = { notebook: panel.context.path, workspace: said.workspace };
  const form = await request<IFormHead>(
    'GET',
    `reviews/${encodeURIComponent(id)}?lang=${said.lang}`,
    undefined,
    { where }
  );
  if (form.status !== 200) {
    return;
  }
  const order: IOrder = {
    template: said.template.id,
    project: said.project,
    rubric: `${form.body.sheet.id}@${form.body.sheet.version}`,
    reviewer: form.body.review.reviewer,
    lang: said.lang
  };
  const made = await request<{ path: string }>('POST', 'notebooks', order, {
    where
  });
  if (made.status === 200) {
    documents.openOrReveal(made.body.path, 'Notebook');
  }
}
