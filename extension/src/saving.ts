import { Dialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
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
      // Where it fails the notebook is still dirty, and is saved when the server is back.
      await context.save().catch(later);
    } else {
      later();
    }
  };
  const later = () => {
    timer ||= window.setTimeout(() => void save(), SOON);
  };
  oneAtATime(context);
  failQuietly(context);
  context.model.contentChanged.connect(later);
  panel.disposed.connect(() => clearTimeout(timer));
  return () => {
    context.model.dirty = true;
    later();
  };
}

/**
 * Have every save wait for the one before it, whoever asked for it.
 *
 * Of two at once Lab takes what the first has written for somebody else's change, and asks what to do with it: behind
 * a dialog of ours nobody would see that question.
 */
function oneAtATime(context: DocumentRegistry.Context): void {
  const save = context.save.bind(context);
  let before: Promise<unknown> = Promise.resolve();
  context.save = () => {
    const mine = before.catch(() => undefined).then(save);
    before = mine;
    return mine;
  };
}

/**
 * Take back the dialog with which Lab answers a save that found no server.
 *
 * It would take the keyboard from whoever is typing; the form and the note above say already that the server is away.
 * Its title names the file; a dialog that somebody has opened meanwhile stays.
 */
function failQuietly(context: DocumentRegistry.Context): void {
  context.saveState.connect((_context, state) => {
    if (state !== 'failed') {
      return;
    }
    const file = PathExt.basename(context.localPath);
    void reachable().then(there => {
      Dialog.tracker.forEach(dialog => {
        const title = dialog.node.querySelector('.jp-Dialog-header')?.textContent;
        if (!there && title?.includes(file)) {
          dialog.reject();
        }
      });
    });
  });
}
