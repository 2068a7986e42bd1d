import { deflateSync } from 'node:zlib';
import { crc32 } from '../../src/media/crc32.js';

/** One chunk with its length and check sum. @param data text is Latin-1. */
export function chunk(type: string, data: Uint8Array | string = ''): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(asBytes(data))]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(body.length - 4);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return new Uint8Array(frame);
}

function asBytes(data: Uint8Array | string): Uint8Array {
  return typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
}

export function header(width = 1, height = 1): Uint8Array {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width);
  data.writeUInt32BE(height, 4);
  data.set([8, 0, 0, 0, 0], 8);
  return chunk('IHDR', new Uint8Array(data));
}

export const PIXELS = chunk('IDAT', new Uint8Array(deflateSync(Uint8Array.of(0, 0x80))));
export const END = chunk('IEND');
export const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** A PNG of one grey pixel with these chunks between header and pixels. */
export function png(...chunks: readonly Uint8Array[]): Uint8Array {
  return bytesOf(SIGNATURE, header(), ...chunks, PIXELS, END);
}

export function bytesOf(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

/** An iTXt chunk. @param flag 1 says that the text is compressed. */
export function itxt(keyword: string, text: string, { flag = 0, language = '', translated = '' } = {}): Uint8Array {
  const before = Buffer.from(`${keyword}\0${String.fromCharCode(flag)}\0${language}\0`, 'latin1');
  return chunk('iTXt', bytesOf(before, Buffer.from(`${translated}\0${text}`, 'utf8')));
}
