import type { JupyterFrontEnd } from '@jupyterlab/application';
import { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';

import type { IReply } from './api';
import { request } from './api';
import type { INotebookState } from './desk';
import type { IReference } from './notebook';
import { codeCells, ours, viewOf, VIEW_TYPE } from './notebook';
import { saveSoon } from './saving';

/** Have every notebook of ours opened with its code folded, its views shown and, where it is new, run. */
export function greetNotebooks(app: JupyterFrontEnd): void {
  app.docRegistry.addWidgetExtension('Notebook', {
    createNew: panel => {
      void greet(panel as NotebookPanel);
    }
  });
}

async function greet(panel: NotebookPanel): Promise<void> {
  await panel.context.ready;
  const said = ours(panel.context.model);
  if (said === null) {
    return;
  }
  panel.addClass('poc-eval-notebook');
  // Asked before anything can be saved: Lab empties a file before it writes it anew.
  const asked = seen(panel, said.workspace);
  const saveAnyway = saveSoon(panel);
  fold(panel);
  const fresh = placeViews(panel);
  if (fresh.length === 0) {
    return;
  }
  const state = await asked;
  if (state.status === 200 && state.body.ours && state.body.locked_cells_unchanged) {
    await run(panel, new Set(fresh));
    if (!panel.isDisposed) {
      saveAnyway();
    }
  }
}

/** Ask the workspace what it knows of this notebook; once more where a busy server gave no answer. */
async function seen(panel: NotebookPanel, workspace: string): Promise<IReply<INotebookState>> {
  const path = `notebooks?path=${encodeURIComponent(panel.context.path)}`;
  const ask = () => request<INotebookState>('GET', path, undefined, { where: { workspace } });
  const state = await ask();
  return state.status === 0 || state.status >= 500 ? ask() : state;
}

/** Fold the code of the cells that belong to the template; a person's own code stays open. */
function fold(panel: NotebookPanel): void {
  for (const cell of codeCells(panel)) {
    const tags = (cell.model.getMetadata('tags') ?? []) as string[];
    if (cell.model.getMetadata('poc_eval') !== undefined && tags.includes('hide-input')) {
      cell.inputHidden = true;
      cell.addClass('poc-eval-folded');
    }
  }
}

/**
 * Show the views of cells that have no output yet: a form needs the record, not a kernel.
 *
 * Return those cells.
 */
function placeViews(panel: NotebookPanel): CodeCell[] {
  const placed: CodeCell[] = [];
  for (const cell of codeCells(panel)) {
    const view = viewOf(cell.model);
    if (view !== null && cell.model.outputs.length === 0) {
      cell.model.outputs.add(output(view));
      placed.push(cell);
    }
  }
  return placed;
}

function output(view: IReference) {
  return {
    output_type: 'display_data',
    data: {
      [VIEW_TYPE]: { kind: view.kind, id: view.id, options: view.options },
      'text/plain': `${view.kind} ${view.id}`
    },
    metadata: {}
  };
}

/**
 * Run the notebook from its first cell to its last, once the kernel is there.
 *
 * A cell in `shown` keeps the output that it has: somebody may be writing in it already.
 */
async function run(panel: NotebookPanel, shown: Set<CodeCell>): Promise<void> {
  await panel.sessionContext.ready;
  for (const cell of codeCells(panel)) {
    const kernel = panel.sessionContext.session?.kernel;
    if (panel.isDisposed || !kernel) {
      return;
    }
    const done = shown.has(cell)
      ? await runBeside(cell, kernel)
      : await CodeCell.execute(cell, panel.sessionContext);
    if (done && done.content.status !== 'ok') {
      return;
    }
  }
}

/** Run a cell and leave its output as it is. */
async function runBeside(cell: CodeCell, kernel: Kernel.IKernelConnection) {
  const code = cell.model.sharedModel.getSource();
  const reply = await kernel.requestExecute({ code, stop_on_error: true }).done;
  if (!cell.isDisposed) {
    cell.model.executionCount = reply.content.execution_count ?? null;
  }
  return reply;
}
