import { base64urlnopad } from '@scure/base';
import { CborError, CborReader } from './cbor-reader.js';

/** What a derived proof of `ecdsa-sd-2023` says of the base proof and of the parts it reveals. */
export interface Disclosure {
  /** r ‖ s of the issuer over proof options, `publicKey` and the mandatory parts. */
  readonly baseSignature: Uint8Array;
  /** Multikey, prefix and all, of the P-256 key that was made for this one credential. */
  readonly publicKey: Uint8Array;
  /** One by `publicKey` for each part that is not mandatory, in the order of the parts. */
  readonly signatures: readonly Uint8Array[];
  /** Label each blank node had when it was signed: that of `c14n0`, `c14n1`, … No two are equal. */
  readonly labels: readonly string[];
  /** Which parts, counted from 0, are mandatory. */
  readonly mandatoryIndexes: ReadonlySet<number>;
}

/** CBOR tag 0x5d00 and 0x5d01. @see https://www.w3.org/TR/vc-di-ecdsa/#parsederivedproofvalue */
const TAG = Uint8Array.of(0xd9, 0x5d);
const BASE = 0x00;
const DERIVED = 0x01;

/** Parts a credential may be revealed in; a rich badge has some two hundred. */
const MAX_PARTS = 2_048;
const MAX_LENGTH = 256 * 1024;

/**
 * Reads a `proofValue` of `ecdsa-sd-2023`.
 * @returns `base` for a base proof, which only its holder should have; undefined for anything that is neither.
 */
export function readSelectiveProofValue(text: string): Disclosure | 'base' | undefined {
  const bytes = text.length <= MAX_LENGTH ? decodeBase64UrlMultibase(text) : undefined;
  if (bytes === undefined || bytes[0] !== TAG[0] || bytes[1] !== TAG[1]) return undefined;
  if (bytes[2] === BASE) return 'base';
  return bytes[2] === DERIVED ? readDerived(bytes.subarray(3)) : undefined;
}

function decodeBase64UrlMultibase(text: string): Uint8Array | undefined {
  if (!text.startsWith('u')) return undefined;
  try {
    return base64urlnopad.decode(text.slice(1));
  } catch {
    return undefined;
  }
}

function readDerived(bytes: Uint8Array): Disclosure | undefined {
  try {
    const cbor = new CborReader(bytes);
    if (cbor.arrayLength(5) !== 5) return undefined;
    const baseSignature = cbor.bytes(64);
    const publicKey = cbor.bytes(35);
    const signatures = cbor.array(MAX_PARTS, () => cbor.bytes(64));
    const labelMap = cbor.map(MAX_PARTS, () => [cbor.unsigned(MAX_PARTS), cbor.bytes(32)] as const);
    const indexes = cbor.array(MAX_PARTS, () => cbor.unsigned(MAX_PARTS));
    cbor.end();
    const labels = readLabels(labelMap);
    const mandatoryIndexes = new Set(indexes);
    if (labels === undefined || mandatoryIndexes.size < indexes.length) return undefined;
    return { baseSignature, publicKey, signatures, labels, mandatoryIndexes };
  } catch (error) {
    if (error instanceof CborError) return undefined;
    throw error;
  }
}

/**
 * Keys must be 0 to n − 1, each once. Two blank nodes with one label would let the holder tear a signed node apart, so
 * that what was said of one thing is shown as said of two.
 */
function readLabels(map: readonly (readonly [number, Uint8Array])[]): readonly string[] | undefined {
  const labels: (string | undefined)[] = map.map(() => undefined);
  for (const [key, digest] of map) {
    if (key >= labels.length) return undefined;
    labels[key] = `u${base64urlnopad.encode(digest)}`;
  }
  const whole = labels.filter((label) => label !== undefined);
  return new Set(whole).size === map.length ? whole : undefined;
}

/** The parts of a document as they were signed. */
export interface DisclosedParts {
  /** Statements the issuer never lets go missing, as one text. */
  readonly mandatory: string;
  /** The other statements shown, each signed by itself. */
  readonly revealed: readonly string[];
}

/** Subject, predicate, object and graph of a canonical N-Quad; IRIs hold no white space. */
const QUAD = /^(\S+) (\S+) ("(?:[^"\\]|\\.)*"\S*|\S+)(?: (\S+))? \.$/u;
const CANONICAL_LABEL = /^_:c14n(0|[1-9][0-9]*)$/;

/**
 * Gives blank nodes back the labels they had when signed, and tells mandatory statements from others.
 * @param canonical N-Quads of the document shown.
 * @returns undefined when the proof does not describe this very document.
 * @see https://www.w3.org/TR/vc-di-ecdsa/#createverifydata
 */
export function disclosedParts(canonical: string, disclosure: Disclosure): DisclosedParts | undefined {
  const { labels, mandatoryIndexes, signatures } = disclosure;
  const seen = new Set<string>();
  const relabel = (term: string): string | undefined => {
    if (!term.startsWith('_:')) return term;
    const label = labels[Number(CANONICAL_LABEL.exec(term)?.[1] ?? Number.NaN)];
    if (label === undefined) return undefined;
    seen.add(label);
    return `_:${label}`;
  };
  const quads: string[] = [];
  for (const line of canonical.split('\n').slice(0, -1)) {
    const [, ...terms] = QUAD.exec(line) ?? [];
    const relabelled = terms.filter((term) => term !== undefined).map(relabel);
    if (relabelled.length < 3 || relabelled.includes(undefined)) return undefined;
    quads.push(`${relabelled.join(' ')} .\n`);
  }
  // By UTF-16 units, as the canonicalisation library and the suite's own implementation sort.
  quads.sort();
  const mandatory = quads.filter((_, index) => mandatoryIndexes.has(index));
  const revealed = quads.filter((_, index) => !mandatoryIndexes.has(index));
  const fits =
    seen.size === labels.length && mandatory.length === mandatoryIndexes.size && revealed.length === signatures.length;
  return fits ? { mandatory: mandatory.join(''), revealed } : undefined;
}
