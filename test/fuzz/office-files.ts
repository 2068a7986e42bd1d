import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { readDecisionFile } from '../../src/jury/decision-file.js';
import { checkProgramme } from '../../src/programme/check.js';
import { bytesNear, textNear } from './mutations.js';
import type { FuzzTarget } from './target.js';

// Bundled for long runs, this file lies elsewhere: the shipped files are found from where the run was started.
const programmes = process.env['SCEAU_PROGRAMMES'] ?? fileURLToPath(new URL('../../programmes/', import.meta.url));
const shipped = (programme: string, file: string) => readFileSync(join(programmes, programme, file));
const encode = (text: string) => new TextEncoder().encode(text);

const DECISIONS = [
  shipped('ecstra', 'jury-decisions.csv'),
  encode('\uFEFFengagementId;outcome;decided_at;grade\r\nEC-E01;validated;2026-06-30;"12,5"\r\n'),
  encode('sep=\t\nengagementId\toutcome\tnote\nEC-E01\tvalidated\t"deux\nlignes ""citées"""\n'),
];
const CSV_TOKENS = [
  '"',
  '""',
  ';',
  ',',
  '\t',
  '\r\n',
  '\r',
  '\0',
  '\uFEFF',
  'sep=;\n',
  '__proto__',
  '1e999',
  '\u{1F393}',
]
  .map(encode)
  .concat([Uint8Array.of(0xff, 0xfe), Uint8Array.of(0xc0, 0x80), Uint8Array.of(0xe9)]);

const DEFINITIONS = ['ecstra', 'projet-pro'].map((id) => shipped(id, 'programme.json').toString('utf8'));
const JSON_TOKENS = ['null', '[]', '{}', '""', '-0', '1e400', '"__proto__":', '"\\ud800"', '{"all":[', 'true', '"fr"'];

/** What a jury's office hands in. */
export const OFFICE_FILES: readonly FuzzTarget[] = [
  {
    name: 'decision file',
    property: fc.property(bytesNear(DECISIONS, CSV_TOKENS), (bytes) => {
      const file = readDecisionFile(bytes);
      // A file that cannot be read wholly gives no rows, and says why; one that can names an engagement in every row.
      return file.ok ? file.rows.every(({ engagementId }) => engagementId !== '') : file.problems.length > 0;
    }),
  },
  {
    name: 'programme definition',
    property: fc.property(textNear(DEFINITIONS, JSON_TOKENS), (text) => {
      const check = checkProgramme(encode(text));
      return check.ok || check.mistakes.every(({ message }) => message.fr !== '' && message.en !== '');
    }),
  },
];
