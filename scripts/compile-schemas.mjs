// Turns the official Open Badges JSON Schemas into one ES module of plain functions, so that nothing is compiled at run
// time (a strict Content-Security-Policy forbids it) and the verification room runs in a browser without ajv.
// The schema files are the official bytes of 30 July 2024; nothing in them is changed.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv2019 from 'ajv/dist/2019.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('../src/verification/schema/', import.meta.url));

/** Exported name → schema file. */
const SCHEMAS = {
  validateAchievementCredential: 'achievement-credential.json',
  validateEndorsementCredential: 'endorsement-credential.json',
};

const ajv = new Ajv2019.default({
  allErrors: true,
  // Tolerated in the official files: `contains` beside untyped parents, `items` as a tuple without bounds.
  strictTypes: false,
  strictTuples: false,
  inlineRefs: false,
  code: { source: true, esm: true, lines: false },
});
// Only the two formats the schemas use, and ajv throws on any other: both are linear-time functions, no clever regexes.
addFormats.default(ajv, ['date-time', 'date']);

const exported = {};
for (const [name, file] of Object.entries(SCHEMAS)) {
  // Prose is left out of the module; it takes no part in validation.
  const schema = JSON.parse(readFileSync(`${folder}${file}`, 'utf8'), (member, value) =>
    typeof value === 'string' && (member === 'description' || member === '$comment') ? undefined : value,
  );
  ajv.addSchema(schema);
  exported[name] = schema.$id;
}

/**
 * Ajv copies all errors found so far for each part that has more of them: a badge with thousands of mistakes would take
 * their square. They are appended in place instead; the list of the part is not used again.
 */
const APPEND = 'function append(all, more) { for (const error of more) all.push(error); return all; }';
const CONCAT = /vErrors\.concat\(([\w.]+)\)/g;
const code = standaloneCode.default(ajv, exported);
if (!CONCAT.test(code)) throw new Error('ajv writes its lists of errors in another way than it did');

await build({
  stdin: {
    contents: `${code.replaceAll(CONCAT, 'append(vErrors, $1)')}\n${APPEND}`,
    resolveDir: folder,
    sourcefile: 'standalone.js',
  },
  outfile: `${folder}compiled.js`,
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  banner: { js: '// Made by scripts/compile-schemas.mjs from the official schemas beside it.' },
});
