import { readPrivateKey } from '../../src/keys/key-pair.js';
import { createKeySigner } from '../../src/keys/key-signer.js';
import type { JsonObject } from '../../src/ports/json.js';
import type { Signer, SigningKey } from '../../src/ports/signer.js';

/** 2026-11-22T09:30:15.400Z: proofs show it to the second. */
export const CREATED = Date.parse('2026-11-22T09:30:15.400Z');
export const ISSUER = 'did:web:badges.univ.example:issuers:test';

/** PKCS #8 of the Ed25519 private key of RFC 8032, section 7.1, test 1. */
const PKCS8 = Buffer.from(
  '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
  'hex',
);

/** An issuer's key with a fixed seed, and the signer that holds it. */
export function fixedKey(did = ISSUER): { readonly key: SigningKey; readonly signer: Signer } {
  const pair = readPrivateKey(PKCS8);
  const { publicKeyMultibase } = pair;
  return {
    key: {
      issuer: 'test',
      algorithm: 'Ed25519',
      publicKeyMultibase,
      verificationMethod: `${did}#${publicKeyMultibase}`,
    },
    signer: createKeySigner((multibase) => (multibase === publicKeyMultibase ? pair : undefined)),
  };
}

/** A badge as rich as those of a real programme: results with levels, evidence, identity, status. */
export function sampleBadge(): JsonObject {
  const house = 'https://badges.univ.example';
  const level = (competence: number, number: number) => ({
    id: `${house}/achievements/demo/1#competence-${competence}-level-${number}`,
    type: ['RubricCriterionLevel'],
    name: `Niveau ${number}`,
    level: String(number),
    description: `Indicateurs observés au niveau ${number} : « autonomie », qualité, régularité.`,
  });
  const competence = (number: number) => ({
    id: `${house}/achievements/demo/1#competence-${number}`,
    type: ['ResultDescription'],
    name: `Compétence ${number}`,
    resultType: 'RubricCriterionLevel',
    rubricCriterionLevel: [level(number, 1), level(number, 2)],
    alignment: [
      {
        type: ['Alignment'],
        targetName: `ESCO ${number}`,
        targetUrl: `http://data.europa.eu/esco/skill/0000000${number}`,
        targetFramework: 'ESCO',
      },
    ],
  });
  return {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
      'https://w3id.org/security/suites/ed25519-2020/v1',
    ],
    id: `${house}/credentials/0a1b2c3d4e5f6g7h8j9kamnpqr`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Engagement étudiant',
    description: 'Reconnaissance d’un engagement mené pendant l’année.',
    issuer: { id: ISSUER, type: ['Profile'], name: 'Université d’essai', url: 'https://univ.example' },
    validFrom: '2026-11-22T09:30:15Z',
    awardedDate: '2026-06-24T14:00:00+02:00',
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: [
        {
          type: 'IdentityObject',
          hashed: true,
          identityHash: 'sha256$b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
          identityType: 'emailAddress',
          salt: '8f2c1d',
        },
        { type: 'IdentityObject', hashed: false, identityHash: 'Zoé Ndiaye', identityType: 'name' },
      ],
      achievement: {
        id: `${house}/achievements/demo/1`,
        type: ['Achievement'],
        achievementType: 'MicroCredential',
        name: 'Engagement étudiant',
        description: 'Un engagement reconnu par le jury.',
        inLanguage: 'fr',
        criteria: { id: `${house}/achievements/demo/1`, narrative: '60 heures et un rapport.' },
        creditsAvailable: 3,
        tag: ['engagement', 'bénévolat'],
        resultDescription: [1, 2].map(competence),
      },
      creditsEarned: 2.5,
      activityStartDate: '2025-10-01T00:00:00+02:00',
      activityEndDate: '2026-05-31T23:59:59+02:00',
      role: 'Trésorière',
      term: '2025-2026',
      narrative: 'Tient les comptes d’une épicerie solidaire.',
      result: [1, 2].map((number) => ({
        type: ['Result'],
        resultDescription: `${house}/achievements/demo/1#competence-${number}`,
        achievedLevel: `${house}/achievements/demo/1#competence-${number}-level-2`,
      })),
    },
    evidence: [
      { id: 'https://depot.example/rapport.pdf', type: ['Evidence'], name: 'Rapport', genre: 'report' },
      { type: ['Evidence'], name: 'Soutenance', narrative: 'Vingt minutes devant le jury.' },
    ],
    credentialSchema: [
      {
        id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
        type: '1EdTechJsonSchemaValidator2019',
      },
    ],
    credentialStatus: {
      id: `${house}/status/list#94567`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '94567',
      statusListCredential: `${house}/status/list`,
    },
  };
}
