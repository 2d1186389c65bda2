/** A record as the server renders it, with the style sheet that it needs. */
export interface IPage {
  html: string;
  style: string;
}

const THEME = 'data-jp-theme-light';

/** A rendered record in a part of the page of its own: Lab's rules for outputs do not reach into it. */
export class Page {
  constructor(parent: HTMLElement) {
    const host = document.createElement('div');
    parent.replaceChildren(host);
    this._root = host.attachShadow({ mode: 'open' });
    this._root.append(this._style, this._body);
    this._theme.observe(document.body, { attributeFilter: [THEME] });
    this._followTheme();
  }

  show({ html, style }: IPage): void {
    this._style.textContent = style;
    this._body.innerHTML = html;
  }

  leave(): void {
    this._theme.disconnect();
    this._root.replaceChildren();
  }

  /** The style sheet asks the page for its theme, and cannot see out of here. */
  private _followTheme(): void {
    const said = document.body.getAttribute(THEME) ?? 'true';
    this._body.setAttribute(THEME, said);
  }

  private readonly _root: ShadowRoot;
  private readonly _style = document.createElement('style');
  private readonly _body = document.createElement('div');
  private readonly _theme = new MutationObserver(() => this._followTheme());
}
