import { createHash } from 'node:crypto';
import { composeDidDocument } from '../../src/keys/did-document.js';
import { createNodeCrypto } from '../../src/platform/node-crypto.js';
import { isJsonObject, type Json, type JsonObject } from '../../src/ports/json.js';
import type { OwnState, Resolver, SecuredDocument } from '../../src/ports/resolver.js';
import { canonize } from '../../src/proof/canonize.js';
import { encodeBase58Multibase } from '../../src/proof/multibase.js';
import { listProofs } from '../../src/proof/read-proof.js';
import { addProofs } from '../../src/proof/sign.js';
import { PROOF_SUITES, type ProofSuite } from '../../src/proof/suites.js';
import { createProofVerifier } from '../../src/proof/verify-proof.js';
import { createBitstring, withBit } from '../../src/status/bitstring.js';
import { encodeStatusList } from '../../src/status/encoded-list.js';
import { composeStatusListCredential } from '../../src/status/list-credential.js';
import type { VerificationInput } from '../../src/verification/checks/parse.js';
import type { Recipient } from '../../src/verification/recipient.js';
import type { CheckId, CheckResult, VerificationReport } from '../../src/verification/report.js';
import { verifyCredential } from '../../src/verification/verify-credential.js';
import { CREATED, fixedKey, ISSUER, sampleBadge } from '../proof/badge.js';
import { testContexts } from '../support/contexts.js';

export { CREATED, ISSUER } from '../proof/badge.js';

export const crypto = createNodeCrypto();
export const LIST_URL = 'https://badges.univ.example/status/list';
export const INDEX = 94_567;
export const REPORT_URL = 'https://badges.univ.example/evidence/rapport';
export const REPORT_BYTES = new TextEncoder().encode('Rapport de fin de mission');
const sri = (bytes: Uint8Array) => `sha256-${createHash('sha256').update(bytes).digest('base64')}`;

/** A badge with every kind of member ours have: levels, values, evidence pinned by digest, identity, status, dates. */
export function fullBadge(): JsonObject {
  const badge = sampleBadge();
  const subject = objectAt(badge, 'credentialSubject');
  const achievement = objectAt(subject, 'achievement');
  const hours = 'https://badges.univ.example/achievements/demo/1#hours';
  return {
    ...badge,
    validUntil: '2036-11-22T09:30:15Z',
    issuer: {
      ...objectAt(badge, 'issuer'),
      address: { type: ['Address'], addressCountryCode: 'FR' },
      parentOrg: { id: 'https://univ.example/', type: ['Profile'], name: 'Université d’essai' },
    },
    credentialSubject: {
      ...subject,
      achievement: {
        ...achievement,
        resultDescription: [
          ...listAt(achievement, 'resultDescription'),
          {
            id: hours,
            type: ['ResultDescription'],
            name: 'Heures',
            resultType: 'RawScore',
            valueMin: '0',
            valueMax: '300',
          },
        ],
      },
      result: [...listAt(subject, 'result'), { type: ['Result'], resultDescription: hours, value: '62.5' }],
    },
    evidence: [{ id: REPORT_URL, type: ['Evidence'], name: 'Rapport final' }, ...listAt(badge, 'evidence')],
    relatedResource: [{ id: REPORT_URL, digestSRI: sri(REPORT_BYTES), mediaType: 'application/pdf' }],
  };
}

export function objectAt(value: JsonObject, member: string): JsonObject {
  const inner = value[member];
  if (!isJsonObject(inner)) throw new Error(`${member} is no object`);
  return inner;
}

export function listAt(value: JsonObject, member: string): readonly Json[] {
  const inner = value[member];
  if (!Array.isArray(inner)) throw new Error(`${member} is no list`);
  return inner;
}

/** A copy with one place changed; `undefined` takes it away. @param path member names and indexes from the top. */
export function withMember(
  document: JsonObject,
  path: readonly (string | number)[],
  value: Json | undefined,
): JsonObject {
  const copy = structuredClone(document);
  let place: unknown = copy;
  for (const step of path.slice(0, -1)) place = Reflect.get(Object(place), step);
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(Object(place), last);
  else Reflect.set(Object(place), last, value);
  return copy;
}

/** Signs with the fixed key of an issuer. */
export async function sign(
  credential: JsonObject,
  { suites = PROOF_SUITES, did = ISSUER }: { readonly suites?: readonly ProofSuite[]; readonly did?: string } = {},
): Promise<JsonObject> {
  return onceFor(['sign', credential, suites, did], async () =>
    addProofs({ credential, suites, ...fixedKey(did), contexts: await testContexts(), created: CREATED }),
  );
}

const signed = new Map<string, Promise<JsonObject>>();

/** Ed25519 gives the same question the same answer: what was signed once in a file is not canonicalised again. */
async function onceFor(question: Json, answer: () => Promise<JsonObject>): Promise<JsonObject> {
  const key = JSON.stringify(question);
  const known = signed.get(key) ?? answer();
  signed.set(key, known);
  return structuredClone(await known);
}

