import type { Verdict } from './verdict.js';

/** How a verdict feels at a glance; the style sheet gives each tone its colours. */
export type Tone = 'good' | 'bad' | 'hold' | 'open';

const TONES: Readonly<Record<Verdict, Tone>> = {
  valid: 'good',
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

/** Outlines: a scalloped seal, a stop sign, a disc, a diamond. Shape tells the tones apart where colour does not. */
const OUTLINES: Readonly<Record<Tone, string>> = {
  good: scallops(16, 24, 46),
  bad: 'M20 3h24l17 17v24L44 61H20L3 44V20z',
  hold: 'M32 3a29 29 0 1 1 0 58a29 29 0 1 1 0-58z',
  open: 'M32 2l30 30l-30 30L2 32z',
};

const SIGNS: Readonly<Record<Verdict, string>> = {
  valid: 'M20 33l9 9l16-19',
  revoked: 'M22 22l20 20M42 22L22 42',
  altered: 'M22 22l20 20M42 22L22 42',
  invalid: 'M22 22l20 20M42 22L22 42',
  suspended: 'M25 21v22M39 21v22',
  superseded: 'M20 32h23M34 22l10 10l-10 10',
  expired: 'M32 18v15l10 7',
  'not-yet-valid': 'M23 18h18M23 46h18M25 18c0 8 14 20 14 28M39 18c0 8-14 20-14 28',
  unchecked: 'M25 26c0-10 14-10 14-1c0 6-7 6-7 12M32 45v.5',
};

/** A wreath of `count` arcs round the middle of a 64 × 64 field: the edge of a wax seal. */
function scallops(count: number, radius: number, roundness: number): string {
  const at = (step: number) => {
    const angle = (2 * Math.PI * step) / count - Math.PI / 2;
    return `${(32 + (radius + 5) * Math.cos(angle)).toFixed(1)} ${(32 + (radius + 5) * Math.sin(angle)).toFixed(1)}`;
  };
  const bulge = (roundness / 7).toFixed(1);
  const arcs = Array.from({ length: count }, (_, step) => `A${bulge} ${bulge} 0 0 1 ${at(step + 1)}`);
  return `M${at(0)}${arcs.join('')}z`;
}

/** The drawing beside a verdict. It repeats the words next to it, so screen readers pass over it. */
export const Seal = ({ verdict }: { readonly verdict: Verdict }) => (
  <svg class="seal" viewBox="0 0 64 64" width="72" height="72" aria-hidden="true" focusable="false">
    <path class="seal-body" d={OUTLINES[toneOf(verdict)]} />
    <path class="seal-sign" d={SIGNS[verdict]} />
  </svg>
);
