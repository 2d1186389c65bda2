import { Dialog } from '@jupyterlab/apputils';
import type { Widget } from '@lumino/widgets';

/** The body of a dialog that is not done with a button: it checks, sends, and may have to say no. */
export interface IWorkingBody<T> extends Widget {
  /** Do what the dialog is for. Null where something is to be mended first; the body has said what. */
  submit(): Promise<T | null>;
}

/**
 * A dialog that stays open until what it asks for is done.
 *
 * Enter acts on buttons only: with an input method it ends a word and must not send anything.
 */
export class WorkingDialog<T> extends Dialog<unknown> {
  constructor(
    private readonly _work: IWorkingBody<T>,
    options: Partial<Dialog.IOptions<unknown>>
  ) {
    super({ ...options, body: _work as unknown as Dialog.Body<unknown> });
    this.addClass('poc-eval-dialog');
  }

  /** What was done; null where the dialog was left. */
  result: T | null = null;

  override handleEvent(event: Event): void {
    const typing =
      event instanceof KeyboardEvent &&
      event.type === 'keydown' &&
      (event.isComposing ||
        (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)));
    if (!typing) {
      super.handleEvent(event);
    }
  }

  override resolve(index?: number): void {
    const last = this.node.querySelectorAll('.jp-Dialog-footer button').length - 1;
    if (index !== undefined && index < last) {
      super.resolve(index);
    } else if (!this._busy) {
      void this._do(index ?? last);
    }
  }

  private async _do(index: number): Promise<void> {
    this._busy = true;
    this.node.setAttribute('aria-busy', 'true');
    try {
      this.result = await this._work.submit();
    } finally {
      this._busy = false;
      this.node.removeAttribute('aria-busy');
    }
    if (this.result !== null) {
      super.resolve(index);
    }
  }

  private _busy = false;
}
