import fc from 'fast-check';
import { isJsonObject, type Json, type JsonObject } from '../../src/ports/json.js';
import { fullBadge } from '../verification/house.js';

const CONTEXTS = ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'];
const awkward = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.constantFrom('"', '\\', '\n\r\t\b\f', '\u0000\u001f\u007f\u0080\u009f', '\u2028', 'x"y\\z', '𝔘\uffff', 'é\u0301'),
);
const numbers = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, 1, 1.5, 0.1, 1e-6, 1e-7, 1e21, 2 ** 53, -1.25, 123_456.789, 5e-324),
);
const iris = fc.oneof(
  fc.webUrl(),
  fc.constantFrom(
    'urn:uuid:b0a3f7a1-7a0d-4a5e-9a1c-0d1f0c1b2a3d',
    'did:web:a.example#k',
    'https://a.example/é%C3%A9?x=1#y',
    'a b',
    'relative',
    '_:b0',
    'https://a.example/<x>',
    'name:x',
    'mailto:zoe@example.org',
    '@id',
    '',
  ),
);
const dates = fc.constantFrom('2026-11-22', '2026-11-22T09:30:15Z', '2026-11-22T09:30:15.400+01:00', 'no date');
const scalars = fc.oneof(awkward, numbers, iris, dates, fc.boolean(), fc.constant(null));
const TERMS = [
  'id',
  'type',
  'name',
  'description',
  'criteria',
  'narrative',
  'achievement',
  'result',
  'alignment',
  'tag',
  'image',
  'creditsEarned',
  'creditsAvailable',
  'resultDescription',
  'allowedValue',
  'rubricCriterionLevel',
  'achievedLevel',
  'validFrom',
  'awardedDate',
  'evidence',
  'credentialSubject',
  'issuer',
  'identifier',
  'hashed',
  'identityHash',
  'credentialStatus',
  'statusListIndex',
  'statusPurpose',
  'relatedResource',
  'digestSRI',
  'proofPurpose',
  'role',
  'inLanguage',
  'url',
  'email',
  'address',
  'parentOrg',
  'unknownTerm',
  '@index',
  'schema:name',
  'proof',
  'nonce',
  'verifiableCredential',
  'renderMethod',
  'confidenceMethod',
] as const;
const TYPES = [
  'VerifiableCredential',
  'AchievementCredential',
  'OpenBadgeCredential',
  'Achievement',
  'AchievementSubject',
  'Profile',
  'Result',
  'ResultDescription',
  'RubricCriterionLevel',
  'Evidence',
  'Alignment',
  'IdentityObject',
  'Image',
  'Address',
  'BitstringStatusListEntry',
  'DataIntegrityProof',
  'JsonSchema',
  'UnknownType',
  'https://a.example/T',
  'EndorsementCredential',
] as const;
const types = fc.oneof(
  fc.constantFrom(...TYPES),
  fc.uniqueArray(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 3 }),
  fc.constant([]),
);

/** Node objects whose members are mostly terms that exist, with values they mostly do not expect. */
const { node } = fc.letrec<{ node: Record<string, unknown>; value: unknown }>((tie) => ({
  node: fc
    .tuple(
      fc.option(types, { freq: 8 }),
      fc.option(iris, { freq: 2 }),
      fc.dictionary(fc.constantFrom(...TERMS.slice(2)), tie('value'), { maxKeys: 4 }),
    )
    .map(([type, id, members]) => ({
      ...(id === null ? {} : { id }),
      ...(type === null ? {} : { type }),
      ...members,
    })),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: scalars, weight: 5 },
    { arbitrary: fc.array(scalars, { maxLength: 3 }), weight: 2 },
    { arbitrary: tie('node'), weight: 4 },
    { arbitrary: fc.array(tie('node'), { minLength: 1, maxLength: 3 }), weight: 2 },
    // Siblings that are equal, or only their children tell apart.
    { arbitrary: tie('node').map((each) => [each, structuredClone(each)]), weight: 1 },
  ),
}));

/** Badges as they are usual, of any text, number and length. */
const usual: fc.Arbitrary<JsonObject> = fc
  .record({
    name: awkward,
    narrative: awkward,
    credits: fc.oneof(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 240 }).map((quarters) => quarters / 4),
    ),
    tags: fc.array(awkward, { minLength: 1, maxLength: 4 }),
    allowed: fc.array(awkward, { minLength: 1, maxLength: 4 }),
    evidence: fc.array(fc.tuple(fc.option(fc.webUrl()), awkward), { minLength: 1, maxLength: 4 }),
  })
  .map(({ name, narrative, credits, tags, allowed, evidence }) => {
    const badge = fullBadge();
    const subject = badge['credentialSubject'];
    const scale = { id: 'https://a.example/s#x', type: ['ResultDescription'], name, allowedValue: allowed };
    return asDocument({
      ...badge,
      name,
      credentialSubject: {
        ...(isJsonObject(subject) ? subject : {}),
        narrative,
        creditsEarned: credits,
        achievement: { id: 'https://a.example/s', type: ['Achievement'], name, tag: tags, resultDescription: [scale] },
      },
      evidence: evidence.map(([id, text]) => ({ ...(id === null ? {} : { id }), type: ['Evidence'], narrative: text })),
    });
  });

/** Badges with a place or two taken by something generated, so that most of the document stays usual. */
export const documents: fc.Arbitrary<JsonObject> = fc.oneof(
  usual,
  fc
    .tuple(
      fc.constantFrom('name', 'evidence', 'credentialSubject', 'issuer', 'description', 'extra'),
      node,
      scalars,
      fc.boolean(),
    )
    .map(([member, generated, scalar, whole]) => asDocument({ ...fullBadge(), [member]: whole ? generated : scalar })),
  fc
    .tuple(
      fc.constantFrom('narrative', 'name', 'role', 'term', 'creditsEarned', 'activityEndDate', 'identifier', 'result'),
      fc.oneof(scalars, node, fc.array(node, { maxLength: 3 })),
    )
    .map(([member, value]) => {
      const badge = fullBadge();
      const subject = badge['credentialSubject'];
      return asDocument({
        ...badge,
        credentialSubject: { ...(isJsonObject(subject) ? subject : {}), [member]: value },
      });
    }),
  fc
    .tuple(
      node,
      fc.constantFrom(
        CONTEXTS,
        [...CONTEXTS].reverse(),
        [...CONTEXTS, 'https://w3id.org/security/suites/ed25519-2020/v1'],
        [...CONTEXTS, { x: 'https://a.example/x' }],
      ),
    )
    .map(([generated, context]) => asDocument({ '@context': context, name: 'x', ...generated })),
);

function asDocument(value: object): JsonObject {
  // Through its text, as every document arrives; what JSON cannot write is not met.
  const document: Json = JSON.parse(JSON.stringify(value));
  if (!isJsonObject(document)) throw new Error('no object');
  return document;
}
