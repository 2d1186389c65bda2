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
import { ToolbarButton } from '@jupyterlab/ui-components';

import { request } from './api';
import { told } from './desk';
import type { IFile } from './exporting';
import { Exported } from './exporting';
import type { Language, Words } from './language';
import { languageOf, wordsOf } from './language';
import { ours } from './notebook';

const EXPORT = 'poc-eval:export-workbook';

/** The name that the settings file gives the button's place in the toolbar. */
const BUTTON = 'poc-eval-workbook';

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
    toolbar.addFactory<NotebookPanel>('Notebook', BUTTON, panel =>
      button(panel, lang, trans)
    );
    app.commands.addCommand(EXPORT, {
      label: trans.__('Export to Excel'),
      isEnabled: () => paperOf(tracker.currentWidget) !== null,
      execute: async () => {
        if (tracker.currentWidget !== null) {
          await exportWorkbook(tracker.currentWidget, lang, trans);
        }
      }
    });
    palette?.addItem({
      command: EXPORT,
      category: trans.__('Proof-of-concept evaluation')
    });
  }
};

/** The working paper that a notebook is about, null where it is about none. */
function paperOf(panel: NotebookPanel | null): string | null {
  return ours(panel?.context.model ?? null)?.paper ?? null;
}

/** The button; it stays away until the server says that the notebook's paper has a workbook. */
function button(
  panel: NotebookPanel,
  lang: Language,
  trans: Words
): ToolbarButton {
  const made = new ToolbarButton({
    className: 'poc-eval-export-button poc-eval-workbook-button',
    label: trans.__('Export to Excel'),
    tooltip: trans.__(
      'Make the workbook with live formulas of what stands in the form, and save a copy'
    ),
    onClick: () => void exportWorkbook(panel, lang, trans)
  });
  made.hide();
  void panel.context.ready.then(async () => {
    const paper = paperOf(panel);
    if (paper === null) {
      return;
    }
    const asked = `workbooks?paper=${encodeURIComponent(paper)}`;
    const where = {
      notebook: panel.context.path,
      workspace: ours(panel.context.model)?.workspace
    };
    const reply = await request<{ workbook: boolean }>('GET', asked, undefined, {
      where
    });
    if (reply.status === 200 && reply.body.workbook && !made.isDisposed) {
      made.show();
    }
  });
  return made;
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
