import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import jsqr from 'jsqr';

import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A node of the structure tree as pdf.js tells it. */
export interface Tag {
  readonly role: string;
  readonly alt?: string;
  readonly lang?: string;
  readonly children: readonly Tag[];
}

/** Opens a PDF with a reader that is not ours, does something with its first page, and closes it. */
export async function withPdf<Answer>(
  bytes: Uint8Array,
  read: (page: PDFPageProxy, document: PDFDocumentProxy) => Promise<Answer>,
): Promise<Answer> {
  const task = getDocument({
    data: Uint8Array.from(bytes),
    verbosity: 0,
    isEvalSupported: false,
    useSystemFonts: false,
  });
  try {
    const document = await task.promise;
    return await read(await document.getPage(1), document);
  } finally {
    await task.destroy();
  }
}

/** The text of the page, line by line, in the order it is read. */
export async function linesOf(bytes: Uint8Array): Promise<string[]> {
  return withPdf(bytes, async (page) => {
    const lines: string[] = [''];
    for (const item of (await page.getTextContent()).items) {
      if (!('str' in item)) continue;
      lines[lines.length - 1] += item.str;
      if (item.hasEOL) lines.push('');
    }
    return lines.filter((line) => line !== '');
  });
}

/** The structure tree. */
export async function tagsOf(bytes: Uint8Array): Promise<Tag> {
  return withPdf(bytes, async (page) => tagOf(await page.getStructTree()));
}

function tagOf(node: unknown): Tag {
  const { role, alt, lang, children } = node as { role?: string; alt?: string; lang?: string; children?: unknown[] };
  return {
    role: role ?? 'content',
    ...(alt === undefined ? {} : { alt }),
    ...(lang === undefined ? {} : { lang }),
    children: (children ?? []).map(tagOf),
  };
}

/** Every tag of the tree, in reading order, without its content. */
export function flatten(tag: Tag): Tag[] {
  return tag.role === 'content' ? [] : [tag, ...tag.children.flatMap(flatten)];
}

/** What a camera reads from the page on paper. @param dotsPerInch of the print. */
export async function scanPage(bytes: Uint8Array, dotsPerInch = 150): Promise<string | undefined> {
  const { data, width, height } = await printPage(bytes, dotsPerInch);
  return jsqr.default(Uint8ClampedArray.from(data), width, height)?.data;
}

/** Which part of the page has a colour, in points from its top left corner; undefined where nothing has. @param colour red, green, blue. */
export async function whereColoured(
  bytes: Uint8Array,
  colour: readonly [number, number, number],
): Promise<{ left: number; top: number; right: number; bottom: number } | undefined> {
  const { data, width } = await printPage(bytes, 72);
  const places: { x: number; y: number }[] = [];
  for (let at = 0; at < data.length; at += 4) {
    const pixel = at / 4;
    if (colour.every((value, channel) => Math.abs((data[at + channel] ?? 0) - value) < 8)) {
      places.push({ x: pixel % width, y: Math.floor(pixel / width) });
    }
  }
  if (places.length === 0) return undefined;
  const across = places.map(({ x }) => x);
  const down = places.map(({ y }) => y);
  return { left: Math.min(...across), top: Math.min(...down), right: Math.max(...across), bottom: Math.max(...down) };
}

async function printPage(bytes: Uint8Array, dotsPerInch: number) {
  return withPdf(bytes, async (page) => {
    const viewport = page.getViewport({ scale: dotsPerInch / 72 });
    const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
    const context = canvas.getContext('2d');
    // The canvas is not the browser's, but draws as it does.
    await page.render({ canvas: canvas as never, canvasContext: context as never, viewport }).promise;
    return context.getImageData(0, 0, canvas.width, canvas.height);
  });
}

/** The file as text, with its compressed streams inflated, to look for what must not or must be in it. */
export function inflated(bytes: Uint8Array): string {
  const file = Buffer.from(bytes).toString('latin1');
  return file.replaceAll(/stream\n(.*?)\nendstream/gs, (whole, data: string) => {
    try {
      return inflateSync(Buffer.from(data, 'latin1')).toString('latin1');
    } catch {
      return whole;
    }
  });
}

/** A face of the packages documents are set from. */
export function fontBytes(path: string): Uint8Array {
  return readFileSync(createRequire(import.meta.url).resolve(path));
}
