import { type BlockList, isIP } from 'node:net';

const V4_MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const IPV6_GROUPS = 8;
/** Groups of an IPv6 address that name a customer's network (/64): one house, one limit. */
const IPV6_NETWORK_GROUPS = 4;

/** The IPv4 form of a v4-mapped address, any other address in lower case; undefined for what is no address. */
function canonicalAddress(text: string): string | undefined {
  const address = text.trim().toLowerCase().replace(/%.*$/, '');
  const mapped = V4_MAPPED.exec(address)?.[1];
  if (mapped !== undefined) return isIP(mapped) === 4 ? mapped : undefined;
  return isIP(address) === 0 ? undefined : address;
}

/** True for the address of a proxy whose headers are believed. @param peer address of the connection, or of a hop. */
export function isTrustedProxy(peer: string | undefined, trustedProxies: BlockList): boolean {
  const address = canonicalAddress(peer ?? '');
  return address !== undefined && trustedProxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Whose address a request comes from: the connection's, or what trusted proxies say of it. `X-Forwarded-For` is read
 * from the right, as long as each hop is a trusted proxy, so that nobody can write their own address into it (A9).
 * @param peer address of the connection. @param forwardedFor the header, as received.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: BlockList,
): string {
  let address = canonicalAddress(peer ?? '') ?? 'unknown';
  const hops = (forwardedFor ?? '').split(',').reverse();
  for (const hop of hops) {
    const before = canonicalAddress(hop);
    if (!isTrustedProxy(address, trustedProxies) || before === undefined) break;
    address = before;
  }
  return address;
}

/** What a limit counts by: an IPv4 address, or the /64 network of an IPv6 address. */
export function limitKey(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail = ''] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::')
    ? Array<string>(Math.max(0, IPV6_GROUPS - left.length - right.length)).fill('0')
    : [];
  const groups = [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.slice(0, IPV6_NETWORK_GROUPS).join(':')}::/64`;
}
