import LineBreaker from 'linebreak';
import { type FontChain, inVisualOrder, sliceRuns, splitRuns, type TextRun, type TextRuns } from '../text-runs.js';
import type { TextMeasure } from './text-measure.js';

/** How a text is set. */
export interface TextStyle {
  readonly fonts: FontChain;
  /** Points. */
  readonly size: number;
  /** From one base line to the next, in ems. */
  readonly leading: number;
  /** `#rrggbb` */
  readonly colour: string;
}

export interface TextLine {
  /** As it is read, without the blanks at its end. */
  readonly text: string;
  /** From left to right. */
  readonly runs: readonly TextRun[];
  /** Points. */
  readonly width: number;
}

/** A text broken into lines. */
export interface Paragraph {
  readonly style: TextStyle;
  readonly direction: 'ltr' | 'rtl';
  readonly lines: readonly TextLine[];
  /** Points: a whole line for each line. */
  readonly height: number;
  /** True when its end was left out, which an ellipsis shows. */
  readonly cut: boolean;
  /** True when a word was wider than a line, and is broken where no word may be. */
  readonly broken: boolean;
}

export interface ParagraphOptions {
  readonly style: TextStyle;
  /** Points. */
  readonly width: number;
  readonly maxLines?: number;
  readonly measure: TextMeasure;
}

/** UTF-16 code units looked at of one text: several times what a page has room for. */
const MAX_LENGTH = 8_000;
const ELLIPSIS = '…';
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A stretch of the text that may end a line, in UTF-16 code units. */
interface Piece {
  readonly start: number;
  readonly end: number;
}

/**
 * Breaks one paragraph into lines by the rules of Unicode; a word wider than the line is broken anywhere. Line feeds in
 * it are blanks. @see https://www.unicode.org/reports/tr14/ and https://www.unicode.org/reports/tr9/
 */
export function layOut(text: string, options: ParagraphOptions): Paragraph {
  const { style, maxLines = Number.POSITIVE_INFINITY } = options;
  const whole = text.replace(/\s*\n\s*/g, ' ').trim();
  const looked = whole.slice(0, MAX_LENGTH);
  const analysed = splitRuns(looked, style.fonts);
  const { lines, broken } = fillLines(looked, analysed, options);
  const cut = lines.length > maxLines || looked.length < whole.length;
  const kept = lines.slice(0, maxLines);
  const last = kept.at(-1);
  const shown = cut && last !== undefined ? [...kept.slice(0, -1), shortened(last.text, options)] : kept;
  return {
    style,
    direction: analysed.direction,
    lines: shown,
    height: shown.length * style.leading * style.size,
    cut,
    broken,
  };
}

function fillLines(
  text: string,
  analysed: TextRuns,
  { style, width, measure }: ParagraphOptions,
): { readonly lines: TextLine[]; readonly broken: boolean } {
  const room = width / style.size;
  const ems = ({ start, end }: Piece) =>
    measure(sliceRuns(analysed.runs, start, start + trimmedLength(text, start, end)));
  const lines: TextLine[] = [];
  const add = (piece: Piece) => lines.push(lineOf(text, { analysed, piece, style, measure }));
  let line: Piece | undefined;
  let used = 0;
  const words = wordsOf(text);
  const pieces = words.flatMap((word) => (ems(word) <= room ? [word] : graphemesOf(text, word)));
  for (const piece of pieces) {
    const own = ems(piece);
    if (line !== undefined && used + own > room) {
      add(line);
      line = undefined;
      used = 0;
    }
    line = { start: line?.start ?? piece.start, end: piece.end };
    used += measure(sliceRuns(analysed.runs, piece.start, piece.end));
  }
  if (line !== undefined) add(line);
  return { lines, broken: pieces.length > words.length };
}

/** Pieces a line may end after. */
function wordsOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  const breaker = new LineBreaker(text);
  let start = 0;
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    pieces.push({ start, end: next.position });
    start = next.position;
  }
  return pieces;
}

function graphemesOf(text: string, { start, end }: Piece): Piece[] {
  return Array.from(GRAPHEMES.segment(text.slice(start, end)), ({ segment, index }) => ({
    start: start + index,
    end: start + index + segment.length,
  }));
}

function trimmedLength(text: string, start: number, end: number): number {
  return text.slice(start, end).trimEnd().length;
}

function lineOf(
  text: string,
  {
    analysed,
    piece,
    style,
    measure,
  }: Pick<ParagraphOptions, 'style' | 'measure'> & {
    readonly analysed: TextRuns;
    readonly piece: Piece;
  },
): TextLine {
  const end = piece.start + trimmedLength(text, piece.start, piece.end);
  const runs = sliceRuns(analysed.runs, piece.start, end);
  return { text: text.slice(piece.start, end), runs: inVisualOrder(runs), width: measure(runs) * style.size };
}

/** The longest beginning of a line that leaves room for an ellipsis. */
function shortened(text: string, options: ParagraphOptions): TextLine {
  const { style, measure, width } = options;
  const graphemes = Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
  const candidate = (count: number): TextLine => {
    const tried = `${graphemes.slice(0, count).join('').trimEnd()}${ELLIPSIS}`;
    const analysed = splitRuns(tried, style.fonts);
    return lineOf(tried, { analysed, piece: { start: 0, end: tried.length }, style, measure });
  };
  let [fits, tooMany] = [0, graphemes.length + 1];
  while (tooMany - fits > 1) {
    const count = Math.floor((fits + tooMany) / 2);
    if (candidate(count).width <= width) fits = count;
    else tooMany = count;
  }
  return candidate(fits);
}
