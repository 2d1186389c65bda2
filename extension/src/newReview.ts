import { Widget } from '@lumino/widgets';

import { request } from './api';
import type { ICatalog, IOrder, ITemplate } from './desk';
import { told } from './desk';
import type { IWorkingBody } from './dialog';
import { chooser, Field, line } from './fields';
import type { Language, Words } from './language';

const REMEMBERED = 'poc-eval:reviewer';

type Asked = Field<HTMLSelectElement> | Field<HTMLInputElement>;

/** Asks for project, sheet, name and language, and makes the notebook of a new review. */
export class NewReview extends Widget implements IWorkingBody<string> {
  constructor(
    private readonly _template: ITemplate,
    catalog: ICatalog,
    private readonly _pageLang: Language,
    private readonly _trans: Words
  ) {
    super();
    this.addClass('poc-eval-new-review');
    const projects = catalog.projects
      .filter(({ kind }) => this._ofPaper || kind === (_template.kind ?? kind))
      .map(({ id, title }) => ({ value: id, label: title }));
    const known = new Map(catalog.rubrics.map(rubric => [rubric.id, rubric]));
    const sheets = _template.rubrics
      .map(id => known.get(id))
      .filter(rubric => rubric !== undefined)
      .map(({ id, title, version }) => ({
        value: id,
        label: `${title} (${version})`
      }));
    const choose = {
      value: '',
      label: this._needsProject
        ? _trans.__('Choose a project')
        : _trans.__('No single project')
    };
    const one = projects.length === 1 && this._needsProject;
    this._project = new Field(
      _trans.__('Project'),
      chooser(one ? projects : [choose, ...projects]),
      projects.length === 0 && this._needsProject
        ? _trans.__('This workspace has no project of this kind yet.')
        : ''
    );
    this._rubric = new Field(_trans.__('Score sheet'), chooser(sheets));
    this._title = new Field(
      _trans.__('Name of the working paper'),
      line(_template.title, []),
      _trans.__('Another name, such as one with the year, is another working paper.')
    );
    this._reviewer = new Field(
      this._ofPaper ? _trans.__('Filled in by') : _trans.__('Reviewer'),
      line(remembered(), catalog.reviewers),
      _trans.__('Your name as it is to stand on the report.')
    );
    this._lang = new Field(
      _trans.__('Language'),
      chooser(
        [
          { value: 'zh', label: '中文' },
          { value: 'en', label: 'English' }
        ],
        _pageLang
      )
    );
    this._names = new Field(
      _trans.__('Names of the experts'),
      chooser([
        { value: '', label: _trans.__('Left out') },
        { value: 'yes', label: _trans.__('Shown; confidential') }
      ])
    );
    this._methods = new Field(
      _trans.__('Other methods of ranking'),
      chooser([
        { value: '', label: _trans.__('Not shown') },
        { value: 'yes', label: _trans.__('Shown beside, as advice') }
      ])
    );
    this._seed = new Field(
      _trans.__('Seed of the draw'),
      line('', []),
      _trans.__(
        'Only where the score sheet calls for a draw: the line made public beforehand. Leave it empty until then.'
      )
    );
    this._seed.input.maxLength = 200;
    const notice = document.createElement('p');
    notice.className = 'poc-eval-notice';
    notice.textContent = _trans.__(
      'Classified information must not be entered into this system.'
    );
    const about = document.createElement('p');
    about.className = 'poc-eval-about';
    about.textContent = _template.description;
    this._trouble.className = 'poc-eval-trouble';
    this._trouble.setAttribute('role', 'alert');
    this._trouble.hidden = true;
    this.node.append(
      about,
      notice,
      ...this._fields().map(field => field.node),
      this._trouble
    );
  }

