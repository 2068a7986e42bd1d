import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CredentialInput, composeCredential } from '../../src/credential/compose.js';
import type { EvidencePiece } from '../../src/engagement/schema.js';
import type { Programme } from '../../src/programme/schema.js';
import { canonicalInSafeMode, emptyMembers, schemaMistakes } from './official.js';
import { hash, inputFor, loadSample, SALTS } from './sample-awards.js';

const mp = inputFor(loadSample('missions-professionnelles'), 'MP-E01');
const wang = inputFor(loadSample('missions-professionnelles'), 'MP-E03');
const ec = inputFor(loadSample('ecstra'), 'EC-E06');
const es = inputFor(loadSample('engagement-citoyen'), 'ES-E05');

function withSharing(input: CredentialInput, sharing: Partial<Programme['sharing']>): CredentialInput {
  const { programme } = input;
  return { ...input, programme: { ...programme, sharing: { ...programme.sharing, ...sharing } } };
}

function withEvidence(input: CredentialInput, pieces: readonly Partial<EvidencePiece>[]): CredentialInput {
  const evidence = pieces.map((piece, index): EvidencePiece => {
    const url = `https://evidence.example.org/${index}`;
    return {
      id: `E${index}`,
      kind: 'team-report',
      title: `Rapport ${index}`,
      url,
      submittedAt: '2026-05-01T10:00:00+02:00',
      status: 'accepted',
      visibility: 'public',
      fields: {},
      ...piece,
    };
  });
  const { team: _team, ...alone } = input;
  return { ...alone, engagement: { ...input.engagement, evidence } };
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value) && !(value instanceof Map)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

describe('what a credential is', () => {
  it('names contexts, types, dates and status as the standards want them', () => {
    const credential = composeCredential(mp);
    expect(credential['@context']).toEqual([
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      'https://w3id.org/security/suites/ed25519-2020/v1',
    ]);
    expect(credential.type).toEqual(['VerifiableCredential', 'AchievementCredential']);
    expect(credential.validFrom).toBe('2026-11-22T10:00:00Z');
    expect(credential.awardedDate).toBe('2026-06-24T16:00:00+02:00');
    expect(credential.credentialStatus).toEqual({
      id: 'https://badges.example.org/status/zyxwvtsrqpnmkjhgfedcba9876#94567',
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '94567',
      statusListCredential: 'https://badges.example.org/status/zyxwvtsrqpnmkjhgfedcba9876',
    });
  });

  it('shows the days of the activity by the clocks of the programme’s time zone', () => {
    const { credentialSubject: subject } = composeCredential(mp);
    expect(subject.activityStartDate).toBe('2025-10-13T00:00:00+02:00');
    expect(subject.activityEndDate).toBe('2026-05-29T23:59:59+02:00');
    expect(subject.term).toBe('2025-2026');
  });

  it('has no awarded date when the decision file gives none', () => {
    const credential = composeCredential({ ...mp, decision: { ...mp.decision, decidedAt: undefined } });
    expect(credential).not.toHaveProperty('awardedDate');
    expect(credential.credentialSubject.narrative).toContain('Validation\u00a0: Jury.');
  });

  it('is written in the student’s language', () => {
    expect(composeCredential(wang).credentialSubject).toMatchObject({
      role: 'Project team member',
      achievement: { name: 'Professional Mission', inLanguage: 'en' },
    });
    expect(composeCredential(mp).credentialSubject.achievement.inLanguage).toBe('fr');
  });

  it('is bound to a wallet when a DID is given, and keeps its identifiers', () => {
    const { credentialSubject: subject } = composeCredential({ ...mp, holderId: 'did:key:z6MkExample' });
    expect(subject.id).toBe('did:key:z6MkExample');
    expect(subject.identifier).toHaveLength(2);
    expect(composeCredential(mp).credentialSubject).not.toHaveProperty('id');
  });

  it.each(['refused', 'pending'] as const)('is never made from a %s verdict', (outcome) => {
    expect(() => composeCredential({ ...mp, verdict: { ...mp.verdict, outcome } })).toThrow(
      expect.objectContaining({ code: 'not-issuable' }),
    );
  });

  it('is never made from somebody else’s verdict or decision', () => {
    for (const change of [{ verdict: wang.verdict }, { decision: wang.decision }]) {
      expect(() => composeCredential({ ...mp, ...change })).toThrow(expect.objectContaining({ code: 'not-issuable' }));
    }
  });
});

