import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker } from '@jupyterlab/notebook';

import { changed, request } from './api';
import type { IOrder } from './desk';
import { ours } from './notebook';

const AMENDED = /^(reviews|papers)\/([^/?]+)\/amend(\?|$)/;

/** What of a review's form says how its notebook is made. */
interface IFormHead {
  review: { reviewer: string };
  sheet: { id: string; version: string };
}

/** What of a working paper says the same. */
interface IPaperHead {
  paper: { title: string; author: string | null; project: string | null };
}

/** Open the notebook of a new version when what is locked is amended: the old one stays as it is. */
export function followAmendments(
  documents: IDocumentManager,
  tracker: INotebookTracker
): void {
  changed.connect((_sender, path) => {
    const [, kind, id] = AMENDED.exec(path) ?? [];
    if (kind !== undefined && id !== undefined) {
      void openAmendment(kind, decodeURIComponent(id), documents, tracker);
    }
  });
}

async function openAmendment(
  kind: string,
  id: string,
  documents: IDocumentManager,
  tracker: INotebookTracker
): Promise<void> {
  const panel = tracker.find(open => {
    const head = ours(open.context.model);
    return (kind === 'papers' ? head?.paper : head?.review) === id;
  });
  const said = ours(panel?.context.model ?? null);
  if (panel === undefined || said === null) {
    return;
  }
  const where = { notebook: panel.context.path, workspace: said.workspace };
  const form = await request<IFormHead | IPaperHead>(
    'GET',
    `${kind}/${encodeURIComponent(id)}?lang=${said.lang}`,
    undefined,
    { where }
  );
  if (form.status !== 200) {
    return;
  }
  const order: IOrder = {
    template: said.template.id,
    lang: said.lang,
    ...('paper' in form.body ? ofPaper(form.body) : ofReview(form.body, said.project))
  };
  const made = await request<{ path: string }>('POST', 'notebooks', order, {
    where
  });
  if (made.status === 200) {
    documents.openOrReveal(made.body.path, 'Notebook');
  }
}

function ofReview({ review, sheet }: IFormHead, project: string | undefined) {
  return { project, rubric: `${sheet.id}@${sheet.version}`, reviewer: review.reviewer };
}

function ofPaper({ paper }: IPaperHead) {
  return {
    project: paper.project ?? undefined,
    title: paper.title,
    reviewer: paper.author ?? undefined
  };
}
