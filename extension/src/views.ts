import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { ITranslator } from '@jupyterlab/translation';

import { languageOf, wordsOf } from './language';
import { ours, VIEW_TYPE } from './notebook';
import type { IHome } from './view';
import { View } from './view';

/** Before the widget view of the same output, which needs a kernel. */
const RANK = -10;

/** Shows forms and summaries in notebook outputs, from the record and never from what the notebook saved. */
export const views: JupyterFrontEndPlugin<void> = {
  id: 'poc-eval:views',
  description: 'Shows forms and summaries in notebook outputs.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [INotebookTracker, ITranslator],
  activate: (
    _app: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    tracker: INotebookTracker | null,
    translator: ITranslator | null
  ) => {
    const home = (path: string | undefined): IHome => {
      const panel = tracker?.find(open => open.context.path === path);
      const said = ours(panel?.context.model ?? null);
      return {
        where: { notebook: path, workspace: said?.workspace },
        lang: said?.lang ?? languageOf(translator)
      };
    };
    rendermime.addFactory(
      {
        safe: true,
        mimeTypes: [VIEW_TYPE],
        createRenderer: options =>
          new View(wordsOf(translator), () =>
            home(pathOf(options.resolver))
          )
      },
      RANK
    );
  }
};

/** The path of the notebook that an output stands in, as its resolver of links knows it. */
function pathOf(resolver: IRenderMime.IResolver | null): string | undefined {
  return (resolver as { path?: string } | null)?.path;
}
