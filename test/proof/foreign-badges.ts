import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import { cryptosuite as ecdsaRdfc2019 } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import * as ecdsaSd2023 from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import { createSignCryptosuite as eddsaJcs2022 } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { derive, issue } from '@digitalbazaar/vc';
import { isJsonObject, type JsonObject } from '../../src/ports/json.js';
import { formatInstant } from '../../src/text/instant.js';
import { testContexts } from '../support/contexts.js';
import { CREATED, fixedKey, sampleBadge } from './badge.js';

/** A badge somebody else signed, and the key to check it with. */
export interface ForeignBadge {
  readonly document: JsonObject;
  readonly proof: JsonObject;
  readonly publicKeyMultibase: string;
}

export type ForeignSuite =
  | 'eddsa-rdfc-2022'
  | 'eddsa-jcs-2022'
  | 'ecdsa-rdfc-2019 with P-256'
  | 'ecdsa-rdfc-2019 with P-384'
  | 'ecdsa-sd-2023';

export const FOREIGN_SUITES: readonly ForeignSuite[] = [
  'eddsa-rdfc-2022',
  'eddsa-jcs-2022',
  'ecdsa-rdfc-2019 with P-256',
  'ecdsa-rdfc-2019 with P-384',
  'ecdsa-sd-2023',
];

/** What a holder of a selective badge must show, and what else is shown in these tests; role and term stay hidden. */
export const MANDATORY = ['/issuer', '/validFrom', '/credentialStatus', '/credentialSubject/achievement'];
export const SHOWN = ['/id', '/name', '/credentialSubject/creditsEarned', '/evidence/0', '/evidence/1/narrative'];

/** A badge in VCDM 2.0, smaller than ours, whose every kind of value is there once. */
export function foreignBadge(): JsonObject {
  const { credentialSubject, credentialSchema: _, description: __, ...badge } = sampleBadge();
  const { achievement, result, identifier: ___, ...subject } = isJsonObject(credentialSubject) ? credentialSubject : {};
  const { resultDescription: ____, tag: _____, ...rest } = isJsonObject(achievement) ? achievement : {};
  return {
    ...badge,
    credentialSubject: { ...subject, result: Array.isArray(result) ? (result[0] ?? null) : null, achievement: rest },
  };
}

/** The same in VCDM 1.1, with a context for its proof. */
export function olderBadge(dataIntegrity: 'v1' | 'v2'): JsonObject {
  const { validFrom, credentialStatus: _, awardedDate: __, ...badge } = foreignBadge();
  return {
    ...badge,
    '@context': [
      'https://www.w3.org/2018/credentials/v1',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
      `https://w3id.org/security/data-integrity/${dataIntegrity}`,
    ],
    issuanceDate: validFrom ?? null,
  };
}

/**
 * Signs with the libraries of Digital Bazaar and nothing of ours but, for Ed25519, the key.
 * @param did whose key it is, where it is not that of the key's own `did:key`.
 */
export async function signForeign(credential: JsonObject, suite: ForeignSuite, did?: string): Promise<ForeignBadge> {
  if (suite === 'ecdsa-sd-2023') return deriveFrom(await signSelectively(credential, did), SHOWN);
  const key = await foreignKey(suite, did);
  return signedBy(credential, key, suiteOf(suite));
}

/** A base proof: what an issuer gives the holder. */
export async function signSelectively(credential: JsonObject, did?: string): Promise<ForeignBadge> {
  const mandatoryPointers = MANDATORY.filter((pointer) => (pointer.split('/')[1] ?? '') in credential);
  const key = await foreignKey('ecdsa-sd-2023', did);
  return signedBy(credential, key, ecdsaSd2023.createSignCryptosuite({ mandatoryPointers }));
}

/** What the holder shows of it. */
export async function deriveFrom(base: ForeignBadge, selectivePointers: readonly string[]): Promise<ForeignBadge> {
  const cryptosuite = ecdsaSd2023.createDiscloseCryptosuite({ selectivePointers });
  const derived = await derive({
    verifiableCredential: structuredClone(base.document),
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader: await loader(),
  });
  return withProof(derived, base.publicKeyMultibase);
}

interface ForeignKey {
  readonly publicKeyMultibase: string;
  readonly signer: { id: string; algorithm: string; sign(request: { data: Uint8Array }): Promise<Uint8Array> };
}

async function foreignKey(suite: ForeignSuite, did?: string): Promise<ForeignKey> {
  if (suite.startsWith('eddsa')) {
    const { key, signer } = fixedKey();
    const { verificationMethod, publicKeyMultibase } = key;
    const sign = async ({ data }: { data: Uint8Array }) =>
      (await signer.sign({ verificationMethod, messages: [data] }))[0] ?? new Uint8Array();
    return { publicKeyMultibase, signer: { id: verificationMethod, algorithm: 'Ed25519', sign } };
  }
  const pair = await EcdsaMultikey.generate({ curve: suite.endsWith('P-384') ? 'P-384' : 'P-256' });
  const { publicKeyMultibase } = pair;
  pair.controller = did ?? `did:key:${publicKeyMultibase}`;
  pair.id = `${pair.controller}#${publicKeyMultibase}`;
  return { publicKeyMultibase, signer: pair.signer() };
}

function suiteOf(suite: ForeignSuite) {
  if (suite === 'eddsa-rdfc-2022') return eddsaRdfc2022;
  return suite === 'eddsa-jcs-2022' ? eddsaJcs2022() : ecdsaRdfc2019;
}

async function signedBy(
  credential: JsonObject,
  { signer, publicKeyMultibase }: ForeignKey,
  cryptosuite: ConstructorParameters<typeof DataIntegrityProof>[0]['cryptosuite'],
): Promise<ForeignBadge> {
  const date = formatInstant(CREATED);
  const signed = await issue({
    credential: structuredClone(credential),
    suite: new DataIntegrityProof({ signer, date, cryptosuite, legacyContext: usesLegacyContext(credential) }),
    documentLoader: await loader(),
    now: date,
  });
  return withProof(signed, publicKeyMultibase);
}

/** The library writes data-integrity/v2 unless told otherwise; a document with both contexts is none. */
function usesLegacyContext({ '@context': context }: JsonObject): boolean {
  return Array.isArray(context) && context.includes('https://w3id.org/security/data-integrity/v1');
}

function withProof(signed: unknown, publicKeyMultibase: string): ForeignBadge {
  const document: unknown = JSON.parse(JSON.stringify(signed));
  const proof = isJsonObject(document) ? document['proof'] : undefined;
  if (!isJsonObject(document) || !isJsonObject(proof)) throw new Error('the library signed nothing');
  return { document, proof, publicKeyMultibase };
}

async function loader() {
  const contexts = await testContexts();
  return async (url: string) => {
    const document = contexts.get(url);
    if (document === undefined) throw new Error(`${url} is not here`);
    return { contextUrl: null, documentUrl: url, document };
  };
}
