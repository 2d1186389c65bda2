import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { connection } from './connection';
import { panels } from './panels';
import { reports } from './reports';
import { reviewing } from './reviewing';
import { views } from './views';
import { workbooks } from './workbooks';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  views,
  reviewing,
  reports,
  workbooks,
  panels,
  connection
];

export default plugins;
