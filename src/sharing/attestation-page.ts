import { type AttachedFile, PAGE, type TaggedPage, writeTaggedPage } from '../media/pdf/tagged-document.js';
import type { OpenTypefaces, Typefaces } from '../media/pdf/typefaces.js';
import type { Instant } from '../text/instant.js';
import type { Attestation } from './attestation.js';
import { type Block, MARGIN, type Plan, proseBlock, WIDTH } from './attestation-blocks.js';
import { factsBlock } from './attestation-facts.js';
import { footBlock } from './attestation-foot.js';
import { headBlock } from './attestation-head.js';
import { levelsBlock } from './attestation-levels.js';
import { createSetText, type Looks, type Palette, paletteOf, type SetText } from './attestation-style.js';

const BAND = 9;
const LOGO = { width: 150, height: 46 } as const;
/** White between the parts of the page, at full size and at most. */
const GAP = { least: 15, most: 30 } as const;
const ALL = Number.POSITIVE_INFINITY;

/** From the roomiest to the tightest: first everything gets smaller, then long texts are cut, what matters least first. */
const PLANS: readonly Plan[] = [
  ...[1, 0.95, 0.9, 0.86].map((scale) => ({
    scale,
    meaningLines: ALL,
    narrativeLines: ALL,
    criteriaLines: ALL,
    evidence: ALL,
    levels: ALL,
  })),
  { scale: 0.86, meaningLines: 2, narrativeLines: ALL, criteriaLines: 8, evidence: 3, levels: ALL },
  { scale: 0.82, meaningLines: 2, narrativeLines: 10, criteriaLines: 5, evidence: 2, levels: ALL },
  { scale: 0.8, meaningLines: 1, narrativeLines: 6, criteriaLines: 2, evidence: 1, levels: 12 },
  { scale: 0.78, meaningLines: 0, narrativeLines: 3, criteriaLines: 0, evidence: 0, levels: 8 },
  { scale: 0.72, meaningLines: 0, narrativeLines: 0, criteriaLines: 0, evidence: 0, levels: 4 },
  { scale: 0.55, meaningLines: 0, narrativeLines: 0, criteriaLines: 0, evidence: 0, levels: 3 },
];

export interface AttestationPage {
  readonly attestation: Attestation;
  readonly looks: Looks;
  /** The signed badge, as it travels inside. */
  readonly badge: AttachedFile;
  /** Written into the file as the moment it was made. */
  readonly made: Instant;
}

/** Draws an attestation: one tagged A4 page with the signed badge attached. The same input gives the same bytes. */
export async function writeAttestation(
  { attestation, looks, badge, made }: AttestationPage,
  openTypefaces: OpenTypefaces,
): Promise<Uint8Array> {
  const typefaces = await openTypefaces(textsOf(attestation));
  const facts = {
    title: attestation.documentTitle,
    author: attestation.institution.name,
    language: attestation.language,
    created: made,
  };
  return writeTaggedPage(facts, [badge], (page) => drawPage(page, { attestation, looks, typefaces }));
}

/** Every text of the page, to know which scripts it needs. */
function textsOf(attestation: Attestation): string[] {
  const texts: string[] = [];
  JSON.stringify(attestation, (_key, value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return texts;
}

function drawPage(
  { decorate, root }: TaggedPage,
  {
    attestation,
    looks,
    typefaces,
  }: { readonly attestation: Attestation; readonly looks: Looks; readonly typefaces: Typefaces },
): void {
  const palette = paletteOf(looks);
  const setAt = createSetText(typefaces);
  const letterhead = letterheadBlock(attestation, { set: setAt(1), palette, logo: looks.logo });
  const foot = footBlock(attestation, { set: setAt(1), palette });
  const top = BAND + 26;
  const start = top + letterhead.height + 20;
  const end = PAGE.height - foot.height;
  const { blocks, height } = fitted(end - start - GAP.least, (plan) =>
    bodyBlocks(attestation, { set: setAt(plan.scale), palette, plan }),
  );
  const gap = Math.min(GAP.most, (end - start - height) / blocks.length);

  decorate((canvas) => {
    canvas.fill({ x: 0, y: 0, width: PAGE.width, height: BAND }, { colour: palette.primary });
    canvas.fill({ x: 0, y: BAND, width: PAGE.width, height: 1.6 }, { colour: palette.accent });
  });
  letterhead.draw({ y: top, node: root, decorate });
  // What is left over goes above the first and between all: a short attestation stands calmly in the page.
  let y = start + Math.max(0, Math.min(28, (end - start - height - gap * blocks.length) / 2));
  for (const block of blocks) {
    block.draw({ y, node: root, decorate });
    y += block.height + gap;
  }
  foot.draw({ y: end, node: root, decorate });
}

/** The first plan whose blocks leave room for the gaps; the tightest when none does. */
function fitted(
  room: number,
  blocksOf: (plan: Plan) => readonly Block[],
): { blocks: readonly Block[]; height: number } {
  let tightest: { blocks: readonly Block[]; height: number } = { blocks: [], height: 0 };
  for (const plan of PLANS) {
    const blocks = blocksOf(plan);
    const height = blocks.reduce((sum, block) => sum + block.height, 0);
    tightest = { blocks, height };
    if (height + (blocks.length - 1) * GAP.least * plan.scale <= room) break;
  }
  return tightest;
}

function bodyBlocks(
  attestation: Attestation,
  options: { readonly set: SetText; readonly palette: Palette; readonly plan: Plan },
): Block[] {
  const { text } = attestation;
  const { plan } = options;
  return [
    headBlock(attestation, options),
    factsBlock(attestation, options),
    levelsBlock(attestation, options),
    proseBlock(text.narrative, attestation.narrative, { ...options, maxLines: plan.narrativeLines }),
    proseBlock(text.criteria, attestation.criteria, { ...options, maxLines: plan.criteriaLines }),
    proseBlock(text.evidence, attestation.evidence.slice(0, plan.evidence), { ...options, maxLines: 2 }),
  ].filter((block) => block !== undefined);
}

/** The institution at the top, as on its letters. */
function letterheadBlock(
  { institution, text }: Attestation,
  { set, palette, logo }: { readonly set: SetText; readonly palette: Palette; readonly logo: Uint8Array | undefined },
): Block {
  const width = logo === undefined ? WIDTH : WIDTH - LOGO.width - 20;
  const lines = [
    set(institution.name, { voice: 'sans-semibold', size: 12.5, colour: palette.heading, width, maxLines: 2 }),
    ...(institution.details === ''
      ? []
      : [set(institution.details, { voice: 'sans', size: 9, colour: palette.soft, width, maxLines: 2 })]),
  ];
  const written = lines.reduce((sum, { height }) => sum + height, 0);
  return {
    height: logo === undefined ? written : Math.max(written, LOGO.height),
    draw({ y, node }) {
      let top = y;
      for (const line of lines) {
        const place = top;
        node.show('P', (canvas) => canvas.text(line, { x: MARGIN, y: place, width }));
        top += line.height;
      }
      if (logo === undefined) return;
      const box = { x: PAGE.width - MARGIN - LOGO.width, y, ...LOGO };
      node.show('Figure', (canvas) => canvas.picture(logo, box, 'right'), { alt: text.logo(institution.name), box });
    },
  };
}
