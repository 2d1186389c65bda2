import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { INotebookModel } from '@jupyterlab/notebook';
import { Widget } from '@lumino/widgets';

import type { ITrouble, IWhere } from './api';
import { address, located, request } from './api';
import { told } from './desk';
import type { IWorkingBody } from './dialog';
import { chooser, Field } from './fields';
import type { Language, Words } from './language';
import type { IOurs } from './notebook';

/** A file that was made, and where it lies in the workspace. */
export interface IFile {
  path: string;
  name: string;
  /** Bytes. */
  size: number;
}

/** A report that was made, and the code that ties its print to the file. */
export interface IReport extends IFile {
  code: string;
  /** What else to know, such as what of the notebook is not in the report. */
  notes: string[];
}

/** Asks for the language, saves the notebook and has its report made. */
export class Export extends Widget implements IWorkingBody<IReport> {
  constructor(
    private readonly _context: DocumentRegistry.IContext<INotebookModel>,
    private readonly _ours: IOurs,
    private readonly _pageLang: Language,
    private readonly _trans: Words
  ) {
    super();
    this.addClass('poc-eval-export');
    this._lang = new Field(
      _trans.__('Language of the report'),
      chooser(
        [
          { value: 'zh', label: '中文' },
          { value: 'en', label: 'English' },
          { value: 'both', label: '中文 + English' }
        ],
        _ours.lang
      )
    );
    this._trouble.className = 'poc-eval-trouble';
    this._trouble.setAttribute('role', 'alert');
    this._trouble.hidden = true;
    this.node.append(this._lang.node, this._trouble);
  }

  async submit(): Promise<IReport | null> {
    this._trouble.hidden = true;
    // A report on what is not saved would lack it: a save that fails is told here, where people look.
    if (this._context.model.dirty && !(await this._saved())) {
      this._refuse({});
      return null;
    }
    const { path } = this._context;
    const reply = await request<IReport>(
      'POST',
      `reports?lang=${this._pageLang}`,
      { path, lang: this._lang.value },
      { where: { notebook: path, workspace: this._ours.workspace } }
    );
    if (reply.status === 201) {
      return reply.body;
    }
    this._refuse(reply.body);
    return null;
  }

  private _saved(): Promise<boolean> {
    return this._context.save().then(
      () => true,
      () => false
    );
  }

  private _refuse(trouble: ITrouble): void {
    this._trouble.hidden = false;
    this._trouble.textContent = told(trouble, this._trans);
  }

  private readonly _lang: Field<HTMLSelectElement>;
  private readonly _trouble = document.createElement('p');
}

/** Says where a file lies, opens it where it is a report, and saves a copy of it. */
export class Exported extends Widget {
  constructor(
    made: IFile | IReport,
    where: IWhere,
    private readonly _trans: Words
  ) {
    super();
    const trans = _trans;
    this.addClass('poc-eval-exported');
    const name = encodeURIComponent(made.name);
    const file = located(address(`reports/${name}`), where).href;
    const facts = document.createElement('dl');
    const links = document.createElement('p');
    const notes = 'notes' in made ? made.notes : [];
    facts.append(...fact(trans.__('File'), made.path));
    if ('code' in made) {
      facts.append(...fact(trans.__('Code'), made.code));
      links.append(link(trans.__('Open the report'), file));
    }
    facts.append(...fact(trans.__('Size'), `${Math.ceil(made.size / 1024)} KB`));
    this._copy = link(trans.__('Save a copy'), `${file}&download=1`, made.name);
    links.append(this._copy);
    this.node.append(facts, links);
    if (notes.length > 0) {
      const said = document.createElement('p');
      said.textContent = trans.__('Please note:');
      const list = document.createElement('ul');
      for (const sentence of notes) {
        const item = document.createElement('li');
        item.textContent = sentence;
        list.append(item);
      }
      this.node.append(said, list);
    }
  }

  /** Save a copy at once, as a press on the link does, and say so. */
  save(): void {
    this._copy.click();
    const said = document.createElement('p');
    said.textContent = this._trans.__(
      'A copy is in the folder where your browser puts downloads.'
    );
    this.node.prepend(said);
  }

  private readonly _copy: HTMLAnchorElement;
}

function fact(name: string, value: string): HTMLElement[] {
  const dt = document.createElement('dt');
  dt.textContent = name;
  const dd = document.createElement('dd');
  dd.textContent = value;
  return [dt, dd];
}

function link(
  text: string,
  href: string,
  download?: string
): HTMLAnchorElement {
  const a = document.createElement('a');
  a.className = 'jp-mod-styled poc-eval-link';
  a.textContent = text;
  a.href = href;
  a.rel = 'noopener';
  if (download === undefined) {
    a.target = '_blank';
  } else {
    a.download = download;
  }
  return a;
}
