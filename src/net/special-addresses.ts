import { parseAddress } from './address.js';

/**
 * Addresses that are nobody's on the public Internet, or that lead back inside. First match names the block.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const SPECIAL_BLOCKS = [
  ['0.0.0.0/8', 'this network'],
  ['10.0.0.0/8', 'private use'],
  ['100.64.0.0/10', 'carrier-grade NAT'],
  ['127.0.0.0/8', 'loopback'],
  ['168.63.129.16/32', 'host of a virtual machine'],
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private use'],
  ['192.0.0.0/24', 'protocol assignments'],
  ['192.0.2.0/24', 'documentation'],
  ['192.31.196.0/24', 'AS112'],
  ['192.52.193.0/24', 'multicast tunnelling'],
  ['192.88.99.0/24', '6to4 relay'],
  ['192.168.0.0/16', 'private use'],
  ['192.175.48.0/24', 'AS112'],
  ['198.18.0.0/15', 'benchmarking'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
  ['::/128', 'unspecified'],
  ['::1/128', 'loopback'],
  // Forms that carry an IPv4 address: refused whole, so that none has to be unpacked to be judged.
  ['::/96', 'IPv4-compatible'],
  ['::ffff:0:0/96', 'IPv4-mapped'],
  ['::ffff:0:0:0/96', 'IPv4-translated'],
  ['64:ff9b::/96', 'NAT64'],
  ['64:ff9b:1::/48', 'NAT64'],
  ['2002::/16', '6to4'],
  ['100::/64', 'discard'],
  ['2001::/32', 'Teredo'],
  ['2001::/23', 'protocol assignments'],
  ['2001:db8::/32', 'documentation'],
  ['2620:4f:8000::/48', 'AS112'],
  ['3ffe::/16', 'returned 6bone'],
  ['3fff::/20', 'documentation'],
  ['5f00::/16', 'segment routing'],
  ['fc00::/7', 'unique local'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'site-local'],
  ['ff00::/8', 'multicast'],
] as const;

interface Block {
  readonly prefix: Uint8Array;
  readonly bits: number;
  readonly name: string;
}

const BLOCKS: readonly Block[] = SPECIAL_BLOCKS.map(([block, name]) => readBlock(block, name));
/** The only part of IPv6 space from which global unicast addresses are given out. */
const GLOBAL_UNICAST = readBlock('2000::/3', 'global unicast');

/**
 * The special block an address lies in; undefined for a public address. Decided on bytes, never on a spelling.
 * @param bytes 4 or 16, see {@link parseAddress}.
 */
export function specialBlockOf(bytes: Uint8Array): string | undefined {
  const block = BLOCKS.find((candidate) => isWithin(bytes, candidate));
  if (block !== undefined) return block.name;
  return bytes.length === 16 && !isWithin(bytes, GLOBAL_UNICAST) ? 'unallocated' : undefined;
}

function isWithin(bytes: Uint8Array, { prefix, bits }: Block): boolean {
  if (bytes.length !== prefix.length) return false;
  return prefix.every((byte, index) => {
    const left = bits - 8 * index;
    const mask = left >= 8 ? 0xff : left <= 0 ? 0 : (0xff << (8 - left)) & 0xff;
    return ((bytes[index] ?? 0) & mask) === (byte & mask);
  });
}

function readBlock(text: string, name: string): Block {
  const [address = '', bits] = text.split('/');
  return { prefix: parseAddress(address) ?? new Uint8Array(), bits: Number(bits), name };
}
