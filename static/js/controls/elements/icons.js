// @ts-check
/** The page's icons: one stroke weight, 20 by 20. */

import { s } from '../../core/dom.js';

/** @type {Record<string, string>} */
const PATHS = {
  play: 'M6.5 4.2v11.6L16 10z',
  pause: 'M7 4.5v11M13 4.5v11',
  forward: 'M5 4.8v10.4L12 10zM15 4.8v10.4',
  back: 'M15 4.8v10.4L8 10zM5 4.8v10.4',
  restart: 'M4.5 10a5.5 5.5 0 1 0 1.9-4.2M4.2 3.4v3.4h3.4',
  undo: 'M7.5 4 4 7.5 7.5 11M4 7.5h7.5a4.2 4.2 0 0 1 0 8.4H8',
  redo: 'M12.5 4 16 7.5 12.5 11M16 7.5H8.5a4.2 4.2 0 0 0 0 8.4H12',
  link: 'M8.5 11.5a3 3 0 0 0 4.3 0l2.6-2.6a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-2.6 2.6a3 3 0 0 0 4.3 4.3l1-1',
  download: 'M10 3.5v9M6 9l4 4 4-4M4 16.5h12',
  sun: 'M10 6.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4zM10 2.5v1.5M10 16v1.5M2.5 10H4M16 10h1.5M4.7 4.7l1 1M14.3 14.3l1 1M4.7 15.3l1-1M14.3 5.7l1-1',
  moon: 'M15.8 11.8A6.5 6.5 0 0 1 8.2 4.2a6.5 6.5 0 1 0 7.6 7.6z',
  system: 'M3.5 4.5h13v8.5h-13zM7.5 16h5M10 13v3',
  help: 'M7.6 7.6a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.1.9-1.1 1.7M10 14.3v.2',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  close: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  chevron: 'M7.5 5l5 5-5 5',
  panel: 'M3.5 4.5h13v11h-13zM12.5 4.5v11',
  tune: 'M3.5 6.5h6M13.5 6.5h3M3.5 13.5h3M10.5 13.5h6M11.5 4.5v4M8.5 11.5v4',
  compare: 'M3.5 4.5h5.5v11H3.5zM11 4.5h5.5v11H11z',
  table: 'M3.5 5h13M3.5 10h13M3.5 15h13',
};

/** @param {string} name */
export function icon(name) {
  return s('svg', { class: `icon icon-${name}`, viewBox: '0 0 20 20', 'aria-hidden': 'true' }, s('path', { d: PATHS[name] }));
}
