import { onCircle, unit } from './svg-markup.js';

/** A competence as the ring shows it: so many steps, the first of them reached. */
export interface RingPart {
  readonly reached: number;
  readonly steps: number;
}

interface Ring {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly thickness: number;
  readonly parts: readonly RingPart[];
  readonly reachedColour: string;
  readonly openColour: string;
}

/** Arcs between competences and between their steps, as shares of a turn. */
const WIDE_GAP = 0.02;
const NARROW_GAP = 0.008;
const BEADS = 72;

const TEETH = 44;

/** The edge of a seal: a wheel of round teeth. @param centre.radius how far the teeth reach. */
export function sealEdge(centre: { readonly x: number; readonly y: number; readonly radius: number }): string {
  // A tooth is an arc somewhat less than a half circle over the chord between two valleys.
  const valleyRadius = centre.radius * 0.965;
  const halfChord = valleyRadius * Math.sin(Math.PI / TEETH);
  const rise = centre.radius - valleyRadius * Math.cos(Math.PI / TEETH);
  const bulge = unit((halfChord ** 2 + rise ** 2) / (2 * rise));
  const at = (tooth: number) =>
    onCircle(tooth / TEETH, { ...centre, radius: valleyRadius })
      .map(unit)
      .join(' ');
  const arcs = Array.from({ length: TEETH }, (_, tooth) => `A${bulge} ${bulge} 0 0 1 ${at(tooth + 1)}`);
  return `M${at(0)}${arcs.join('')}Z`;
}

/**
 * The levels of a badge at a glance: the ring is shared among the competences, each has an arc a step, and the arcs of
 * the steps reached are filled. Without competences, a string of beads.
 */
export function levelRing(ring: Ring): string {
  const parts = ring.parts.filter(({ steps }) => steps > 0);
  if (parts.length === 0) return beads(ring);
  const share = 1 / parts.length;
  const gap = parts.length > 1 ? WIDE_GAP : NARROW_GAP;
  return parts
    .flatMap(({ reached, steps }, index) => {
      const inner = Math.min(NARROW_GAP, share / (4 * steps));
      const length = (share - Math.min(gap, share / 4) - inner * (steps - 1)) / steps;
      const first = index * share + Math.min(gap, share / 4) / 2;
      return Array.from({ length: steps }, (_, step) => {
        const from = first + step * (length + inner);
        return arc(ring, { from, to: from + length, colour: step < reached ? ring.reachedColour : ring.openColour });
      });
    })
    .join('');
}

function arc(
  ring: Ring,
  { from, to, colour }: { readonly from: number; readonly to: number; readonly colour: string },
): string {
  // An arc whose ends meet would not be drawn: a whole turn is two halves.
  const middle = (from + to) / 2;
  const radius = unit(ring.radius);
  const points = [from, middle, to].map((turn) => onCircle(turn, ring).map(unit).join(' '));
  const [start, half, end] = points;
  return `<path d="M${start}A${radius} ${radius} 0 0 1 ${half}A${radius} ${radius} 0 0 1 ${end}" fill="none" stroke="${colour}" stroke-width="${unit(ring.thickness)}"/>`;
}

function beads(ring: Ring): string {
  return Array.from({ length: BEADS }, (_, bead) => {
    const [x, y] = onCircle(bead / BEADS, ring);
    return `<circle cx="${unit(x)}" cy="${unit(y)}" r="${unit(ring.thickness / 6)}" fill="${ring.reachedColour}"/>`;
  }).join('');
}
