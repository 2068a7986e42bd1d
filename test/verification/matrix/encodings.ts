import { base58 } from '@scure/base';
import { isJsonObject, type Json, type JsonObject } from '../../../src/ports/json.js';
import { listAt, withMember } from '../house.js';
import type { Mutation } from './mutations.js';

/** The group orders of Ed25519, P-256 and P-384, by the bytes of a number in a signature. */
const ED25519_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const ECDSA_ORDERS: Readonly<Record<number, bigint>> = {
  32: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  48: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
};

/** Other texts and bytes for the signature of each proof: none may count for more than the right one. */
export function* signatureMutations(document: JsonObject): Generator<Mutation> {
  const proofs: readonly Json[] = Array.isArray(document['proof'])
    ? listAt(document, 'proof')
    : [document['proof'] ?? null];
  for (const [index, proof] of proofs.entries()) {
    if (!isJsonObject(proof)) continue;
    const path = Array.isArray(document['proof']) ? ['proof', index, 'proofValue'] : ['proof', 'proofValue'];
    const text = String(proof['proofValue']);
    const isStrangers =
      proof['verificationMethod'] !== undefined && String(proof['verificationMethod']).includes('stranger');
    for (const [name, other] of otherTexts(text)) {
      const kind = isStrangers ? 'form' : 'fact';
      yield { name: `${path.join('/')} ${name}`, kind, document: withMember(document, path, other) };
    }
    for (const [name, bytes] of text.startsWith('z') ? otherNumbers(base58.decode(text.slice(1)), proof) : []) {
      // Of ECDSA, n − s is as good a signature as s: the suite asks for neither, and it says the same.
      const kind = isStrangers || name === 'n − s' ? 'form' : 'fact';
      yield {
        name: `${path.join('/')} ${name}`,
        kind,
        document: withMember(document, path, `z${base58.encode(bytes)}`),
      };
    }
  }
}

/** Texts that are not this one, some of which stand for the same bytes somewhere. */
export function* otherTexts(text: string): Generator<readonly [string, string]> {
  yield ['empty', ''];
  yield ['cut short', text.slice(0, -1)];
  yield ['with one more character', `${text}1`];
  yield ['with a space', `${text} `];
  yield ['padded', `${text}=`];
  yield ['after a space', ` ${text}`];
  yield ['with a newline', `${text}\n`];
  if (text.startsWith('z')) {
    const bytes = base58.decode(text.slice(1));
    yield ['without its prefix', text.slice(1)];
    yield ['with a zero byte before it', `z1${text.slice(1)}`];
    yield ['in hexadecimal', `f${Buffer.from(bytes).toString('hex')}`];
    yield ['in base64', `m${Buffer.from(bytes).toString('base64').replaceAll('=', '')}`];
    yield ['in base64url', `u${Buffer.from(bytes).toString('base64url')}`];
    yield ['in two halves', `z${base58.encode(bytes.subarray(0, 32))}`];
    for (let bit = 0; bit < bytes.length * 8; bit += 1) yield [`bit ${bit}`, `z${base58.encode(withBit(bytes, bit))}`];
    return;
  }
  const body = text.slice(1);
  const bytes = Buffer.from(body, 'base64url');
  yield ['in base64', `m${bytes.toString('base64').replaceAll('=', '')}`];
  yield ['in base58', `z${base58.encode(bytes)}`];
  yield ['in the other alphabet', `u${bytes.toString('base64').replaceAll('=', '')}+`];
  for (let bit = 0; bit < bytes.length * 8; bit += 3) {
    yield [`bit ${bit}`, `u${Buffer.from(withBit(bytes, bit)).toString('base64url')}`];
  }
}

function* otherNumbers(signature: Uint8Array, proof: JsonObject): Generator<readonly [string, Uint8Array]> {
  const size = signature.length / 2;
  const [r, s] = [signature.subarray(0, size), signature.subarray(size)];
  const ecdsaOrder = ECDSA_ORDERS[size];
  if (String(proof['cryptosuite']).startsWith('ecdsa') && ecdsaOrder !== undefined) {
    yield ['n − s', joined(r, bigEndian(ecdsaOrder - numberOf(s), size))];
    yield ['s of zero', joined(r, new Uint8Array(size))];
    yield ['r of zero', joined(new Uint8Array(size), s)];
    yield ['s and r exchanged', joined(s, r)];
    return;
  }
  const little = numberOf(s.toReversed());
  for (const times of [1n, 2n, 15n]) {
    const higher = little + times * ED25519_ORDER;
    if (higher < 2n ** 256n) yield [`s + ${times} L`, joined(r, bigEndian(higher, 32).toReversed())];
  }
  yield ['s of zero', joined(r, new Uint8Array(32))];
  yield ['r the neutral point, s zero', joined(Uint8Array.of(1, ...new Uint8Array(31)), new Uint8Array(32))];
}

export function withBit(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
}

function bigEndian(value: bigint, size: number): Uint8Array {
  return new Uint8Array(Buffer.from(value.toString(16).padStart(2 * size, '0'), 'hex'));
}
