// Fuzzes every parser of untrusted input for a while, one after another, and says how many inputs each took and how long
// the slowest was. A failure prints the seed and the smallest input that shows it; make it a test.
// Run: node bench/fuzz.mjs [SECONDS_EACH=600] [NAME…]
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import fc from 'fast-check';

const seconds = Number(process.argv[2] ?? 600);
const names = process.argv.slice(3);
const root = fileURLToPath(new URL('..', import.meta.url));
process.env.SCEAU_PROGRAMMES = join(root, 'programmes');
/** Inputs are a few kilobytes at most: none may take longer. */
const SLOWEST_MILLISECONDS = 2_000;

// Inside the project, so that its packages are found from there.
const folder = await mkdtemp(join(root, 'node_modules', '.fuzz-'));
try {
  const outfile = join(folder, 'parsers.mjs');
  await build({
    entryPoints: [join(root, 'test', 'fuzz', 'parsers.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  const { FUZZ_TARGETS } = await import(pathToFileURL(outfile).href);
  const chosen = FUZZ_TARGETS.filter(({ name }) => names.length === 0 || names.includes(name));
  if (chosen.length === 0)
    throw new Error(`no such parser; there are ${FUZZ_TARGETS.map(({ name }) => name).join(', ')}`);
  for (const target of chosen) await fuzz(target);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function fuzz({ name, property }) {
  const end = performance.now() + seconds * 1_000;
  const memory = process.memoryUsage().rss;
  let runs = 0;
  let slowest = 0;
  let failed = false;
  const { run } = property;
  property.run = (...given) => {
    // Of the processor, not of the clock: the machine may be busy with other work.
    const before = process.cpuUsage();
    const counted = (answer) => {
      const { user, system } = process.cpuUsage(before);
      slowest = Math.max(slowest, (user + system) / 1_000);
      runs += 1;
      return answer;
    };
    const answer = run.apply(property, given);
    return property.isAsync() ? answer.then(counted) : counted(answer);
  };
  while (performance.now() < end && !failed) {
    const details = await fc.check(property, {
      numRuns: 1_000,
      interruptAfterTimeLimit: Math.max(end - performance.now(), 1),
    });
    failed = details.failed && details.counterexample !== null;
    if (failed) console.error(fc.defaultReportMessage(details));
  }
  const grown = Math.round((process.memoryUsage().rss - memory) / 1024 / 1024);
  if (failed || slowest > SLOWEST_MILLISECONDS) process.exitCode = 1;
  console.log(
    `${name}: ${runs} inputs, slowest ${slowest.toFixed(1)} ms, ${grown} MiB more, ${failed ? 'FAILED' : 'ok'}`,
  );
}