describe('who holds it', () => {
  const identifiers = (input: CredentialInput) => composeCredential(input).credentialSubject.identifier ?? [];

  it('is known by the salted hash of the trimmed lower-case address, and by name', () => {
    const student = { ...mp.engagement.student, email: '  Zoe.DAlmeida@Example.ORG ' };
    expect(identifiers({ ...mp, engagement: { ...mp.engagement, student } })).toEqual([
      {
        type: 'IdentityObject',
        identityType: 'emailAddress',
        hashed: true,
        identityHash: `sha256$${hash(`zoe.dalmeida@example.org${SALTS.email}`)}`,
        salt: SALTS.email,
      },
      { type: 'IdentityObject', identityType: 'name', hashed: false, identityHash: "Zoé d'Almeida" },
    ]);
  });

  it('also has the name in its own script', () => {
    expect(identifiers(wang).map(({ identityType, identityHash }) => `${identityType} ${identityHash}`)).toContain(
      'ext:nativeName 王晓明',
    );
  });

  it('has the names hashed where the programme says so', () => {
    const hashed = identifiers(withSharing(wang, { holderName: 'hashed' }));
    expect(hashed.map(({ hashed: isHashed }) => isHashed)).toEqual([true, true, true]);
    expect(hashed[1]?.identityHash).toBe(`sha256$${hash(`Xiaoming Wang${SALTS.name}`)}`);
    expect(JSON.stringify(composeCredential(withSharing(wang, { holderName: 'hashed' })))).not.toMatch(/Wang|王晓明/);
  });

  it('writes a name composed and with single spaces, however it was typed', () => {
    const student = { ...mp.engagement.student, givenName: ' Zoe\u0301 ', familyName: "d'Almeida  Silva" };
    const [, name] = identifiers({ ...mp, engagement: { ...mp.engagement, student } });
    expect(name?.identityHash).toBe("Zoé d'Almeida Silva");
  });

  it('is refused when neither an address nor a name is left', () => {
    const student = { ...mp.engagement.student, email: ' ', givenName: '', familyName: '' };
    expect(() => composeCredential({ ...mp, engagement: { ...mp.engagement, student } })).toThrow(
      expect.objectContaining({ code: 'holder-unidentified' }),
    );
  });

  it('is never hashed with a short salt', () => {
    expect(() => composeCredential({ ...mp, salts: { email: 'abc', name: SALTS.name } })).toThrow(RangeError);
  });
});

