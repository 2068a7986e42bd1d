import PDFDocument from 'pdfkit';
import { dateOf } from '../../text/instant.js';
import { type OpenFont, runDirection, type TextRun } from '../text-runs.js';
import { embeddedFont, RIGHT_TO_LEFT } from './embedded-font.js';
import { type DocumentFacts, PRODUCER, xmpPacket } from './metadata.js';
import type { Paragraph, TextLine } from './paragraph.js';
import { emsOf } from './text-measure.js';

/** A4 in points, portrait. */
export const PAGE = { width: 595.28, height: 841.89 } as const;

/** Standard structure types. @see ISO 32000-1, 14.8.4 */
export type StructureTag = 'Document' | 'Sect' | 'H1' | 'H2' | 'P' | 'L' | 'LI' | 'Lbl' | 'LBody' | 'Figure';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Points from the left and the top of the page. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What can be drawn on the page. Text comes in as paragraphs: it has been broken into lines before. */
export interface Canvas {
  fill(box: Box, look: { readonly colour: string; readonly radius?: number }): void;
  /** SVG path data, moved to a place and enlarged; filled, or drawn as a line so thick in the units of the data. */
  path(
    data: string,
    look: Point & { readonly scale: number; readonly colour: string; readonly lineWidth?: number },
  ): void;
  /** A PNG or JPEG picture, as large as the box allows, at its end nearest to the edge named. */
  picture(bytes: Uint8Array, box: Box, align: 'left' | 'right'): void;
  /** `align` is for the width given; a paragraph that runs from right to left begins at its right. */
  text(paragraph: Paragraph, at: Point & { readonly width: number; readonly align?: 'start' | 'center' }): void;
}

/** A place in the structure, which is also the order of reading. */
export interface StructureNode {
  /** A node that holds others. */
  group(tag: StructureTag, fill: (node: StructureNode) => void): void;
  /** A node that shows something. `alt` and `box` are for figures. */
  show(tag: StructureTag, draw: (canvas: Canvas) => void, figure?: { readonly alt: string; readonly box: Box }): void;
}

/** A file that travels inside a document. */
export interface AttachedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly description: string;
}

export interface TaggedPage {
  /** Draws what means nothing by itself: bands, rules. Readers pass over it. */
  readonly decorate: (draw: (canvas: Canvas) => void) => void;
  readonly root: StructureNode;
}

/**
 * Makes a document of one A4 page: tagged, with its fonts and its title in it, its files attached uncompressed, and the
 * same bytes for the same input. Meant to meet PDF/UA-1 and PDF/A-3a.
 * @see ISO 14289-1 and ISO 19005-3
 */
export async function writeTaggedPage(
  facts: DocumentFacts,
  files: readonly AttachedFile[],
  draw: (page: TaggedPage) => void,
): Promise<Uint8Array> {
  const created = dateOf(facts.created);
  const document = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    displayTitle: true,
    lang: facts.language,
    // The standard fonts are not embedded: there is no font until a text asks for one.
    font: '',
    info: {
      Title: facts.title,
      Author: facts.author,
      Producer: PRODUCER,
      Creator: PRODUCER,
      CreationDate: created,
      ModDate: created,
    },
  });
  const bytes = collect(document);
  const packet = xmpPacket(facts);
  // The writer's own packet does not escape what stands in the title.
  Object.assign(document, {
    metadata: { append() {}, end() {}, getXML: () => packet, getLength: () => packet.length },
  });
  const canvas = createCanvas(document);
  const root = document.struct('Document');
  document.addStructure(root);
  draw({
    decorate(decoration) {
      document.markContent('Artifact', { type: 'Layout' });
      decoration(canvas);
      document.endMarkedContent();
    },
    root: nodeOf(document, { element: root, canvas }),
  });
  root.end();
  // Stored as they are: who reads them need not inflate anything a stranger sent.
  document.compress = false;
  for (const { name, bytes: content, mediaType, description } of files) {
    const relationship = { relationship: 'Data' };
    document.file(Uint8Array.from(content).buffer, {
      name,
      type: mediaType,
      description,
      creationDate: created,
      modifiedDate: created,
      ...relationship,
    });
  }
  document.compress = true;
  document.end();
  return bytes;
}

