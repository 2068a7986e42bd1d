import { isIPv4, isIPv6 } from 'node:net';

/**
 * The bytes of an IP address: 4 or 16. Undefined for any other text, a zone index (`%eth0`) included. Shorter and older
 * spellings (`127.1`, `0x7f.1`) are none: the URL parser has expanded them before.
 * @see https://www.rfc-editor.org/rfc/rfc4291#section-2.2
 */
export function parseAddress(text: string): Uint8Array | undefined {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number);
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const [head = '', tail] = text.split('::');
  const [before, after] = [bytesOfGroups(head), bytesOfGroups(tail ?? '')];
  const bytes = new Uint8Array(16);
  bytes.set(before);
  bytes.set(after, 16 - after.length);
  return bytes;
}

/** `a:b:1.2.3.4` as bytes, two for each group and four for a dotted end. */
function bytesOfGroups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
