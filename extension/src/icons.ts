import { LabIcon } from '@jupyterlab/ui-components';

const sheet =
  '<path class="jp-icon3" fill="#616161" d="M5 2h10l4 4v16H5V2zm2 2v16h10V7h-3V4H7z"/>';

/** A score sheet with a tick: reviews of projects. */
export const projectIcon = new LabIcon({
  name: 'poc-eval:project',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="24" viewBox="0 0 24 24">${sheet}<path fill="#1f4e79" class="poc-eval-accent" d="M8.2 14.1l1.3-1.3 1.7 1.7 3.9-3.9 1.3 1.3-5.2 5.2z"/></svg>`
});

/** A score sheet with bars: reviews of platforms. */
export const platformIcon = new LabIcon({
  name: 'poc-eval:platform',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="24" viewBox="0 0 24 24">${sheet}<path fill="#1f4e79" class="poc-eval-accent" d="M8.5 13h1.8v5H8.5zm2.8-3h1.8v8h-1.8zm2.8 2h1.8v6h-1.8z"/></svg>`
});

/** A score sheet with a ranking: what a panel works with. */
export const panelIcon = new LabIcon({
  name: 'poc-eval:panel',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="24" viewBox="0 0 24 24">${sheet}<path fill="#1f4e79" class="poc-eval-accent" d="M8.5 9.5h7v1.8h-7zm0 3.2h5.4v1.8H8.5zm0 3.2h3.8v1.8H8.5z"/></svg>`
});

/** A sheet with the sign of the yuan: grants, payments and income. */
export const moneyIcon = new LabIcon({
  name: 'poc-eval:money',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="24" viewBox="0 0 24 24">${sheet}<path fill="#1f4e79" class="poc-eval-accent" d="M8.4 9h1.9l1.7 2.7L13.7 9h1.9l-2.2 3.4h1.7v1.3h-2.2v1h2.2V16h-2.2v2.4h-1.8V16H8.9v-1.3h2.2v-1H8.9v-1.3h1.7z"/></svg>`
});

/** Sheets on each other: the list of reviews. */
export const sheetIcon = new LabIcon({
  name: 'poc-eval:reviews',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" d="M8 2h8l4 4v12H8V2zm2 2v12h8V7h-3V4h-5zM4 6h2v14h10v2H4V6zm7 6.1l1.2-1.2 1.3 1.3 2.7-2.7 1.2 1.2-3.9 3.9z"/></svg>'
});
