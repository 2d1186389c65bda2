import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import {
  Dialog,
  ICommandPalette,
  IToolbarWidgetRegistry,
  showDialog
} from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator } from '@jupyterlab/translation';

import { WorkingDialog } from './dialog';
import { offer } from './exportButton';
import { Export, Exported } from './exporting';
import type { Language, Words } from './language';
import { languageOf, wordsOf } from './language';
import { ours } from './notebook';

/** A button in the toolbar of our notebooks that makes their report. */
export const reports: JupyterFrontEndPlugin<void> = {
  id: 'poc-eval:plugin',
  description: 'Exports reports.',
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
    const has = (panel: NotebookPanel) => ours(panel.context.model) !== null;
    offer(
      { app, tracker, toolbar, palette },
      {
        command: 'poc-eval:export-report',
        place: 'poc-eval-export',
        className: 'poc-eval-export-button',
        label: trans.__('Export report'),
        tooltip: trans.__('Save this notebook and make its report as one HTML file'),
        has,
        shown: async panel => has(panel),
        make: panel => exportReport(panel, lang, trans)
      },
      trans
    );
  }
};

async function exportReport(
  panel: NotebookPanel,
  lang: Language,
  trans: Words
): Promise<void> {
  const said = ours(panel.context.model);
  if (said === null) {
    return;
  }
  const body = new Export(panel.context, said, lang, trans);
  const dialog = new WorkingDialog(body, {
    title: trans.__('Export report'),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Make the report') })
    ],
    focusNodeSelector: 'select'
  });
  await dialog.launch();
  if (dialog.result !== null) {
    await showDialog({
      title: trans.__('The report is ready'),
      body: new Exported(
        dialog.result,
        { notebook: panel.context.path, workspace: said.workspace },
        trans
      ),
      buttons: [Dialog.okButton({ label: trans.__('Close') })]
    });
  }
}
