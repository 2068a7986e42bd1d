import type { RefusedDetail } from '../ports/fetcher.js';
import { parseAddress } from './address.js';
import { specialBlockOf } from './special-addresses.js';

/** A URL that may be asked, taken apart once. */
export interface OutboundUrl {
  /** As the parser writes it, without fragment. */
  readonly href: string;
  /** `https://host:port`, the port left out when it is 443. */
  readonly origin: string;
  /** A name in ASCII, or an address without brackets. */
  readonly host: string;
  readonly isAddress: boolean;
  readonly port: number;
  /** Path and query, as sent. */
  readonly path: string;
  /** The `Host` header. */
  readonly authority: string;
}

export type OutboundUrlReading =
  | { readonly ok: true; readonly url: OutboundUrl }
  | { readonly ok: false; readonly detail: RefusedDetail };

export interface OutboundUrlRules {
  readonly allowedPorts: readonly number[];
  /** Origins of the house itself (`https://badges.univ.example`). */
  readonly ownOrigins: readonly string[];
  /** In characters. */
  readonly maxUrlLength: number;
}

/** Controls, spaces of every kind, marks without width, halves of characters, and the backslash parsers turn round. */
const FORBIDDEN = /[\p{C}\p{Z}\\]/u;
/** What the URL parser would repair is refused: missing slashes, an empty host, anything before an `@`. */
const PLAIN_AUTHORITY = /^https:\/\/[^/?#@]+(?:[/?#]|$)/i;
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** At least two labels, no trailing dot. */
const HOST_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})+$`);
const MAX_HOST_LENGTH = 253;
/** Names that mean something on this machine or this network only (RFC 6761, 6762, 7686, 8375 and `internal`). */
const LOCAL_NAME = /\.(?:localhost|local|internal|onion|home\.arpa)$/;

/**
 * Reads a URL that is to be asked, strictly (S1, S2, S6, S7). What names an address is judged by its bytes, after the
 * parser has undone every other spelling (`2130706433`, full-width dots, `%2e`); a name is judged again once resolved.
 * @see https://url.spec.whatwg.org/#host-parsing
 */
export function readOutboundUrl(text: string, rules: OutboundUrlRules): OutboundUrlReading {
  const no = (detail: RefusedDetail): OutboundUrlReading => ({ ok: false, detail });
  if (text.length > rules.maxUrlLength || FORBIDDEN.test(text) || !URL.canParse(text)) return no('malformed-url');
  const url = new URL(text);
  if (url.protocol !== 'https:') return no('scheme-not-allowed');
  url.hash = '';
  if (!PLAIN_AUTHORITY.test(text) || url.href.length > rules.maxUrlLength) return no('malformed-url');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const bytes = parseAddress(host);
  if (bytes === undefined ? !isPublicName(host) : specialBlockOf(bytes) !== undefined) {
    return no(bytes === undefined ? 'host-not-allowed' : 'address-not-public');
  }
  const port = Number(url.port || 443);
  if (!rules.allowedPorts.includes(port)) return no('port-not-allowed');
  if (rules.ownOrigins.some((own) => URL.canParse(own) && isSameHost(new URL(own), url))) return no('own-address');
  return {
    ok: true,
    url: {
      href: url.href,
      origin: url.origin,
      host,
      isAddress: bytes !== undefined,
      port,
      path: url.pathname + url.search,
      authority: url.host,
    },
  };
}

function isPublicName(host: string): boolean {
  return host.length <= MAX_HOST_LENGTH && HOST_NAME.test(host) && !LOCAL_NAME.test(host);
}

/** The same host and port; an `http` origin on its own port counts for the `https` one beside it. */
function isSameHost(own: URL, asked: URL): boolean {
  return own.hostname === asked.hostname && own.port === asked.port;
}