describe('its narrative', () => {
  it('says what was done, then which roles stand behind it', () => {
    expect(
      composeCredential({ ...mp, confirmedBy: { 'project-management': ['professional-tutor'] } }).credentialSubject
        .narrative,
    ).toBe(
      [
        "« Concours de critiques de cinéma », du 13 octobre 2025 au 29 mai 2026. Commanditaire : Association Les Rives (fictive). Heures certifiées : 40 h (attestation : Tuteur professionnel). Valorisation : UE d'ouverture avec note. Crédits ECTS obtenus : 3.",
        'Compétences : Gestion de projet en équipe, niveau 2 « Mis en pratique » (confirmé par : Tuteur professionnel). Encadrement et suivi : Tuteur professionnel ; Tuteur enseignant. Validation : Jury, le 24 juin 2026.',
      ]
        .join('\n\n')
        .replace(/(?<=«) | (?=[»:;])|(?<=\d) (?=h\b)/g, '\u00a0'),
    );
  });

  it('names roles the definition knows, never `self` and never an unknown word', () => {
    const { narrative } = composeCredential({
      ...ec,
      confirmedBy: { teamwork: ['self', 'peer', 'MARKER', 'constructor'], sustainability: [] },
    }).credentialSubject;
    expect(narrative).toContain('niveau 2 «\u00a0Coordonner\u00a0» (confirmé par\u00a0: Pair)');
    expect(narrative).not.toMatch(/self|MARKER|constructor/);
  });

  it('lets no typed title become a link, a tag or a heading', () => {
    const title = { fr: '# [clic](https://evil.example)\n\n<img src=x>', en: 'x' };
    const { narrative = '' } = composeCredential({ ...mp, engagement: { ...mp.engagement, title } }).credentialSubject;
    expect(narrative).toContain('«\u00a0# [clic\\](https://evil.example) \\<img src=x>\u00a0», du');
    expect(narrative.split('\n\n')).toHaveLength(2);
  });

  it('names the host where it may be shown, and a unit once', () => {
    const mi = inputFor(loadSample('mission-industrielle'), 'MI-E01');
    expect(composeCredential(mi).credentialSubject.narrative).toContain(
      'Structure d’accueil\u00a0: Atelier Nordique (fictif).',
    );
    const pp = inputFor(loadSample('projet-pro'), 'PP-E01');
    expect(composeCredential(pp).credentialSubject.narrative).toContain('Séances suivies\u00a0: 8. Valorisation');
  });

  it('writes one day once, and half credits with the language’s comma', () => {
    const engagement = { ...es.engagement, startDate: '2016-03-01', endDate: '2016-03-01' };
    const { narrative } = composeCredential({ ...es, engagement }).credentialSubject;
    expect(narrative).toContain('le 1er mars 2016.');
    expect(narrative).toContain('Crédits ECTS obtenus\u00a0: 1,5.');
  });
});

describe('its evidence', () => {
  it('is what is accepted and public, the member’s and the team’s', () => {
    expect(composeCredential(mp).evidence).toEqual([
      {
        id: 'https://evidence.example.org/mp-t1-rep',
        type: ['Evidence'],
        name: 'Rapport – Concours de critiques de cinéma',
        genre: 'Rapport collectif',
      },
    ]);
    expect(composeCredential(ec).evidence?.[0]).toEqual({
      id: 'https://evidence.example.org/ec-e06-t1',
      type: ['Evidence'],
      name: ec.programme.evidenceKinds[0]?.label.fr,
      description: 'Compétences illustrées\u00a0: Travail en équipe (collaboration)\u00a0; Développement durable.',
      genre: ec.programme.evidenceKinds[0]?.label.fr,
    });
  });

  it.each([
    ['is rejected', { status: 'rejected' as const }],
    ['was only submitted', { status: 'submitted' as const }],
    ['is private', { visibility: 'private' as const }],
    ['is of a kind never public', { kind: 'presentation' }],
  ])('never holds a piece that %s', (_why, piece) => {
    const input = withSharing(withEvidence(mp, [piece]), { neverPublic: ['presentation'] });
    expect(composeCredential(input)).not.toHaveProperty('evidence');
  });

  it('is pinned where the file is held here or its digest is stated', async () => {
    const stated = `sha256-${Buffer.alloc(32, 1).toString('base64')}`;
    const held = `sha384-${Buffer.alloc(48, 2).toString('base64')}`;
    const input = withEvidence(mp, [{ digestSRI: stated }, { digestSRI: stated }, {}]);
    const url = 'https://badges.example.org/evidence/abc';
    const credential = composeCredential({
      ...input,
      heldEvidence: new Map([['E1', { url, digestSRI: held, mediaType: 'application/pdf' }]]),
    });
    expect(credential.evidence?.map(({ id }) => id)).toEqual([
      'https://evidence.example.org/0',
      url,
      'https://evidence.example.org/2',
    ]);
    expect(credential.relatedResource).toEqual([
      { id: 'https://evidence.example.org/0', digestSRI: stated },
      { id: url, digestSRI: held, mediaType: 'application/pdf' },
    ]);
    expect(schemaMistakes(credential)).toEqual([]);
    const quads = await canonicalInSafeMode(credential);
    expect(quads).toContain(held);
    expect(quads).toContain('https://www.w3.org/2018/credentials#relatedResource');
  });

  it('lists one address once, and writes it as an IRI', async () => {
    const url = 'https://evidence.example.org/un rapport?q={é}|<x>';
    const credential = composeCredential(withEvidence(mp, [{ url }, { url }]));
    expect(credential.evidence?.map(({ id }) => id)).toEqual([
      'https://evidence.example.org/un%20rapport?q=%7B%C3%A9%7D%7C%3Cx%3E',
    ]);
    await expect(canonicalInSafeMode(credential)).resolves.toContain('un%20rapport');
  });
});

