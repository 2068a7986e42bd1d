// Turns what checks a badge in a reader's browser into an ES module of texts: the button's script, and the worker it
// starts, with the pinned contexts inside. The worker is served under a name made from its content.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleForBrowser } from './bundle-browser.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { contexts } = JSON.parse(readFileSync(`${root}contexts/manifest.json`, 'utf8'));

const pinned = contexts.map(({ url, file, sha256 }) => {
  const bytes = readFileSync(`${root}contexts/${file}`);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new Error(`${file} has SHA-256 ${found}, the manifest says ${sha256}`);
  return [url, JSON.parse(bytes)];
});

async function bundle(source) {
  const { text, external } = await bundleForBrowser({ source, format: 'iife' });
  if (external.length > 0) throw new Error(`imports ${external.join(', ')}, which no browser has`);
  return text;
}

const worker = await bundle(
  `import { serveChecks } from './src/device/page/worker.ts'; serveChecks(${JSON.stringify(pinned)});`,
);
const workerPath = `/assets/check-${createHash('sha256').update(worker).digest('hex').slice(0, 16)}.js`;
const offer = await bundle(
  `import { offerDeviceCheck } from './src/device/page/offer.ts'; offerDeviceCheck(${JSON.stringify(workerPath)});`,
);

writeFileSync(
  `${root}src/device/compiled.js`,
  `// Made by scripts/bundle-device.mjs from the files beside it.\nexport const DEVICE_SCRIPTS = ${JSON.stringify({ offer, worker, workerPath })};\n`,
);
