/**
 * Exact arithmetic on the decimal numbers people write. Hours, ratings and credits are read as the shortest decimal
 * that gives the stored number, so 0.1 + 0.2 is 0.3 and a mean of 2.925 is exactly that.
 */
interface Decimal {
  /** The number times 10^scale. */
  readonly units: bigint;
  readonly scale: number;
}

/** @param value a finite number. */
function decimalOf(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  const units = BigInt(whole + fraction);
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

function exactSum(values: readonly number[]): Decimal {
  const decimals = values.map(decimalOf);
  const scale = Math.max(0, ...decimals.map((decimal) => decimal.scale));
  let units = 0n;
  for (const decimal of decimals) units += decimal.units * 10n ** BigInt(scale - decimal.scale);
  return { units, scale };
}

function numberOf(units: bigint, scale: number): number {
  return Number(`${units}e-${scale}`);
}

/** The sum of finite numbers, without binary rounding: the number nearest to the exact decimal sum. 0 for none. */
export function sumDecimals(values: readonly number[]): number {
  if (values.every(Number.isSafeInteger)) return values.reduce((sum, value) => sum + value, 0);
  const { units, scale } = exactSum(values);
  return numberOf(units, scale);
}

/** The difference of two finite numbers, without binary rounding. */
export function subtractDecimals(from: number, amount: number): number {
  return sumDecimals([from, -amount]);
}

/** Below it, whole-number sums times 200 are exact in ordinary arithmetic. */
const LARGEST_PLAIN_TOTAL = 2 ** 44;

/**
 * The mean of finite numbers, rounded half up to 2 decimals from its exact value: 2.925 gives 2.93, 2.995 gives 3.
 * @param values at least one.
 */
export function meanToHundredths(values: readonly number[]): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (values.every(Number.isSafeInteger) && Math.abs(total) < LARGEST_PLAIN_TOTAL) {
    return Math.floor((200 * total + values.length) / (2 * values.length)) / 100;
  }
  const { units, scale } = exactSum(values);
  const denominator = 10n ** BigInt(scale) * BigInt(values.length);
  // floor(mean × 100 + 1/2)
  const numerator = units * 200n + denominator;
  const quotient = numerator / (2n * denominator);
  const hundredths = numerator < 0n && numerator % (2n * denominator) !== 0n ? quotient - 1n : quotient;
  return numberOf(hundredths, 2);
}