/** Signs by the letter of the suite, whatever the proof's options are. @see https://www.w3.org/TR/vc-di-eddsa/#proof-configuration-eddsa-rdfc-2022 */
export async function signWith(credential: JsonObject, options: JsonObject, did = ISSUER): Promise<JsonObject> {
  return onceFor(['by the letter', credential, options, did], () => signByTheLetter(credential, options, did));
}

async function signByTheLetter(credential: JsonObject, options: JsonObject, did: string): Promise<JsonObject> {
  const { key, signer } = fixedKey(did);
  const contexts = await testContexts();
  const proof = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: '2026-11-22T09:30:15Z',
    verificationMethod: key.verificationMethod,
    proofPurpose: 'assertionMethod',
    ...options,
  };
  const hash = async (document: JsonObject) =>
    crypto.sha256(new TextEncoder().encode(await canonize(document, { contexts })));
  const optionsHash = await hash({ '@context': credential['@context'] ?? [], ...proof });
  const message = Uint8Array.of(...optionsHash, ...(await hash(credential)));
  const [signature = new Uint8Array()] = await signer.sign({
    verificationMethod: key.verificationMethod,
    messages: [message],
  });
  return { ...credential, proof: [{ ...proof, proofValue: encodeBase58Multibase(signature) }] };
}

/** Does the bare signature still fit, whatever else is wrong? The premise of an attack that leaves it intact. */
export async function signatureHolds(document: JsonObject): Promise<boolean> {
  const verifier = createProofVerifier(document, { contexts: await testContexts(), crypto, at: CREATED + 60_000 });
  const verdicts = await Promise.all(
    listProofs(document).map((proof) => verifier.verify(proof, fixedKey().key.publicKeyMultibase)),
  );
  return verdicts.length > 0 && verdicts.every(({ ok }) => ok);
}

/** An unsigned status list with the given bits set. */
export async function unsignedList(set: readonly number[] = [], purpose = 'revocation'): Promise<JsonObject> {
  const bits = set.reduce(withBit, createBitstring());
  return composeStatusListCredential({
    issuer: ISSUER,
    listUrl: LIST_URL,
    purpose,
    encodedList: await encodeStatusList(bits, crypto),
    validFrom: CREATED,
  });
}

/** What the outside answers; anything not named is not found, and was asked for all the same. */
export interface World {
  readonly controllers?: Readonly<Record<string, JsonObject>>;
  readonly lists?: Readonly<Record<string, SecuredDocument>>;
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly own?: OwnState;
  /** Names every question put to the resolver. */
  readonly asked?: string[];
}

/** The world of an honest badge: its issuer, a list with nothing set, its evidence file. */
export async function honestWorld(): Promise<World> {
  return {
    controllers: { [ISSUER]: controllerDocument() },
    lists: { [LIST_URL]: await honestList() },
    files: { [REPORT_URL]: REPORT_BYTES },
  };
}

let honestListOnce: Promise<JsonObject> | undefined;
function honestList(): Promise<JsonObject> {
  honestListOnce ??= unsignedList().then((list) => sign(list));
  return honestListOnce;
}

export function controllerDocument(did = ISSUER): JsonObject {
  return composeDidDocument({ did, keys: [fixedKey(did).key] });
}

export function resolverOf({ controllers = {}, lists = {}, files = {}, own, asked = [] }: World): Resolver {
  const answer = <T>(value: T | undefined) =>
    value === undefined ? ({ outcome: 'not-found' } as const) : ({ outcome: 'found', value } as const);
  return {
    async controllerDocument(id) {
      asked.push(id);
      return answer(controllers[id]);
    },
    async statusList(url) {
      asked.push(url);
      return answer(lists[url]);
    },
    async evidence(url) {
      asked.push(url);
      return answer(files[url]);
    },
    async ownState() {
      return own;
    },
  };
}

/** Verifies in an honest world, with what the test changes of it. */
export async function verify(
  input: VerificationInput,
  {
    world = {},
    now = CREATED + 60_000,
    recipient,
    createVerifier,
    statusIssuer = 'any',
  }: {
    readonly world?: World;
    readonly now?: number;
    readonly recipient?: Recipient;
    readonly createVerifier?: typeof createProofVerifier;
    readonly statusIssuer?: 'any' | 'same';
  } = {},
): Promise<VerificationReport> {
  return verifyCredential({
    input,
    contexts: await testContexts(),
    crypto,
    resolver: resolverOf({ ...(await honestWorld()), ...world }),
    now,
    statusIssuer,
    ...(recipient === undefined ? {} : { recipient }),
    ...(createVerifier === undefined ? {} : { createVerifier }),
  });
}

/** One line of a report. */
export function check(report: VerificationReport, id: CheckId): Pick<CheckResult, 'state' | 'code'> {
  const found = report.checks.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return { state: found.state, code: found.code };
}

/** The last part of each problem's type: `PARSING_ERROR`, `untrusted-context` … */
export function problems(report: VerificationReport): string[] {
  return report.problemDetails.map(({ type }) => type.split(/[#:]/).at(-1) ?? '');
}
