// How a bench tells what it measured: a table for people, or with `--json` one array on standard output for `npm run
// bench`: `{name, measured, unit, reach?, least?}`, `reach` and `least` where a goal was set.

/** Prints figures. Members beyond those of `npm run bench` are shown in the table only. */
export function tell(figures) {
  if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
  else console.table(figures);
}

/** The first whole number among the arguments. */
export function countAsked(otherwise) {
  return Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? otherwise);
}

/** Peak memory of this process, its threads among it, in MB. */
export function peakMegabytes() {
  return Math.round((process.resourceUsage().maxRSS * 1_024) / 1_000_000);
}

/** The middle one. */
export function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}