describe('what is never public', () => {
  const published = (input: CredentialInput) => ({
    ...input,
    programme: {
      ...input.programme,
      achievement: {
        ...input.programme.achievement,
        resultDescriptions: input.programme.achievement.resultDescriptions.map((result) => ({
          ...result,
          public: true,
        })),
      },
    },
  });

  it('is the mark, even when the result that shows it is public', () => {
    const input = { ...published(mp), verdict: { ...mp.verdict, mark: 13.37 } };
    expect(JSON.stringify(composeCredential(input))).not.toContain('13.37');
    const open = composeCredential(withSharing(input, { neverPublic: [] }));
    expect(open.credentialSubject.result?.at(-1)).toMatchObject({ value: '13.37' });
  });

  it('is a mark of an option that was not granted', () => {
    const input = withSharing({ ...published(wang), verdict: { ...wang.verdict, mark: 13.37 } }, { neverPublic: [] });
    expect(JSON.stringify(composeCredential(input))).not.toContain('13.37');
  });

  it.each([
    ['role', (json: string) => json.includes("Membre de l'équipe projet")],
    ['title', (json: string) => json.includes('«\u00a0Concours de critiques')],
    ['hours', (json: string) => json.includes('Heures certifiées","resultType') || json.includes('"value":"40"')],
    ['certifiedHours', (json: string) => json.includes('"value":"40"')],
    ['credits', (json: string) => json.includes('creditsEarned') || json.includes('ECTS')],
    ['competences', (json: string) => json.includes('achievedLevel') || json.includes('rubricCriterionLevel')],
    ['project-management', (json: string) => json.includes('achievedLevel')],
    ['contractor', (json: string) => json.includes('Les Rives')],
    ['options', (json: string) => json.includes("UE d'ouverture")],
    ['startDate', (json: string) => json.includes('activityStartDate') || json.includes('13 octobre 2025')],
    ['team-report', (json: string) => json.includes('mp-t1-rep')],
    ['name', (json: string) => json.includes('Almeida')],
    ['actors', (json: string) => json.includes('Encadrement et suivi')],
  ])('includes %s where the definition names it', (field, shows) => {
    const { neverPublic } = mp.programme.sharing;
    expect(shows(JSON.stringify(composeCredential(mp)))).toBe(true);
    const credential = composeCredential(withSharing(mp, { neverPublic: [...neverPublic, field] }));
    expect(shows(JSON.stringify(credential))).toBe(false);
    expect(emptyMembers(credential)).toEqual([]);
    expect(schemaMistakes(credential)).toEqual([]);
  });

  it('is anything of a dossier that only assessors, jury and office needed', () => {
    const at = '2026-05-01T10:00:00+02:00';
    const marked = (what: string) => `MARKER-${what}`;
    const person = { role: 'professional-tutor', name: marked('actor'), email: 'marker-actor@example.org' };
    const piece = (id: string, change: Partial<EvidencePiece>): EvidencePiece => ({
      id: marked(id),
      kind: 'presentation',
      title: marked(id),
      url: `https://evidence.example.org/MARKER-${id}`,
      submittedAt: at,
      status: 'accepted',
      visibility: 'private',
      fields: { comment: marked(id) },
      ...change,
    });
    const input = withSharing(
      {
        ...mp,
        engagement: {
          ...mp.engagement,
          id: marked('engagement'),
          activityKey: marked('activity'),
          student: {
            ...mp.engagement.student,
            id: marked('student'),
            studentNumber: marked('number'),
            birthDate: '1901-02-03',
            email: 'marker-student@example.org',
          },
          evidence: [
            piece('private', {}),
            piece('rejected', { visibility: 'public', status: 'rejected' }),
            piece('never', { visibility: 'public', kind: 'module' }),
            piece('fields', {
              visibility: 'public',
              kind: 'team-report',
              id: 'F',
              title: 'Rapport',
              url: 'https://evidence.example.org/f',
            }),
          ],
          actors: [person],
          assessments: [
            {
              form: 'overall',
              role: 'professional-tutor',
              assessor: 'marker-assessor@example.org',
              at,
              reflection: marked('reflection'),
              comment: marked('comment'),
              ratings: { method: 1337 },
            },
          ],
          extensions: [
            { evidence: 'module', until: '2026-06-01', reason: marked('extension'), grantedBy: marked('grant') },
          ],
          context: marked('context'),
          place: marked('place'),
          hostOrganisation: marked('host'),
          department: marked('department'),
          supportTypes: [marked('support')],
        },
        team: {
          id: marked('team'),
          contractor: 'Association',
          actors: [person],
          evidence: [piece('team', {})],
          skills: [marked('skill')],
        },
        verdict: { ...mp.verdict, engagementId: marked('engagement'), mark: 13.37, warnings: [marked('warning')] },
        decision: {
          ...mp.decision,
          engagementId: marked('engagement'),
          president: marked('president'),
          comment: marked('jury'),
          session: marked('session'),
          mark: 13.37,
        },
      },
      { neverPublic: [...mp.programme.sharing.neverPublic, 'module'] },
    );
    const json = JSON.stringify(composeCredential(input));
    expect(json).not.toMatch(/marker|1901-02-03|13[.,]37|1337/i);
    expect(json).toContain('https://evidence.example.org/f');
  });
});

