import type { HostResolver } from '../ports/host-resolver.js';
import { parseAddress } from './address.js';
import { refused, unreachable } from './fetch-stop.js';
import type { OutboundUrl } from './outbound-url.js';
import { specialBlockOf } from './special-addresses.js';
import { inTime } from './time-limit.js';

/** An address that was checked: the only thing ever connected to. */
export interface CheckedAddress {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** Addresses tried before a host counts as unreachable. */
const MAX_TRIED = 2;

/**
 * Asks for a host's addresses, once, and checks every one of them: a single address that is not public condemns the
 * name (S3). The connection then goes to these and is never resolved again (S4).
 * @returns one or two addresses, one of each kind when the host has both.
 * @throws {FetchStop}
 */
export async function chooseAddresses(
  { host, isAddress }: OutboundUrl,
  options: { readonly dns: HostResolver; readonly milliseconds: number; readonly signal: AbortSignal },
): Promise<readonly CheckedAddress[]> {
  const texts = isAddress ? [host] : await ask(host, options);
  const addresses = texts.map((text) => ({ text, bytes: parseAddress(text) ?? new Uint8Array() }));
  if (addresses.length === 0) throw unreachable('name-not-resolved');
  if (addresses.some(({ bytes }) => bytes.length === 0 || specialBlockOf(bytes) !== undefined)) {
    throw refused('address-not-public');
  }
  const [older, newer] = [4, 16].map((length) => addresses.filter(({ bytes }) => bytes.length === length));
  const firsts = [older?.[0], newer?.[0], older?.[1], newer?.[1]];
  return firsts.filter((address) => address !== undefined).slice(0, MAX_TRIED);
}

async function ask(
  host: string,
  { dns, milliseconds, signal }: Parameters<typeof chooseAddresses>[1],
): Promise<readonly string[]> {
  const limit = { milliseconds, stop: unreachable('name-not-resolved'), within: signal };
  return inTime(limit, async (within) => {
    try {
      return await dns.addressesOf(host, within);
    } catch (error) {
      throw unreachable('name-not-resolved', error);
    }
  });
}
