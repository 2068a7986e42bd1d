// Runs the benches one after another, each in a process of its own, and prints what was measured beside what was asked
// for. Run: npm run build && npm run bench [-- NAME…] [-- --json]
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

/** In the order run, and what they are given. */
const BENCHES = [
  { name: 'issue-ratio' },
  { name: 'verify-ratio' },
  { name: 'batch-10000' },
  { name: 'http-issue' },
  { name: 'hot-paths' },
  { name: 'one-more-badge' },
  { name: 'start-up' },
  { name: 'two-replicas' },
  { name: 'crash-cycles', given: ['1000'] },
  { name: 'crash-cycles on PostgreSQL', file: 'crash-cycles', given: ['1000', '--store', 'postgres'] },
];
const LONGEST_MINUTES = 240;
const LAST_LINES = 5;

const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = asked.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there are: ${BENCHES.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const chosen = asked.length === 0 ? BENCHES : BENCHES.filter(({ name }) => asked.includes(name));
const results = [];
for (const bench of chosen) {
  process.stderr.write(`${bench.name} …\n`);
  results.push({ ...bench, ...(await run(bench)) });
}
if (process.argv.includes('--json')) console.log(JSON.stringify({ machine: machine(), results }));
else print(results);
const falls = ({ failure, figures = [] }) => failure !== undefined || figures.some((one) => verdictOf(one) === 'short');
process.exitCode = results.some(falls) ? 1 : 0;

/** @returns its figures, or why there are none. */
async function run({ name, file = name, given = [] }) {
  const path = fileURLToPath(new URL(`${file}.mjs`, import.meta.url));
  if (!existsSync(path)) return { failure: 'there is no such file' };
  if (!existsSync(fileURLToPath(new URL('../dist/main.js', import.meta.url)))) {
    return { failure: 'the program is not built: npm run build' };
  }
  const child = spawn(process.execPath, ['--expose-gc', path, ...given, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors] = [textOf(child.stdout), textOf(child.stderr)];
  const impatience = setTimeout(() => child.kill('SIGKILL'), LONGEST_MINUTES * 60_000);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(impatience);
  const figures = figuresIn(await output);
  if (figures !== undefined) return { figures };
  const said = (await errors).trim().split('\n').slice(-LAST_LINES).join('\n    ');
  return { failure: `it ended with code ${code} and no figures${said === '' ? '' : `:\n    ${said}`}` };
}

async function textOf(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** The last line of the output that is an array of figures. */
function figuresIn(output) {
  for (const line of output.trim().split('\n').reverse()) {
    try {
      const figures = JSON.parse(line);
      if (Array.isArray(figures)) return figures;
    } catch {
      // Another line of what the bench had to say.
    }
  }
  return undefined;
}

/** More is better where the goal lies above the least, less where it does not. */
function verdictOf({ measured, reach, least }) {
  if (typeof measured !== 'number' || typeof least !== 'number') return '';
  const reaches = (goal) => (reach > least ? measured >= goal : measured <= goal);
  if (typeof reach === 'number' && reaches(reach)) return 'met';
  return reaches(least) ? 'least met' : 'short';
}

function machine() {
  const [first] = cpus();
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${first?.model.trim()}, ${gibibytes} GiB, Node ${process.version}, ${process.platform}`;
}

function print(benches) {
  const rows = [['what', 'measured', 'reach', 'least', '']];
  for (const { name, figures, failure } of benches) {
    if (failure !== undefined) rows.push([name, '–', '', '', 'did not run']);
    for (const figure of figures ?? []) {
      const { unit = '', reach = '', least = '' } = figure;
      rows.push([figure.name, `${figure.measured} ${unit}`.trim(), String(reach), String(least), verdictOf(figure)]);
    }
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd();
  console.log(`\n${machine()}\n`);
  for (const row of rows) console.log(line(row));
  for (const { name, failure } of benches) if (failure !== undefined) console.log(`\n${name}: ${failure}`);
}
