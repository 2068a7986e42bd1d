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
  return withPdf(bytes, async (page) => {
    const viewport = page.getViewport({ scale: dotsPerInch / 72 });
    const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
    const context = canvas.getContext('2d');
    // The canvas is not the browser's, but draws as it does.
    await page.render({ canvas: canvas as never, canvasContext: context as never, viewport }).promise;
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    return jsqr.default(Uint8ClampedArray.from(data), width, height)?.data;
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
