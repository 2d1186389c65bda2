import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';

import type { IReply, IWhere } from './api';
import { address, changed, request } from './api';
import { told } from './desk';
import type { Language, Words } from './language';
import type { IReference } from './notebook';
import { reference, VIEW_TYPE } from './notebook';
import type { IPage } from './page';
import { Page } from './page';

const REFRESH_AFTER = 400;
const PANEL_VIEWS = new Set(['panel-summary', 'portfolio']);

type Leave = () => void;

interface ITransport {
  request: (
    method: string,
    path: string,
    body?: unknown,
    init?: { keepalive?: boolean }
  ) => Promise<IReply<unknown>>;
}

interface IFormModule {
  mount(
    element: HTMLElement,
    options: {
      transport: ITransport;
      review: string;
      kind: string;
      lang: Language;
      readonly: boolean;
      workspace: string | undefined;
      elsewhere: boolean;
    }
  ): Leave | void | Promise<Leave | void>;
}

/** The notebook that a view stands in: where it is, and the language that it was made in. */
export interface IHome {
  where: IWhere;
  lang: Language;
}

/** One view of a record in a notebook's output. It needs the server and no kernel. */
export class View extends Widget implements IRenderMime.IRenderer {
  /** `home` is asked late: a notebook may be renamed while it is open. */
  constructor(
    private readonly _trans: Words,
    private readonly _home: () => IHome
  ) {
    super();
    this.addClass('poc-eval-view');
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const shown = reference(model.data[VIEW_TYPE]);
    this._clear();
    if (shown === null) {
      this._say(this._trans.__('This output does not say what it shows.'));
    } else if (isForm(shown)) {
      await this._form(shown);
    } else {
      await this._fetch(shown);
      this._refreshOnChange(shown);
    }
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._clear();
    }
    super.dispose();
  }

  private async _form(shown: IReference): Promise<void> {
    let module: IFormModule;
    try {
      const again = this._tries > 0 ? `?again=${this._tries}` : '';
      module = (await import(
        /* webpackIgnore: true */ address('static/form.js') + again
      )) as IFormModule;
    } catch {
      this._tries += 1;
      this._offerAgain(shown);
      return;
    }
    const left = await module.mount(this.node, {
      transport: {
        request: (method, path, body, init) =>
          request(method, path, body, { ...init, where: this._where(shown) })
      },
      review: shown.id,
      kind: shown.kind,
      lang: shown.options.lang ?? this._home().lang,
      readonly: shown.options.readonly ?? false,
      workspace: this._where(shown).workspace,
      elsewhere: true
    });
    this._leave = left ?? null;
    if (this.isDisposed) {
      this._clear();
    }
  }

  private async _fetch(shown: IReference): Promise<void> {
    const path = ['views', shown.kind, shown.id]
      .map(part => encodeURIComponent(part))
      .join('/');
    const query = new URLSearchParams({
      lang: shown.options.lang ?? this._home().lang,
      ...asked(shown)
    });
    const reply = await request<IPage>(
      'GET',
      `${path}?${query}`,
      undefined,
      { where: this._where(shown) }
    );
    if (this.isDisposed) {
      return;
    }
    if (reply.status === 200) {
      this._page ??= new Page(this.node);
      this._page.show(reply.body);
    } else if (reply.status !== 0 || this._page === null) {
      this._say(told(reply.body, this._trans));
    }
  }

  private _where(shown: IReference): IWhere {
    const { where } = this._home();
    return { ...where, workspace: shown.options.workspace ?? where.workspace };
  }

  /** Show a page of a record anew soon after the record was written to. */
  private _refreshOnChange(shown: IReference): void {
    let timer = 0;
    const hear = (_sender: object, path: string) => {
      if (path.includes(encodeURIComponent(shown.id)) || counts(shown, path)) {
        clearTimeout(timer);
        timer = window.setTimeout(() => void this._fetch(shown), REFRESH_AFTER);
      }
    };
    changed.connect(hear);
    this._leave = () => {
      clearTimeout(timer);
      changed.disconnect(hear);
    };
  }

  private _say(sentence: string): HTMLElement {
    const said = document.createElement('p');
    said.className = 'poc-eval-trouble';
    said.setAttribute('role', 'alert');
    said.textContent = sentence;
    this._page?.leave();
    this._page = null;
    this.node.replaceChildren(said);
    return said;
  }

  private _offerAgain(shown: IReference): void {
    const said = this._say(told({}, this._trans));
    const again = document.createElement('button');
    again.className = 'jp-mod-styled jp-mod-accept';
    again.textContent = this._trans.__('Try again');
    again.addEventListener('click', () => {
      this._clear();
      void this._form(shown);
    });
    said.append(' ', again);
  }

  private _clear(): void {
    this._leave?.();
    this._leave = null;
    this._page?.leave();
    this._page = null;
    this.node.replaceChildren();
  }

  private _leave: Leave | null = null;
  private _page: Page | null = null;
  private _tries = 0;
}

/** True for what is typed into; everything else is drawn by the server. */
function isForm({ kind, options }: IReference): boolean {
  const part = options.part ?? 'form';
  return kind === 'review-form' || (kind === 'working-paper' && part === 'form');
}

/** What a view is asked for beside its language and its workspace: which part of a panel, and how. */
function asked(shown: IReference): { options?: string } {
  const { lang, workspace, readonly, ...rest } = shown.options;
  return Object.keys(rest).length > 0 ? { options: JSON.stringify(rest) } : {};
}

/** True where a review or a working paper that is handed in changes what a panel comes to. */
function counts(shown: IReference, path: string): boolean {
  return PANEL_VIEWS.has(shown.kind) && /\/(submit|conclude)\b/.test(path);
}
