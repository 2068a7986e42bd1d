// Closes a CI run: reads the test report and prints `N passed, N failed, N skipped`; lint and types count as one each.
import { readFileSync } from 'node:fs';

const [tests = '1', lint = '1', types = '1'] = process.argv.slice(2);
let counts = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
try {
  counts = JSON.parse(readFileSync(new URL('../coverage/test-results.json', import.meta.url), 'utf8'));
} catch (error) {
  console.error(`no test report: ${error instanceof Error ? error.message : error}`);
}
let { numPassedTests: passed, numFailedTests: failed } = counts;
const skipped = counts.numPendingTests + counts.numTodoTests;
for (const [name, status] of [
  ['tests', tests],
  ['lint', lint],
  ['types', types],
]) {
  if (name === 'tests') {
    if (status !== '0' && failed === 0) failed += 1;
  } else if (status === '0') passed += 1;
  else failed += 1;
  console.log(`${name}: ${status === '0' ? 'ok' : `failed (exit ${status})`}`);
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 && passed > 2 ? 0 : 1);