function collect(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('error', reject);
    document.on('end', () => {
      const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
      resolve(bytes);
    });
  });
}

function nodeOf(
  document: PDFKit.PDFDocument,
  { element, canvas }: { readonly element: PDFKit.PDFStructureElement; readonly canvas: Canvas },
): StructureNode {
  return {
    group(tag, fill) {
      const child = document.struct(tag);
      element.add(child);
      fill(nodeOf(document, { element: child, canvas }));
      child.end();
    },
    show(tag, draw, figure) {
      const options = figure === undefined ? {} : { alt: figure.alt, bbox: cornersOf(figure.box), placement: 'Block' };
      element.add(document.struct(tag, options, () => draw(canvas)));
    },
  };
}

function cornersOf({ x, y, width, height }: Box): [number, number, number, number] {
  return [x, y, x + width, y + height];
}

function createCanvas(document: PDFKit.PDFDocument): Canvas {
  const embedded = new Map<OpenFont, string>();
  const fontName = (font: OpenFont): string => {
    const known = embedded.get(font);
    if (known !== undefined) return known;
    const name = `font-${embedded.size}`;
    embedded.set(font, name);
    // The writer takes an opened font as well as a file; its types do not say so.
    const source: object = embeddedFont(font);
    document.registerFont(name, source as Uint8Array);
    return name;
  };
  const drawRun = (run: TextRun, { x, y, size }: Point & { readonly size: number }): void => {
    document.font(fontName(run.font)).fontSize(size);
    document.text(run.text, x, y, {
      lineBreak: false,
      baseline: 'alphabetic',
      // An empty list still asks for the whole run to be shaped at once, not word by word.
      features: runDirection(run) === 'rtl' ? [RIGHT_TO_LEFT as PDFKit.Mixins.OpenTypeFeatures] : [],
    });
  };
  const drawLine = (line: TextLine, at: Point & { readonly size: number; readonly ends: boolean }): void => {
    const turned = line.runs.some((run) => runDirection(run) === 'rtl');
    // Whoever reads the glyphs from left to right is told how the line is read.
    if (turned) document.markContent('Span', { actual: at.ends ? line.text : `${line.text} ` });
    let { x } = at;
    for (const [index, run] of line.runs.entries()) {
      const isLast = index === line.runs.length - 1;
      // The blank a line was broken at parts its last word from the next line's first.
      const shown = isLast && !turned && !at.ends ? { ...run, text: `${run.text} ` } : run;
      drawRun(shown, { x, y: at.y, size: at.size });
      x += emsOf(run) * at.size;
    }
    if (turned) document.endMarkedContent();
  };
  return {
    fill({ x, y, width, height }, { colour, radius = 0 }) {
      document.roundedRect(x, y, width, height, radius).fill(colour);
    },
    path(data, { x, y, scale, colour, lineWidth }) {
      document.save().translate(x, y).scale(scale).path(data);
      if (lineWidth === undefined) document.fill(colour);
      else document.lineWidth(lineWidth).lineCap('round').lineJoin('round').stroke(colour);
      document.restore();
    },
    picture(bytes, { x, y, width, height }, align) {
      // Left is where a picture lies unless told.
      const across = align === 'right' ? { align } : {};
      document.image(Uint8Array.from(bytes).buffer, x, y, { fit: [width, height], valign: 'center', ...across });
    },
    text({ lines, style, direction }, { x, y, width, align = 'start' }) {
      document.fillColor(style.colour);
      lines.forEach((line, index) => {
        const room = width - line.width;
        const indent = align === 'center' ? room / 2 : direction === 'rtl' ? room : 0;
        const baseline = y + (index + 0.5) * style.leading * style.size + BASELINE_DROP * style.size;
        const ends = index === lines.length - 1;
        drawLine(line, { x: x + indent, y: baseline, size: style.size, ends });
      });
    },
  };
}

/** From the middle of a line down to its base line, in ems: capitals look centred. */
const BASELINE_DROP = 0.35;
