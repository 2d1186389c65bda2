import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import {
  Dialog,
  ICommandPalette,
  IToolbarWidgetRegistry,
  showDialog,
  showErrorMessage
} from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator } from '@jupyterlab/translation';

import { request } from './api';
import { told } from './desk';
import { offer } from './exportButton';
import type { IFile } from './exporting';
import { Exported } from './exporting';
import type { Language, Words } from './language';
import { languageOf, wordsOf } from './language';
import { ours } from './notebook';

/** A button beside the report's, in notebooks about a working paper that has a workbook. */
export const workbooks: JupyterFrontEndPlugin<void> = {
  id: 'poc-eval:workbooks',
  description: 'Exports workbooks of working papers.',
  autoStart: true,
  requires: [INotebookTracker, IToolbarWidgetRegistry],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    toolbar: IToolbarWidgetRegistry,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = wordsOf(translator);
    const lang = languageOf(translator);
    offer(
      { app, tracker, toolbar, palette },
      {
        command: 'poc-eval:export-workbook',
        place: 'poc-eval-workbook',
        className: 'poc-eval-export-button poc-eval-workbook-button',
        label: trans.__('Export to Excel'),
        tooltip: trans.__(
          'Make the workbook with live formulas of what stands in the form, and save a copy'
        ),
        has: panel => paperOf(panel) !== null,
        shown: hasWorkbook,
        make: panel => exportWorkbook(panel, lang, trans)
      },
      trans
    );
  }
};

/** The working paper that a notebook is about, null where it is about none. */
function paperOf(panel: NotebookPanel): string | null {
  return ours(panel.context.model)?.paper ?? null;
}

/** Ask the server whether the notebook's paper has a workbook. */
async function hasWorkbook(panel: NotebookPanel): Promise<boolean> {
  const paper = paperOf(panel);
  if (paper === null) {
    return false;
  }
  const asked = `workbooks?paper=${encodeURIComponent(paper)}`;
  const where = {
    notebook: panel.context.path,
    workspace: ours(panel.context.model)?.workspace
  };
  const reply = await request<{ workbook: boolean }>('GET', asked, undefined, {
    where
  });
  return reply.status === 200 && reply.body.workbook;
}

/** Have the workbook written and hand it over; say what stands in its way where it cannot be made. */
async function exportWorkbook(
  panel: NotebookPanel,
  lang: Language,
  trans: Words
): Promise<void> {
  const said = ours(panel.context.model);
  if (said?.paper === undefined) {
    return;
  }
  const where = { notebook: panel.context.path, workspace: said.workspace };
  const reply = await request<IFile>(
    'POST',
    `workbooks?lang=${lang}`,
    { path: panel.context.path },
    { where }
  );
  const close = [Dialog.okButton({ label: trans.__('Close') })];
  if (reply.status !== 201) {
    const title = trans.__('There is no workbook yet');
    await showErrorMessage(title, told(reply.body, trans), close);
    return;
  }
  const body = new Exported(reply.body, where, trans);
  body.save();
  await showDialog({
    title: trans.__('The workbook is ready'),
    body,
    buttons: close
  });
}
