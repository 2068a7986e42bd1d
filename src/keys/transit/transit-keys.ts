import { type KeyObject, verify } from 'node:crypto';
import { base64 } from '@scure/base';
import type { KeyStore } from '../../ports/key-store.js';
import { type Signer, SignerError, type SigningAlgorithm } from '../../ports/signer.js';
import { readMultikey } from '../../proof/multikey.js';
import { describePublicKey } from '../key-pair.js';
import {
  readTransitPublicKey,
  readTransitSignature,
  TRANSIT_TYPES,
  type TransitKey,
  zSigned,
  zTransitKey,
} from './answers.js';
import type { AskTransit, TransitAnswer } from './request.js';

/** Messages a request carries. */
const BATCH = 200;
const ALGORITHMS: readonly SigningAlgorithm[] = ['Ed25519', 'ES256'];

/** One version of a key of the service: a key pair of its own. */
interface KnownKey {
  /** Its name there. */
  readonly name: string;
  readonly version: number;
  readonly algorithm: SigningAlgorithm;
  readonly publicKeyMultibase: string;
  readonly publicKey: KeyObject;
}

export interface TransitOptions {
  readonly ask: AskTransit;
  /** What every name of a key begins with there, so that houses may share a service. */
  readonly prefix: string;
  /** Slugs of the issuers whose keys may be there. */
  readonly issuers: () => Promise<readonly string[]>;
}

/**
 * Keys in the Transit engine of HashiCorp Vault or OpenBao, which may keep them in an HSM. An issuer has one named key of
 * each kind there, `<prefix><slug>-ed25519` and `<prefix><slug>-ecdsa-p256`; each key pair of ours is one version of it,
 * found again by its public half, so nothing about it is kept here. Signatures are asked for of that version, many in one
 * call, and none is used before it was checked against the public half it is wanted for.
 * @see https://openbao.org/api-docs/secret/transit/
 */
