import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import type { JsonObject } from '../../src/ports/json.js';
import { testContexts } from '../support/contexts.js';

/** Somebody with a did:key nobody has heard of, who signs with the libraries of others. */
export interface Stranger {
  readonly did: string;
  present(
    presentation: JsonObject,
    asked: { readonly challenge: string; readonly domain?: string },
  ): Promise<JsonObject>;
  issue(credential: JsonObject): Promise<JsonObject>;
}

export async function createStranger(
  suiteName: 'eddsa-rdfc-2022' | 'Ed25519Signature2020' = 'eddsa-rdfc-2022',
): Promise<Stranger> {
  const key = await Ed25519Multikey.generate();
  const did = `did:key:${key.publicKeyMultibase}`;
  key.controller = did;
  key.id = `${did}#${key.publicKeyMultibase}`;
  const contexts = await testContexts();
  const documentLoader = async (url: string) => {
    const document = contexts.get(url);
    if (document === undefined) throw new Error(`not pinned: ${url}`);
    return { contextUrl: null, documentUrl: url, document };
  };
  const suite = () =>
    suiteName === 'eddsa-rdfc-2022'
      ? new DataIntegrityProof({ signer: key.signer(), cryptosuite })
      : new Ed25519Signature2020({ signer: key.signer() });
  return {
    did,
    present: async (presentation, asked) =>
      (await vc.signPresentation({
        presentation: structuredClone(presentation),
        suite: suite(),
        documentLoader,
        ...asked,
      })) as JsonObject,
    issue: async (credential) =>
      (await vc.issue({ credential: structuredClone(credential), suite: suite(), documentLoader })) as JsonObject,
  };
}
