import { Widget } from '@lumino/widgets';

import { changed, request } from './api';
import type { IOverview, IPaperLine, IReviewLine } from './desk';
import { told } from './desk';
import { sheetIcon } from './icons';
import type { Language, Words } from './language';

const REFRESH_AFTER = 800;

/** The workspace at a glance: every project, who reviews it, how far that is, and a way to its notebook. */
export class ReviewsPanel extends Widget {
  constructor(
    private readonly _lang: Language,
    private readonly _trans: Words,
    private readonly _open: (notebook: string) => void
  ) {
    super();
    this.id = 'poc-eval-reviews';
    this.addClass('poc-eval-panel');
    this.title.icon = sheetIcon;
    this.title.caption = this._trans.__('Reviews');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', this._trans.__('Reviews'));
    changed.connect(this._soon, this);
  }

  override dispose(): void {
    clearTimeout(this._timer);
    changed.disconnect(this._soon, this);
    super.dispose();
  }

  protected override onAfterShow(): void {
    void this._refresh();
  }

  private _soon(): void {
    clearTimeout(this._timer);
    this._timer = window.setTimeout(() => {
      if (this.isVisible) {
        void this._refresh();
      }
    }, REFRESH_AFTER);
  }

  private async _refresh(): Promise<void> {
    const reply = await request<IOverview>('GET', `overview?lang=${this._lang}`);
    const focused = (document.activeElement as HTMLElement | null)?.dataset.review;
    const shown =
      reply.status === 200
        ? this._projects(reply.body)
        : [element('p', 'poc-eval-trouble', told(reply.body, this._trans))];
    this.node.replaceChildren(
      element('h2', 'poc-eval-panel-title', this._trans.__('Reviews')),
      ...shown
    );
    if (focused) {
      this.node
        .querySelector<HTMLElement>(`[data-review="${CSS.escape(focused)}"]`)
        ?.focus();
    }
  }

  private _projects({ projects, papers }: IOverview): HTMLElement[] {
    const shared = papers.length === 0 ? [] : [this._shared(papers)];
    if (projects.length === 0) {
      const none = this._trans.__('This workspace has no project yet.');
      return [...shared, element('p', '', none)];
    }
    return [...shared, ...projects.map(project => this._project(project))];
  }

  private _project({ title, reviews, papers }: IOverview['projects'][0]): HTMLElement {
    const node = element('section', 'poc-eval-project', '');
    const lines = [
      ...reviews.map(review => this._review(review)),
      ...papers.map(paper => this._paper(paper))
    ];
    const none = element('p', 'poc-eval-none', this._trans.__('No review yet.'));
    node.append(
      element('h3', '', title),
      lines.length === 0 ? none : listed(lines)
    );
    return node;
  }

  /** Working papers that are about no single project. */
  private _shared(papers: IPaperLine[]): HTMLElement {
    const node = element('section', 'poc-eval-project', '');
    node.append(
      element('h3', '', this._trans.__('Working papers')),
      listed(papers.map(paper => this._paper(paper)))
    );
    return node;
  }

  private _paper(paper: IPaperLine): HTMLElement {
    const done = paper.status === 'concluded';
    const button = document.createElement('button');
    button.className = `poc-eval-review poc-eval-${done ? 'submitted' : 'draft'}`;
    button.dataset.review = paper.id;
    button.disabled = paper.notebook === null;
    button.append(
      element('span', 'poc-eval-who', paper.title),
      element(
        'span',
        'poc-eval-state',
        done ? this._trans.__('Concluded') : this._trans.__('Draft')
      ),
      element('span', 'poc-eval-by', paper.author ?? '')
    );
    button.addEventListener('click', () => this._open(paper.notebook ?? ''));
    return button;
  }

  private _review(review: IReviewLine): HTMLElement {
    const button = document.createElement('button');
    button.className = `poc-eval-review poc-eval-${review.status}`;
    button.dataset.review = review.id;
    button.disabled = review.notebook === null;
    button.title = review.sheet;
    button.append(
      element('span', 'poc-eval-who', review.reviewer),
      element('span', 'poc-eval-state', this._state(review)),
      element('span', 'poc-eval-by', review.sheet)
    );
    button.addEventListener('click', () => this._open(review.notebook ?? ''));
    return button;
  }

  private _state({ status, total, missing }: IReviewLine): string {
    const trans = this._trans;
    if (status === 'submitted') {
      return total === null
        ? trans.__('Submitted')
        : trans.__('Submitted, %1 points', total);
    }
    return missing === 0
      ? trans.__('Draft, nothing missing')
      : trans.__('Draft, %1 to go', missing);
  }

  private _timer = 0;
}

function listed(lines: HTMLElement[]): HTMLElement {
  const list = element('ul', '', '');
  for (const line of lines) {
    const item = element('li', '', '');
    item.append(line);
    list.append(item);
  }
  return list;
}

function element(tag: string, className: string, text: string): HTMLElement {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}
