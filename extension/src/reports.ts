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
import { ToolbarButton } from '@jupyterlab/ui-components';

import { WorkingDialog } from './dialog';
import { Export, Exported } from './exporting';
import type { Language, Words } from './language';
import { languageOf, wordsOf } from './language';
import { ours } from './notebook';

const EXPORT = 'poc-eval:export-report';

/** The name that the settings file gives the button's place in the toolbar. */
const BUTTON = 'poc-eval-export';

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
    toolbar.addFactory<NotebookPanel>('Notebook', BUTTON, panel =>
      button(panel, lang, trans)
    );
    app.commands.addCommand(EXPORT, {
      label: trans.__('Export report'),
      isEnabled: () => ours(tracker.currentWidget?.context.model ?? null) !== null,
      execute: async () => {
        if (tracker.currentWidget !== null) {
          await exportReport(tracker.currentWidget, lang, trans);
        }
      }
    });
    palette?.addItem({
      command: EXPORT,
      category: trans.__('Proof-of-concept evaluation')
    });
  }
};

/** The button; it stays away from notebooks that are not ours. */
function button(
  panel: NotebookPanel,
  lang: Language,
  trans: Words
): ToolbarButton {
  const made = new ToolbarButton({
    className: 'poc-eval-export-button',
    label: trans.__('Export report'),
    tooltip: trans.__('Save this notebook and make its report as one HTML file'),
    onClick: () => void exportReport(panel, lang, trans)
  });
  made.hide();
  void panel.context.ready.then(() => {
    if (!made.isDisposed && ours(panel.context.model) !== null) {
      made.show();
    }
  });
  return made;
}

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
