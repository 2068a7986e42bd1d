// How the rooms that also run in a browser are bundled for it. Everything a browser needs told otherwise stands here.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * `setImmediate` for rdf-canonize, which yields with it. The package it brings for browsers makes functions from text,
 * which a strict Content-Security-Policy forbids; a message to oneself does the same.
 */
const SET_IMMEDIATE = `
if (globalThis.setImmediate === undefined) {
  const waiting = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => waiting.shift()?.();
  globalThis.setImmediate = (callback) => {
    waiting.push(callback);
    port2.postMessage(null);
  };
}`;

const ownSetImmediate = {
  name: 'own-set-immediate',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^setimmediate$/ }, () => ({ path: 'set-immediate', namespace: 'own' }));
    onLoad({ filter: /./, namespace: 'own' }, () => ({ contents: SET_IMMEDIATE, loader: 'js' }));
  },
};

/**
 * Bundles TypeScript sources of the project for a browser.
 * @param {{ source: string, format?: 'esm' | 'iife', globalName?: string, minify?: boolean }} options
 *   `source`: a module's text, its imports relative to the project's root. `globalName`: where an iife puts its exports.
 * @returns {Promise<{ text: string, inputs: string[], external: string[] }>} the code; the files it came from; imports
 *   it leaves to the platform, of which there should be none.
 */
export async function bundleForBrowser({ source, format = 'esm', globalName, minify = true }) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format,
    globalName,
    minify,
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    write: false,
    plugins: [ownSetImmediate],
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  return {
    text: outputFiles[0].text,
    inputs: Object.keys(metafile.inputs),
    external: imports.filter(({ external }) => external).map(({ path }) => path),
  };
}