describe('for any names and titles', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 60 });

  it('a badge is schema-valid, complete and the same each time, and its input is untouched', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, anyText, (familyName, nativeName, title, evidenceTitle) => {
        const input = deepFreeze(
          structuredCloneInput(withEvidence(mp, [{ title: evidenceTitle }]), { familyName, nativeName, title }),
        );
        const credential = composeCredential(input);
        expect(schemaMistakes(credential)).toEqual([]);
        expect(emptyMembers(credential)).toEqual([]);
        expect(JSON.stringify(composeCredential(input))).toBe(JSON.stringify(credential));
      }),
      { numRuns: 150 },
    );
  });

  it('a badge passes safe mode', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (familyName, title) => {
        const credential = composeCredential(structuredCloneInput(mp, { familyName, nativeName: familyName, title }));
        await expect(canonicalInSafeMode(credential)).resolves.toContain('OpenBadgeCredential');
      }),
      { numRuns: 15 },
    );
  });

  function structuredCloneInput(
    input: CredentialInput,
    text: { readonly familyName: string; readonly nativeName: string; readonly title: string },
  ): CredentialInput {
    const { familyName, nativeName, title } = text;
    const engagement = structuredClone(input.engagement);
    return {
      ...input,
      engagement: {
        ...engagement,
        student: { ...engagement.student, familyName, nativeName },
        title: { fr: title, en: title },
      },
    };
  }
});
