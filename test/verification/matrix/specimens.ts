import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../src/ports/json.js';
import { canonize } from '../../../src/proof/canonize.js';
import { createCompiledCanonize } from '../../../src/proof/compiled/compiled-canonize.js';
import { compiledFirst } from '../../../src/proof/compiled-first.js';
import { createProofVerifier } from '../../../src/proof/verify-proof.js';
import type { Instant } from '../../../src/text/instant.js';
import type { VerificationReport } from '../../../src/verification/report.js';
import { type ForeignSuite, olderBadge, signForeign } from '../../proof/foreign-badges.js';
import { testContexts } from '../../support/contexts.js';
import { HOLDER, publishedFor, theirs } from '../foreign.js';
import {
  CREATED,
  controllerDocument,
  fullBadge,
  INDEX,
  ISSUER,
  LIST_URL,
  listAt,
  objectAt,
  REPORT_URL,
  sign,
  signWith,
  unsignedList,
  verify,
  type World,
} from '../house.js';
import { BOUND, badgeJwt, KID, PAYLOAD, publishedWith } from '../jwt/jwt-badge.js';
import { type JwtKey, KEYS } from '../jwt/keys.js';
import { olderFullBadge, withDataIntegrity } from '../older-badge.js';

/** A good badge of one format, and everybody who is asked about it. */
export interface Specimen {
  readonly format: string;
  readonly document: JsonObject;
  readonly controller: JsonObject;
  /** How members in its document are signed: as RDF, or as the very JSON. */
  readonly signs: 'rdf' | 'json';
}

/** A good token, and the key its issuer publishes. */
export interface TokenSpecimen {
  readonly format: string;
  readonly compact: string;
  readonly controller: JsonObject;
}

const STRANGER = 'did:web:stranger.example';
const UNTIL = '2036-11-22T09:30:15Z';

/** Signs in one format. The names say what the matrix covers. */
export const SPECIMENS: Readonly<Record<string, () => Promise<Omit<Specimen, 'format'>>>> = {
  'VCDM 2.0, eddsa-rdfc-2022': async () => ours(await sign(fullBadge(), { suites: ['eddsa-rdfc-2022'] })),
  'VCDM 2.0, Ed25519Signature2020': async () => ours(await sign(fullBadge(), { suites: ['Ed25519Signature2020'] })),
  'VCDM 2.0, a set of both': async () => ours(await sign(fullBadge())),
  'VCDM 2.0, a set with a stranger’s': async () => {
    const own = await signWith(fullBadge(), {});
    const foreign = await signWith(fullBadge(), {}, STRANGER);
    return ours({ ...own, proof: [...listAt(foreign, 'proof'), ...listAt(own, 'proof')] });
  },
  'VCDM 2.0, a chain': async () => ours(await chain()),
  'VCDM 2.0, eddsa-jcs-2022': () => foreign('eddsa-jcs-2022'),
  'VCDM 2.0, ecdsa-rdfc-2019 with P-256': () => foreign('ecdsa-rdfc-2019 with P-256'),
  'VCDM 2.0, ecdsa-rdfc-2019 with P-384': () => foreign('ecdsa-rdfc-2019 with P-384'),
  'VCDM 2.0, ecdsa-sd-2023, derived': () => foreign('ecdsa-sd-2023'),
  'VCDM 1.1, Ed25519Signature2020': async () =>
    ours(await sign(olderFullBadge(), { suites: ['Ed25519Signature2020'] })),
  'VCDM 1.1, eddsa-rdfc-2022': async () => ours(await signWith(withDataIntegrity(olderFullBadge()), {})),
  'VCDM 1.1, eddsa-jcs-2022': () => olderForeign('eddsa-jcs-2022'),
  'VCDM 1.1, ecdsa-rdfc-2019 with P-256': () => olderForeign('ecdsa-rdfc-2019 with P-256'),
  'VCDM 1.1, ecdsa-rdfc-2019 with P-384': () => olderForeign('ecdsa-rdfc-2019 with P-384'),
};

/** Tokens of both data models with every algorithm. */
export function tokenSpecimens(): readonly TokenSpecimen[] {
  return Object.values(KEYS).flatMap((key) => [
    { format: `VC-JWT 2.0, ${key.alg}`, compact: badgeJwt({}, PAYLOAD, key), controller: publishedWith(key) },
    { format: `VC-JWT 1.1, ${key.alg}`, compact: olderToken(key), controller: publishedWith(key) },
  ]);
}

