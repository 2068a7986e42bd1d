/**
 * did:web, from the DID to the URL of its document. Strict on purpose (S7): what is no plain host name and no plain
 * path segment is refused, never repaired.
 * @see https://w3c-ccg.github.io/did-method-web/#read-resolve
 */
const PREFIX = 'did:web:';
const WELL_KNOWN = '/.well-known/did.json';
const DOCUMENT = '/did.json';
const MAX_LENGTH = 2048;

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOST = new RegExp(`^(${LABEL}(?:\\.${LABEL})*)(?:%3a([1-9][0-9]{0,4}))?$`, 'i');
/** A last label that URL parsers take for part of an IPv4 address: the method allows names only. */
const NUMERIC_LABEL = /(^|\.)([0-9]+|0x[0-9a-f]*)$/i;
const SEGMENT = /^[\p{L}\p{N}._~-]+$/u;

/** Where the document of a did:web is; undefined when the text is no did:web. */
export function didWebUrl(did: string): string | undefined {
  if (!did.startsWith(PREFIX) || did.length > MAX_LENGTH) return undefined;
  const [host = '', ...parts] = did.slice(PREFIX.length).split(':');
  const [, name, port] = HOST.exec(host) ?? [];
  if (name === undefined || name.length > 253 || NUMERIC_LABEL.test(name) || Number(port ?? 1) > 65_535)
    return undefined;
  const segments = parts.map(readSegment);
  if (!segments.every((segment) => segment !== undefined)) return undefined;
  const authority = name.toLowerCase() + (port === undefined ? '' : `:${port}`);
  const path = segments.map((segment) => `/${encodeURIComponent(segment)}`).join('');
  return `https://${authority}${path === '' ? WELL_KNOWN : path + DOCUMENT}`;
}

/** Decodes once; what would still be encoded, or would change the path, is refused. */
function readSegment(part: string): string | undefined {
  let segment: string;
  try {
    segment = decodeURIComponent(part);
  } catch {
    return undefined;
  }
  return SEGMENT.test(segment) && segment !== '.' && segment !== '..' ? segment : undefined;
}
