import type { JupyterFrontEnd } from '@jupyterlab/application';
import type {
  ICommandPalette,
  IToolbarWidgetRegistry
} from '@jupyterlab/apputils';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { ToolbarButton } from '@jupyterlab/ui-components';

import type { Words } from './language';

/** Something that is made of a notebook: its name, who is offered it, and how it is made. */
export interface IOffer {
  command: string;
  /** The name that the settings file gives the button's place in the toolbar. */
  place: string;
  className: string;
  label: string;
  tooltip: string;
  /** Whether a notebook that stands in front has it, as far as the page knows. */
  has(panel: NotebookPanel): boolean;
  /** Whether the button is shown; asked once, when the notebook is there. */
  shown(panel: NotebookPanel): Promise<boolean>;
  make(panel: NotebookPanel): Promise<void>;
}

/** Where offers are made. */
export interface IPlaces {
  app: JupyterFrontEnd;
  tracker: INotebookTracker;
  toolbar: IToolbarWidgetRegistry;
  palette: ICommandPalette | null;
}

/** Put a button into the toolbar of the notebooks that have it, and a command into the palette. */
export function offer(
  { app, tracker, toolbar, palette }: IPlaces,
  what: IOffer,
  trans: Words
): void {
  toolbar.addFactory<NotebookPanel>('Notebook', what.place, panel => {
    const made = new ToolbarButton({
      className: what.className,
      label: what.label,
      tooltip: what.tooltip,
      onClick: () => void what.make(panel)
    });
    made.hide();
    void panel.context.ready.then(async () => {
      if ((await what.shown(panel)) && !made.isDisposed) {
        made.show();
      }
    });
    return made;
  });
  const { command } = what;
  app.commands.addCommand(command, {
    label: what.label,
    isEnabled: () =>
      tracker.currentWidget !== null && what.has(tracker.currentWidget),
    execute: async () => {
      if (tracker.currentWidget !== null) {
        await what.make(tracker.currentWidget);
      }
    }
  });
  palette?.addItem({
    command,
    category: trans.__('Proof-of-concept evaluation')
  });
}