/** What may be wrong with a badge although its signature holds. */
const BAD_WORLDS: Readonly<Record<string, () => Promise<{ readonly world?: World; readonly now?: Instant }>>> = {
  revoked: async () => ({ world: { lists: { [LIST_URL]: await sign(await unsignedList([INDEX])) } } }),
  'without its list': async () => ({ world: { lists: {} } }),
  expired: async () => ({ now: Date.parse(UNTIL) + 1_000 }),
  'not yet valid': async () => ({ now: CREATED - 3_600_000 }),
  'with another file': async () => ({ world: { files: { [REPORT_URL]: new Uint8Array(3) } } }),
};

/** Verifies in the honest world of a specimen. */
export async function judge(input: JsonObject | string, controller: JsonObject): Promise<VerificationReport> {
  return verify(input, { world: { controllers: controllersWith(controller) }, createVerifier: await quickVerifier() });
}

let quick: Promise<typeof createProofVerifier> | undefined;

/** As the house verifies: by the compiled path where it knows the document, else by the library. */
function quickVerifier(): Promise<typeof createProofVerifier> {
  quick ??= testContexts().then((contexts) => {
    const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
    const compiled = createCompiledCanonize({ contexts, sha256 });
    const first = compiledFirst((document) => canonize(document, { contexts }), { compiled, contexts });
    return (document, options) => createProofVerifier(document, { ...options, canonize: first });
  });
  return quick;
}

/** The worlds in which the signed badge is not valid: a document that stands for it must not be valid there either. */
export async function badWorldsOf(input: JsonObject | string, controller: JsonObject) {
  const createVerifier = await quickVerifier();
  const bad: [name: string, judge: (input: JsonObject | string) => Promise<VerificationReport>][] = [];
  for (const [name, make] of Object.entries(BAD_WORLDS)) {
    const { world = {}, now } = await make();
    const judgeThere = (other: JsonObject | string) =>
      verify(other, {
        world: { ...world, controllers: controllersWith(controller) },
        createVerifier,
        ...(now === undefined ? {} : { now }),
      });
    if ((await judgeThere(input)).outcome !== 'valid') bad.push([name, judgeThere]);
  }
  return bad;
}

function controllersWith(controller: JsonObject): Readonly<Record<string, JsonObject>> {
  return { [ISSUER]: controller, [STRANGER]: controllerDocument(STRANGER) };
}

function ours(document: JsonObject): Omit<Specimen, 'format'> {
  return { document, controller: controllerDocument(), signs: 'rdf' };
}

async function foreign(suite: ForeignSuite): Promise<Omit<Specimen, 'format'>> {
  return signedElsewhere({ ...theirs(), validUntil: UNTIL }, suite);
}

/** As others wrote them before: without a status. */
async function olderForeign(suite: ForeignSuite): Promise<Omit<Specimen, 'format'>> {
  const badge = olderBadge('v2');
  const { identifier: _, result: __, ...subject } = objectAt(badge, 'credentialSubject');
  const bound = { ...badge, credentialSubject: { ...subject, id: HOLDER }, expirationDate: UNTIL };
  return signedElsewhere(bound, suite);
}

async function signedElsewhere(badge: JsonObject, suite: ForeignSuite): Promise<Omit<Specimen, 'format'>> {
  const signed = await signForeign(badge, suite, ISSUER);
  const signs = suite === 'eddsa-jcs-2022' ? 'json' : 'rdf';
  return { document: signed.document, controller: publishedFor(signed), signs };
}

/** Two proofs of the issuer, the second of which covers the first. */
async function chain(): Promise<JsonObject> {
  const first = await signWith(fullBadge(), { id: 'urn:uuid:11111111-1111-4111-8111-111111111111' });
  const proofs = listAt(first, 'proof');
  const second = await signWith(
    { ...fullBadge(), proof: proofs },
    {
      id: 'urn:uuid:22222222-2222-4222-8222-222222222222',
      previousProof: 'urn:uuid:11111111-1111-4111-8111-111111111111',
    },
  );
  return { ...second, proof: [...proofs, ...listAt(second, 'proof')] };
}

function olderToken(key: JwtKey): string {
  const { issuanceDate: _, expirationDate: __, ...badge } = olderFullBadge();
  const { credentialStatus = null } = BOUND;
  const { iss = null, nbf = null, exp = null, jti = null } = PAYLOAD;
  return badgeJwt({ kid: KID }, { iss, nbf, exp, jti, vc: { ...badge, credentialStatus } }, key);
}
