import type { NotebookPanel } from '@jupyterlab/notebook';

import { reachable } from './api';

const SOON = 3000;

/**
 * Save a notebook soon after each change, while the server is there.
 *
 * Its paragraphs stand in no record. Without a server Lab's saving would interrupt with a dialog, so it waits.
 * Return a function that asks for a save of what Lab does not count as a change: the numbers of cells that ran.
 */
export function saveSoon(panel: NotebookPanel): () => void {
  const { context } = panel;
  let timer = 0;
  const save = async () => {
    timer = 0;
    if (panel.isDisposed || !context.model.dirty || context.model.readOnly) {
      return;
    }
    if (await reachable()) {
      await context.save();
    } else {
      later();
    }
  };
  const later = () => {
    timer ||= window.setTimeout(() => void save(), SOON);
  };
  context.model.contentChanged.connect(later);
  panel.disposed.connect(() => clearTimeout(timer));
  return () => {
    context.model.dirty = true;
    later();
  };
}
