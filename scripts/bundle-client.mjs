// Turns the scripts that pages send to browsers into one ES module of texts, so that serving one is like serving the
// style sheet: nothing is read from disk while the service runs.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleForBrowser } from './bundle-browser.mjs';

const folder = fileURLToPath(new URL('../src/pages/client/', import.meta.url));

/** Name it is served under → the module's text. */
const SCRIPTS = {
  front: "import './src/pages/client/front.ts';",
  scan: "export * from './src/pages/client/scan.ts';",
};

const texts = {};
for (const [name, source] of Object.entries(SCRIPTS)) {
  const { text, external } = await bundleForBrowser({ source });
  if (external.length > 0) throw new Error(`${name}: imports ${external.join(', ')}, which no browser has`);
  texts[name] = text;
}

writeFileSync(
  `${folder}compiled.js`,
  `// Made by scripts/bundle-client.mjs from the files beside it.\nexport const CLIENT_SCRIPTS = ${JSON.stringify(texts)};\n`,
);