export function createTransitKeys({ ask, prefix, issuers }: TransitOptions): { readonly signer: Signer } & KeyStore {
  const known = new Map<string, KnownKey>();
  const nameOf = (issuer: string, algorithm: SigningAlgorithm) => `${prefix}${issuer}-${TRANSIT_TYPES[algorithm]}`;

  /** Asks, and has every failure told as the signer's, without the words of the answer. */
  async function asked(what: string, request: Parameters<AskTransit>, ok: readonly number[]): Promise<TransitAnswer> {
    let answer: TransitAnswer;
    try {
      answer = await ask(...request);
    } catch (cause) {
      throw new SignerError(what, 'the key service cannot be reached, or did not answer in time', { cause });
    }
    if (ok.includes(answer.status)) return answer;
    throw new SignerError(what, `the key service answered with status ${answer.status}`);
  }

  /** A named key as it stands, its versions learnt; undefined where there is none. */
  async function readKey(issuer: string, algorithm: SigningAlgorithm): Promise<TransitKey | undefined> {
    const name = nameOf(issuer, algorithm);
    const answer = await asked(name, ['GET', `/keys/${name}`], [200, 404]);
    if (answer.status === 404) return undefined;
    const read = zTransitKey.safeParse(answer.body);
    if (!read.success || read.data.data.type !== TRANSIT_TYPES[algorithm] || !read.data.data.supports_signing) {
      throw new SignerError(name, `the key service has no ${algorithm} key under that name`);
    }
    const key = read.data.data;
    for (const [version, described] of Object.entries(key.keys)) {
      if (described !== undefined) learn(described.public_key, { name, version: Number(version), algorithm });
    }
    return key;
  }

  function learn(text: string, place: Pick<KnownKey, 'name' | 'version' | 'algorithm'>): void {
    const publicKey = readTransitPublicKey(text);
    const described = publicKey === undefined ? undefined : describePublicKey(publicKey);
    if (publicKey === undefined || described?.algorithm !== place.algorithm) return;
    const { publicKeyMultibase } = described;
    // A point one may not trust is no key of ours, whoever says so.
    if (readMultikey(publicKeyMultibase).ok) known.set(publicKeyMultibase, { ...place, publicKeyMultibase, publicKey });
  }

  async function findKey(verificationMethod: string): Promise<KnownKey> {
    const multibase = /^did:[^#]+#(z[1-9A-HJ-NP-Za-km-z]+)$/.exec(verificationMethod)?.[1] ?? '';
    if (!known.has(multibase)) {
      for (const issuer of await issuers()) for (const algorithm of ALGORITHMS) await readKey(issuer, algorithm);
    }
    const key = known.get(multibase);
    if (key === undefined) throw new SignerError(verificationMethod, `the key service has no ${verificationMethod}`);
    return key;
  }

  async function signBatch(
    verificationMethod: string,
    { key, messages }: { readonly key: KnownKey; readonly messages: readonly Uint8Array[] },
  ): Promise<Uint8Array[]> {
    const body = {
      key_version: key.version,
      batch_input: messages.map((message) => ({ input: base64.encode(message) })),
      ...(key.algorithm === 'Ed25519' ? {} : { hash_algorithm: 'sha2-256', marshaling_algorithm: 'jws' }),
    };
    const answer = await asked(verificationMethod, ['POST', `/sign/${key.name}`, body], [200]);
    const results = zSigned.safeParse(answer.body).data?.data.batch_results ?? [];
    if (results.length !== messages.length) {
      throw new SignerError(verificationMethod, 'the key service did not answer each message');
    }
    return messages.map((message, index) => {
      const signature = readTransitSignature(results[index]?.signature, key.version);
      if (signature === undefined || !holds(key, message, signature)) {
        throw new SignerError(
          verificationMethod,
          'the key service gave a signature that does not hold: nothing is signed',
        );
      }
      return signature;
    });
  }

  return {
    signer: {
      async sign({ verificationMethod, messages }) {
        const key = await findKey(verificationMethod);
        const signatures: Uint8Array[] = [];
        for (let start = 0; start < messages.length; start += BATCH) {
          const batch = messages.slice(start, start + BATCH);
          signatures.push(...(await signBatch(verificationMethod, { key, messages: batch })));
        }
        return signatures;
      },
      async canSign(verificationMethod) {
        try {
          const { name, version } = await findKey(verificationMethod);
          const answer = await asked(name, ['GET', `/keys/${name}`], [200]);
          const key = zTransitKey.safeParse(answer.body).data?.data;
          return key?.keys[String(version)] !== undefined && version >= key.min_encryption_version;
        } catch (error) {
          if (error instanceof SignerError) return false;
          throw error;
        }
      },
    },
    async create(issuer, algorithm) {
      const name = nameOf(issuer, algorithm);
      // A name that is there gets one more version; one that is not gets its first.
      const present = await readKey(issuer, algorithm);
      if (present === undefined) {
        const wanted = { type: TRANSIT_TYPES[algorithm], exportable: false, allow_plaintext_backup: false };
        await asked(name, ['POST', `/keys/${name}`, wanted], [200, 204]);
      } else {
        await asked(name, ['POST', `/keys/${name}/rotate`, {}], [200, 204]);
      }
      const version = (await readKey(issuer, algorithm))?.latest_version;
      const made = [...known.values()].find((key) => key.name === name && key.version === version);
      if (made === undefined || made.version === present?.latest_version) {
        throw new SignerError(name, 'the key service made no key that can be used');
      }
      return { publicKeyMultibase: made.publicKeyMultibase };
    },
  };
}

function holds({ algorithm, publicKey }: KnownKey, message: Uint8Array, signature: Uint8Array): boolean {
  return algorithm === 'Ed25519'
    ? signature.length === 64 && verify(null, message, publicKey, signature)
    : signature.length === 64 && verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
}
