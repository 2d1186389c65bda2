import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { Dialog, ICommandPalette, showErrorMessage } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator } from '@jupyterlab/translation';

import { followAmendments } from './amending';
import type { IReply } from './api';
import { request } from './api';
import type { ICatalog, ITemplate } from './desk';
import { told } from './desk';
import { WorkingDialog } from './dialog';
import { moneyIcon, panelIcon, platformIcon, projectIcon } from './icons';
import type { Language, Words } from './language';
import { languageOf, wordsOf } from './language';
import { NewReview } from './newReview';
import { greetNotebooks } from './opening';

const NEW_REVIEW = 'poc-eval:new-review';

/** Above Lab's own sections of the launcher, in the order of the work. */
const RANKS = { reviewer: -3, secretary: -2, finance_officer: -1 };

/** A card a template in the launcher; each asks what is reviewed by whom and opens the notebook. */
export const reviewing: JupyterFrontEndPlugin<void> = {
  id: 'poc-eval:reviewing',
  description: 'Starts reviews from launcher cards and opens their notebooks.',
  autoStart: true,
  requires: [IDocumentManager, INotebookTracker],
  optional: [ILauncher, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    documents: IDocumentManager,
    tracker: INotebookTracker,
    launcher: ILauncher | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    greetNotebooks(app);
    followAmendments(documents, tracker);
    const desk = new Reception(documents, translator);
    // Lab does not wait for this: the cards join the launcher when the workspace has answered.
    void desk.ask().then(reply => {
      if (reply.status === 200) {
        offerCards(app, desk, reply.body.templates, launcher, palette);
      }
    });
  }
};

/** Add the command and, for every template, a card and an entry of the palette. */
function offerCards(
  app: JupyterFrontEnd,
  desk: Reception,
  templates: ITemplate[],
  launcher: ILauncher | null,
  palette: ICommandPalette | null
): void {
  const of = (args: { template?: unknown }) =>
    templates.find(template => template.id === args.template) ?? templates[0];
  const categories = {
    reviewer: desk.trans.__('Proof-of-concept evaluation'),
    secretary: desk.trans.__('Panel and decision'),
    finance_officer: desk.trans.__('Grants and income')
  };
  app.commands.addCommand(NEW_REVIEW, {
    label: args => of(args)?.title ?? '',
    caption: args => of(args)?.description ?? '',
    icon: args => iconOf(of(args)),
    execute: args => desk.receive(of(args)?.id ?? '')
  });
  templates.forEach(({ id, audience }, rank) => {
    const args = { template: id };
    const category = categories[audience];
    const categoryRank = RANKS[audience];
    launcher?.add({ command: NEW_REVIEW, args, category, categoryRank, rank });
    palette?.addItem({ command: NEW_REVIEW, args, category });
  });
}

function iconOf(template: ITemplate | undefined) {
  if (template?.audience === 'secretary') {
    return panelIcon;
  }
  if (template?.audience === 'finance_officer') {
    return moneyIcon;
  }
  return template?.kind === 'platform' ? platformIcon : projectIcon;
}

/** What the button says that makes the notebook. */
function startOf({ sheet }: ITemplate, trans: Words): string {
  if (sheet === 'paper') {
    return trans.__('Open the working paper');
  }
  if (sheet === 'review') {
    return trans.__('Start the review');
  }
  return sheet === 'panel'
    ? trans.__('Open the panel')
    : trans.__('Open the selection');
}

/** Receives whoever wants to review: asks what, by which sheet and as whom, and opens the notebook. */
class Reception {
  constructor(
    private readonly _documents: IDocumentManager,
    translator: ITranslator | null
  ) {
    this.trans = wordsOf(translator);
    this._lang = languageOf(translator);
  }

  readonly trans: Words;

  /** Ask the workspace what there is. */
  ask(): Promise<IReply<ICatalog>> {
    return request<ICatalog>('GET', `catalog?lang=${this._lang}`);
  }

  /** Ask the person, make the notebook and open it; null where the person changed their mind. */
  async receive(id: string): Promise<IDocumentWidget | null> {
    const { trans } = this;
    const reply = await this.ask();
    const template = reply.body.templates?.find(known => known.id === id);
    if (reply.status !== 200 || template === undefined) {
      await showErrorMessage(trans.__('New review'), told(reply.body, trans), [
        Dialog.okButton({ label: trans.__('Close') })
      ]);
      return null;
    }
    const body = new NewReview(template, reply.body, this._lang, trans);
    const dialog = new WorkingDialog(body, {
      title: template.title,
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({
          label: startOf(template, trans)
        })
      ],
      focusNodeSelector: 'select, input'
    });
    await dialog.launch();
    return dialog.result === null
      ? null
      : (this._documents.openOrReveal(dialog.result, 'Notebook') ?? null);
  }

  private readonly _lang: Language;
}
