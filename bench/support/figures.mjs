/** Prints figures for people, or with `--json` as one line for `bench/index.mjs`. */
export function printFigures(figures) {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(figures));
    return;
  }
  for (const { name, measured, unit, reach, least } of figures) {
    console.log(`${name}: ${measured}${unit === '×' ? '' : ' '}${unit} (reach ${reach}, at least ${least})`);
  }
}

/** Peak memory of this process, its threads among it, in MB. */
export function peakMegabytes() {
  return Math.round((process.resourceUsage().maxRSS * 1_024) / 1_000_000);
}

/** The middle one. */
export function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}
