import type { ImageDamage } from '../text/image-damage.js';

/**
 * What came of looking for a badge in a picture. Only the container was read: the text may be anything.
 * - `none`, `several`: no badge, or more than one, so that none can be relied on;
 * - `compressed`: refused without inflating; the standard forbids it;
 * - `misplaced`: the right name in a kind of text the standard does not use;
 * - `markup-refused`: a DOCTYPE or an entity, refused always;
 * - `open-badges-2`: the picture carries a badge of the earlier standard and none of this one.
 */
export type Extraction =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: 'none' | 'several' | 'compressed' | 'misplaced' | 'markup-refused' }
  | { readonly ok: false; readonly problem: 'open-badges-2'; readonly text: string }
  | Damage;

/** `offset`: where it shows, in bytes of a PNG, in UTF-16 code units of an SVG. */
export interface Damage {
  readonly ok: false;
  readonly problem: 'damaged';
  readonly damage: ImageDamage;
  readonly offset: number;
}

export function damaged(damage: ImageDamage, offset: number): Damage {
  return { ok: false, problem: 'damaged', damage, offset };
}