  async submit(): Promise<string | null> {
    this._trouble.hidden = true;
    if (!this._check()) {
      return null;
    }
    const order: IOrder = {
      template: this._template.id,
      lang: this._lang.value as Language,
      ...this._asked()
    };
    if (!this._ofPanel) {
      remember(this._reviewer.value);
    }
    const reply = await request<{ path: string }>(
      'POST',
      `notebooks?lang=${this._pageLang}`,
      order
    );
    if (reply.status >= 200 && reply.status < 300) {
      return reply.body.path;
    }
    this._trouble.hidden = false;
    this._trouble.textContent = told(reply.body, this._trans);
    return null;
  }

  /** Say what is missing beside each field, and go to the first of them. */
  private _check(): boolean {
    const asked = [
      {
        field: this._project,
        trouble: this._ofPaper
          ? this._trans.__('Choose the project that this paper is about.')
          : this._trans.__('Choose the project that you review.')
      },
      {
        field: this._rubric,
        trouble: this._trans.__('Choose the sheet to score by.')
      },
      {
        field: this._reviewer,
        trouble: this._trans.__('Write your name.')
      },
      {
        field: this._title,
        trouble: this._trans.__('Give the working paper a name.')
      }
    ];
    const needed = this._fields().filter(
      field => field !== this._project || this._needsProject
    );
    const missing = asked.filter(
      ({ field }) => needed.includes(field) && field.value === ''
    );
    for (const { field, trouble } of missing) {
      field.tell(trouble);
    }
    missing[0]?.field.input.focus();
    return missing.length === 0;
  }

  /** The fields that this template asks for: a panel has no one project and no one reviewer. */
  private _fields(): Asked[] {
    if (this._ofPaper) {
      const named = [this._title, this._reviewer, this._lang];
      return this._template.about === 'none' ? named : [this._project, ...named];
    }
    if (this._ofSummary) {
      return [this._rubric, this._names, this._methods, this._seed, this._lang];
    }
    return this._ofPanel
      ? [this._rubric, this._names, this._lang]
      : [this._project, this._rubric, this._reviewer, this._lang];
  }

  /** What is sent beside template and language. */
  private _asked(): Partial<IOrder> {
    const [project, reviewer] = [this._project.value, this._reviewer.value];
    if (this._ofPaper) {
      // A paper that is called as its template is called so in every language.
      const named = this._title.value !== this._template.title;
      return { project, reviewer, ...(named ? { title: this._title.value } : {}) };
    }
    const rubric = this._rubric.value;
    const with_names = this._names.value === 'yes';
    if (this._ofSummary) {
      const draw_seed = this._seed.value || null;
      return { rubric, with_names, draw_seed, methods: this._methods.value === 'yes' };
    }
    return this._ofPanel
      ? { rubric, with_names }
      : { rubric, project, reviewer };
  }

  /** A review is of one project; a working paper may be about none. */
  private get _needsProject(): boolean {
    return !this._ofPaper || this._template.about === 'project';
  }

  private get _ofPaper(): boolean {
    return this._template.sheet === 'paper';
  }

  private get _ofPanel(): boolean {
    return this._template.sheet !== 'review' && !this._ofPaper;
  }

  /** What a panel comes to; a selection of its projects asks for neither seed nor methods. */
  private get _ofSummary(): boolean {
    return this._template.sheet === 'panel';
  }

  private readonly _project: Field<HTMLSelectElement>;
  private readonly _names: Field<HTMLSelectElement>;
  private readonly _rubric: Field<HTMLSelectElement>;
  private readonly _methods: Field<HTMLSelectElement>;
  private readonly _seed: Field<HTMLInputElement>;
  private readonly _reviewer: Field<HTMLInputElement>;
  private readonly _title: Field<HTMLInputElement>;
  private readonly _lang: Field<HTMLSelectElement>;
  private readonly _trouble = document.createElement('p');
}

/** The name used last in this browser. */
function remembered(): string {
  try {
    return localStorage.getItem(REMEMBERED) ?? '';
  } catch {
    return '';
  }
}

function remember(name: string): void {
  try {
    localStorage.setItem(REMEMBERED, name);
  } catch {
    // A browser that keeps nothing asks for the name again.
  }
}
