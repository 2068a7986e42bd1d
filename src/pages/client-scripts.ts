import { CLIENT_SCRIPTS } from './client/compiled.js';

/** Where the script of the front page is served. */
export const FRONT_SCRIPT_PATH = '/assets/front.js';

/** Every script that pages send to browsers, and where it is served. `scan` is asked for by `front`, when it is needed. */
export const SERVED_SCRIPTS: readonly { readonly path: string; readonly text: string }[] = [
  { path: FRONT_SCRIPT_PATH, text: CLIENT_SCRIPTS.front },
  { path: '/assets/scan.js', text: CLIENT_SCRIPTS.scan },
];
