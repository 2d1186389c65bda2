import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IConnectionLost } from '@jupyterlab/application';
import { ITranslator } from '@jupyterlab/translation';

import { reachable } from './api';
import { wordsOf } from './language';

const LOOK_EVERY = 3000;
const READ_WITHIN = 5000;

/**
 * Says at the edge of the page that the server is away, and when it is back.
 *
 * Lab's own dialog would take the keyboard from somebody who is writing in a form, where nothing gets lost; its
 * notifications fetch their code when first shown, and there is nobody to fetch it from. This plugin is off unless
 * `poc-eval lab` turns it on.
 */
export const connection: JupyterFrontEndPlugin<IConnectionLost> = {
  id: 'poc-eval:connection',
  description: 'Tells of a lost connection without interrupting.',
  autoStart: true,
  provides: IConnectionLost,
  optional: [ITranslator],
  activate: (_app: JupyterFrontEnd, translator: ITranslator | null) => {
    const trans = wordsOf(translator);
    const note = document.createElement('div');
    note.className = 'poc-eval-away';
    note.setAttribute('role', 'status');
    let away = false;
    const look = async () => {
      if (!(await reachable())) {
        window.setTimeout(() => void look(), LOOK_EVERY);
        return;
      }
      away = false;
      note.textContent = trans.__(
        'The connection is back; what was kept is being saved.'
      );
      window.setTimeout(() => {
        if (!away) {
          note.remove();
        }
      }, READ_WITHIN);
    };
    return async () => {
      if (!away) {
        away = true;
        document.body.append(note);
        note.textContent = trans.__(
          'The program does not answer. What you enter in a form is kept on this computer and saved once it is back.'
        );
        await look();
      }
    };
  }
};
