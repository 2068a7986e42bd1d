import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue, verifyCredential } from '@digitalbazaar/vc';
import jsonld from 'jsonld';
import { composeDidDocument } from '../../src/keys/did-document.js';
import { isJsonObject, type JsonObject } from '../../src/ports/json.js';
import type { ProofSuite } from '../../src/proof/suites.js';
import { formatInstant } from '../../src/text/instant.js';
import { testContexts } from '../support/contexts.js';
import { CREATED, fixedKey, ISSUER } from './badge.js';

/** A document loader for the libraries: pinned contexts, the issuer's DID document and its one key. */
export async function libraryLoader(did = ISSUER) {
  const contexts = await testContexts();
  const { key } = fixedKey(did);
  const didDocument = composeDidDocument({ did, keys: [key] });
  const methods = didDocument['verificationMethod'];
  const method = Array.isArray(methods) && isJsonObject(methods[0]) ? methods[0] : {};
  const multikey = { '@context': 'https://w3id.org/security/multikey/v1', ...method };
  return async (url: string) => {
    const document = url === did ? didDocument : url === key.verificationMethod ? multikey : contexts.get(url);
    if (document === undefined) throw new Error(`${url} is not here`);
    return { contextUrl: null, documentUrl: url, document };
  };
}

/** Asks @digitalbazaar/vc, with one suite and nothing of ours but the documents. */
export async function verifyWithLibrary(credential: JsonObject, suite: ProofSuite): Promise<{ verified: boolean }> {
  const { verified } = await verifyCredential({
    credential: structuredClone(credential),
    suite: suite === 'eddsa-rdfc-2022' ? new DataIntegrityProof({ cryptosuite }) : new Ed25519Signature2020(),
    documentLoader: await libraryLoader(),
    now: formatInstant(CREATED + 60_000),
    checkStatus: async () => ({ verified: true }),
  });
  return { verified };
}

/** Signs with @digitalbazaar/vc, with nothing of ours but the key. */
export async function signWithLibrary(credential: JsonObject, suite: ProofSuite): Promise<JsonObject> {
  const { key, signer } = fixedKey();
  const adapter = {
    id: key.verificationMethod,
    algorithm: 'Ed25519',
    async sign({ data }: { data: Uint8Array }) {
      const [signature = new Uint8Array()] = await signer.sign({ verificationMethod: adapter.id, messages: [data] });
      return signature;
    },
  };
  const date = formatInstant(CREATED);
  const signed: unknown = await issue({
    credential: structuredClone(credential),
    suite:
      suite === 'eddsa-rdfc-2022'
        ? new DataIntegrityProof({ signer: adapter, date, cryptosuite })
        : new Ed25519Signature2020({ signer: adapter, date }),
    documentLoader: await libraryLoader(),
    now: date,
  });
  if (!isJsonObject(signed)) throw new Error('the library signed nothing');
  return signed;
}

/** jsonld's own canonical form, asked for without any code of ours but the file reader. */
export async function canonizeFromScratch(document: object): Promise<string> {
  return jsonld.canonize(document, {
    base: null,
    safe: true,
    rdfDirection: 'i18n-datatype',
    documentLoader: await libraryLoader(),
    canonizeOptions: { algorithm: 'RDFC-1.0', format: 'application/n-quads', maxWorkFactor: 1, signal: null },
  });
}
