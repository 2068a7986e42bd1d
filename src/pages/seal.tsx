import type { Verdict } from './verdict.js';

/** How a verdict feels at a glance; the style sheet gives each tone its look. */
export type Tone = 'good' | 'bad' | 'hold' | 'open';

const TONES: Readonly<Record<Verdict, Tone>> = {
  valid: 'good',
  unvouched: 'hold',
  revoked: 'bad',
  altered: 'bad',
  invalid: 'bad',
  suspended: 'hold',
  superseded: 'hold',
  expired: 'hold',
  'not-yet-valid': 'hold',
  unchecked: 'open',
};

export function toneOf(verdict: Verdict): Tone {
  return TONES[verdict];
}

/** Outlines in a 96 × 96 field: a wax seal, a stop sign, a disc, a diamond. Shape tells the tones apart without colour. */
const OUTLINES: Readonly<Record<Tone, string>> = {
  good: scallops(20),
  bad: 'M30 3h36l27 27v36L66 93H30L3 66V30z',
  hold: 'M48 4a44 44 0 1 1 0 88a44 44 0 1 1 0-88z',
  open: 'M48 1l47 47l-47 47L1 48z',
};

/** The line inside the edge that makes an outline a seal. */
const RINGS: Readonly<Record<Tone, string>> = {
  good: 'M48 14a34 34 0 1 1 0 68a34 34 0 1 1 0-68z',
  bad: 'M33 11h30l22 22v30L63 85H33L11 63V33z',
  hold: 'M48 12a36 36 0 1 1 0 72a36 36 0 1 1 0-72z',
  open: 'M48 13l35 35l-35 35L13 48z',
};

const SIGNS: Readonly<Record<Verdict, string>> = {
  valid: 'M31 49l12 12l23-25',
  unvouched: 'M48 28v25M48 66v.5',
  revoked: 'M34 34l28 28M62 34L34 62',
  altered: 'M34 34l28 28M62 34L34 62',
  invalid: 'M34 34l28 28M62 34L34 62',
  suspended: 'M39 33v30M57 33v30',
  superseded: 'M31 48h33M52 35l13 13l-13 13',
  expired: 'M48 29v20l14 9',
  'not-yet-valid': 'M35 29h26M35 67h26M38 29c0 11 20 27 20 38M58 29c0 11-20 27-20 38',
  unchecked: 'M39 40c0-13 19-13 19-1c0 8-10 8-10 16M48 65v.5',
};

/** A ring of arcs that bulge outwards: the edge of a wax seal. */
function scallops(count: number): string {
  const at = (step: number) => {
    const angle = (2 * Math.PI * step) / count - Math.PI / 2;
    return `${(48 + 42.5 * Math.cos(angle)).toFixed(1)} ${(48 + 42.5 * Math.sin(angle)).toFixed(1)}`;
  };
  const arcs = Array.from({ length: count }, (_, step) => `A7.2 7.2 0 0 1 ${at(step + 1)}`);
  return `M${at(0)}${arcs.join('')}z`;
}

/** The drawing beside a verdict. It repeats the words next to it, so screen readers pass over it. */
export const Seal = ({ verdict }: { readonly verdict: Verdict }) => {
  const tone = toneOf(verdict);
  return (
    <svg class="seal" viewBox="0 0 96 96" width="96" height="96" aria-hidden="true" focusable="false">
      <path class="seal-body" d={OUTLINES[tone]} />
      <path class="seal-ring" d={RINGS[tone]} />
      <path class="seal-sign" d={SIGNS[verdict]} />
    </svg>
  );
};
