import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ITranslator } from '@jupyterlab/translation';

import { request } from './api';
import { languageOf, wordsOf } from './language';
import { ReviewsPanel } from './panel';

/** Below Lab's own file list and running kernels. */
const RANK = 250;

/** A side panel with the workspace's projects and reviews. */
export const panels: JupyterFrontEndPlugin<void> = {
  id: 'poc-eval:panels',
  description: "Lists the workspace's projects and reviews.",
  autoStart: true,
  requires: [IDocumentManager],
  optional: [ILayoutRestorer, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    documents: IDocumentManager,
    restorer: ILayoutRestorer | null,
    translator: ITranslator | null
  ) => {
    const lang = languageOf(translator);
    const panel = new ReviewsPanel(lang, wordsOf(translator), notebook => {
      documents.openOrReveal(notebook, 'Notebook');
    });
    restorer?.add(panel, panel.id);
    // Where no workspace is open, Lab stays as it is without us.
    void request('GET', 'workspace').then(reply => {
      if (reply.status === 200) {
        app.shell.add(panel, 'left', { rank: RANK });
      } else {
        panel.dispose();
      }
    });
  }
};
