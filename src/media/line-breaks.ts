import type { Typesetter, Weight } from './typeset.js';

/** A text broken into lines. */
export interface FittedText {
  readonly lines: readonly string[];
  /** Height of an em; one of the sizes offered. */
  readonly size: number;
  /** True when its end was left out, which an ellipsis shows. */
  readonly cut: boolean;
}

export interface FitOptions {
  readonly width: number;
  readonly weight: Weight;
  /** Sizes to try, largest first. */
  readonly sizes: readonly [number, ...number[]];
  readonly maxLines: number;
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** What is looked at of one text: several times what any picture has room for. */
const MAX_GRAPHEMES = 240;
const MAX_CODE_UNITS = 2_000;
const ELLIPSIS = '…';
const BALANCING_STEPS = 8;

const BLANK = /^[\t\n\r \u1680\u2000-\u2006\u2008-\u200A\u205F\u3000]+$/;
const GLUE = /^[\u00A0\u2007\u202F\u2060]$/;
const HYPHEN = /^[-\u2010\u2012-\u2014/]$/;
const LETTER = /^\p{L}/u;
/** Scripts written without blanks: a line may end after any of their letters … */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** … except before these, which end what came before … */
const NOT_FIRST = /^[\p{Pe}\p{Pf}、。，．：；！？ー々…]/u;
/** … and after these, which begin what follows. */
const NOT_LAST = /^[\p{Ps}\p{Pi}]/u;
/** With a blank before them too, these end a line rather than begin one. */
const CLINGING = /^[–—:;?!»]/u;

/**
 * Breaks a text into at most so many lines of a width, in the largest size that fits. Lines are as even as they can be.
 * What does not fit in the smallest size either ends in an ellipsis.
 */
export function fitText(text: string, options: FitOptions, typesetter: Typesetter): FittedText {
  const { width, weight, sizes, maxLines } = options;
  const graphemes = graphemesOf(text.slice(0, MAX_CODE_UNITS).replace(/\s+/gu, singleBlank).trim());
  const kept = graphemes.slice(0, MAX_GRAPHEMES);
  const whole = kept.length === graphemes.length && text.length <= MAX_CODE_UNITS;
  const pieces = piecesOf(kept).map((piece) => ({ piece, ems: typesetter.measure(piece.trimEnd(), weight) }));
  const blank = typesetter.measure(' ', weight);
  for (const size of sizes) {
    const ems = width / size;
    if (!whole || pieces.some((piece) => piece.ems > ems)) continue;
    const lines = fillLines(pieces, ems, blank);
    if (lines.length > maxLines) continue;
    return { lines: evenLines(pieces, { ems, blank, lines }).map(trimmed), size, cut: false };
  }
  const size = sizes.at(-1) ?? sizes[0];
  const ems = width / size;
  const measured = pieces.flatMap((piece) =>
    piece.ems <= ems ? [piece] : splitPiece(piece.piece, weight, typesetter),
  );
  const lines = fillLines(measured, ems, blank);
  if (whole && lines.length <= maxLines) return { lines: lines.map(trimmed), size, cut: false };
  const last = lines.slice(maxLines - 1).join('');
  return {
    lines: [...lines.slice(0, maxLines - 1).map(trimmed), cutLine(last, { ems, weight }, typesetter)],
    size,
    cut: true,
  };
}

function graphemesOf(text: string): string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}

/** Blanks of any kind become one; blanks that hold words together stay. */
function singleBlank(blanks: string): string {
  return GLUE.test(blanks) ? blanks : ' ';
}

/** Pieces a line may end after, with the blank that follows each. */
function piecesOf(graphemes: readonly string[]): string[] {
  const pieces: string[] = [];
  let piece = '';
  graphemes.forEach((grapheme, index) => {
    piece += grapheme;
    const next = graphemes[index + 1];
    if (next === undefined || mayBreak(grapheme, next)) {
      pieces.push(piece);
      piece = '';
    }
  });
  return pieces;
}

function mayBreak(before: string, after: string): boolean {
  if (GLUE.test(before) || GLUE.test(after) || BLANK.test(after)) return false;
  if (BLANK.test(before)) return !CLINGING.test(after);
  if (HYPHEN.test(before)) return LETTER.test(after);
  if (!UNSPACED.test(before) && !UNSPACED.test(after)) return false;
  return !NOT_FIRST.test(after) && !NOT_LAST.test(before);
}

interface Piece {
  readonly piece: string;
  readonly ems: number;
}

function trimmed(line: string): string {
  return line.trimEnd();
}

/** Puts as much on each line as it holds. Together the lines are the text, blanks and all. */
function fillLines(pieces: readonly Piece[], ems: number, blank: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const { piece, ems: own } of pieces) {
    if (line !== '' && used + own > ems) {
      lines.push(line);
      line = '';
      used = 0;
    }
    line += piece;
    used += own + (piece.endsWith(' ') ? blank : 0);
  }
  return line === '' ? lines : [...lines, line];
}

/** The same number of lines, in the narrowest width that allows it. */
function evenLines(
  pieces: readonly Piece[],
  filled: { readonly ems: number; readonly blank: number; readonly lines: readonly string[] },
): readonly string[] {
  if (filled.lines.length < 2) return filled.lines;
  let { lines } = filled;
  let [narrow, wide] = [Math.max(...pieces.map(({ ems }) => ems)), filled.ems];
  for (let step = 0; step < BALANCING_STEPS; step += 1) {
    const middle = (narrow + wide) / 2;
    const tried = fillLines(pieces, middle, filled.blank);
    if (tried.length <= filled.lines.length) {
      lines = tried;
      wide = middle;
    } else narrow = middle;
  }
  return lines;
}

/** A word wider than the line, grapheme by grapheme. */
function splitPiece(piece: string, weight: Weight, typesetter: Typesetter): Piece[] {
  return graphemesOf(piece).map((grapheme) => ({ piece: grapheme, ems: typesetter.measure(grapheme, weight) }));
}

function cutLine(
  line: string,
  { ems, weight }: { readonly ems: number; readonly weight: Weight },
  typesetter: Typesetter,
): string {
  const graphemes = graphemesOf(line);
  let [fits, tooMany] = [0, graphemes.length + 1];
  while (tooMany - fits > 1) {
    const count = Math.floor((fits + tooMany) / 2);
    const shortened = `${graphemes.slice(0, count).join('').trimEnd()}${ELLIPSIS}`;
    if (typesetter.measure(shortened, weight) <= ems) fits = count;
    else tooMany = count;
  }
  return `${graphemes.slice(0, fits).join('').trimEnd()}${ELLIPSIS}`;
}
