import {
  CHECK_IDS,
  type CheckId,
  type CheckState,
  type ShownCredential,
  type ShownStatus,
  type VerificationReport,
} from '../../src/verification/report.js';

/** What a full badge shows: every optional part present. The person is invented. */
export const shownCredential: ShownCredential = {
  id: 'https://badges.example.org/credentials/0123456789abcdefghjkmnpqrs',
  name: 'Compétences d’engagement',
  description:
    'Reconnaît des compétences développées dans un engagement étudiant, évaluées par plusieurs personnes et confirmées par un jury.',
  language: 'fr',
  issuer: {
    id: 'did:web:badges.example.org:issuers:universite-de-l-exemple',
    name: 'Université de l’Exemple – Vie étudiante',
    url: 'https://univ.example.org',
    parent: 'Université de l’Exemple',
    country: 'FR',
  },
  unit: { name: 'Service de la vie étudiante', parent: 'Université de l’Exemple' },
  holder: { id: null, name: 'Aïcha N’Diaye-Lefèvre', nameHashed: false, emailHashed: true },
  achievement: {
    id: 'https://badges.example.org/achievements/engagement/2025-2026',
    name: 'Compétences d’engagement',
    description: 'Reconnaît des compétences développées dans un engagement étudiant.',
    criteria:
      'Chaque compétence est auto-évaluée par indicateurs, confirmée par au moins une autre personne, illustrée par une trace et une analyse réflexive.\n\nAu moins deux indicateurs sur trois sont requis par niveau, et les niveaux se cumulent.',
    criteriaUrl: 'https://badges.example.org/achievements/engagement/2025-2026',
    type: 'MicroCredential',
    creditsAvailable: 3,
    alignments: [
      {
        name: 'Faim « zéro »',
        url: 'https://metadata.un.org/sdg/2',
        framework: 'Objectifs de développement durable',
        code: '2',
      },
      {
        name: 'Participation sur site',
        url: 'http://data.europa.eu/snb/learning-opportunity/920fbb3cbe',
        framework: 'European Digital Credentials',
        code: null,
      },
    ],
    tags: ['engagement'],
  },
  levels: [
    {
      competence: 'Travail en équipe (collaboration)',
      level: 'Coordonner',
      levelNumber: 2,
      description: 'J’aide à répartir les rôles\nJe facilite les réunions\nJe désamorce les désaccords',
      scale: ['Contribuer', 'Coordonner', 'S’adapter aux besoins du groupe'],
      alignments: [
        {
          name: 'Collaborer avec des collègues',
          url: 'http://data.europa.eu/esco/skill/1',
          framework: 'ESCO',
          code: null,
        },
      ],
      confirmedBy: ['Tuteur professionnel', 'Pair'],
    },
    {
      competence: 'Esprit d’initiative et d’entreprendre',
      level: 'Pérenniser',
      levelNumber: 3,
      description: 'Je construis un modèle économique\nJe noue des partenariats durables\nJe prépare la relève',
      scale: ['Repérer', 'Lancer', 'Pérenniser'],
      alignments: [],
      confirmedBy: ['Enseignant évaluateur'],
    },
  ],
  results: [
    {
      name: 'Heures d’engagement',
      value: '84.5',
      min: '40',
      max: '100',
      quantity: '84,5 h',
      certifiedBy: ['Structure d’accueil'],
    },
    { name: 'Séances suivies', value: '8', min: '7', max: null, quantity: null, certifiedBy: [] },
  ],
  evidence: [
    {
      url: 'https://traces.example.org/epicerie/compte-rendu.pdf',
      name: 'Compte rendu de l’assemblée générale',
      description: 'Neuf pages, rédigées par l’équipe.',
      genre: 'Trace (document, photo, compte rendu)',
      digest: 'matches',
    },
    {
      url: 'https://traces.example.org/epicerie/photos',
      name: 'Photos de la collecte',
      description: null,
      genre: null,
      digest: null,
    },
  ],
  credits: 3,
  narrative:
    'Coordination d’une épicerie solidaire sur le campus : approvisionnement, accueil de 60 étudiants par semaine et formation de quatre bénévoles.\n\nConfirmé par un tuteur professionnel, deux pairs et un enseignant évaluateur ; décision d’un jury volontaire.',
  activity: {
    title: 'Coordination d’une épicerie solidaire',
    host: 'Association Les Paniers (fictive)',
    contractor: null,
    recognisedAs: ['Badge numérique', 'Crédits ECTS'],
    supervisedBy: ['Tuteur professionnel'],
    decidedBy: 'Jury volontaire',
    rest: null,
  },
  role: 'Coordinatrice',
  term: '2025-2026',
  activityStartDate: '2025-10-01T00:00:00+02:00',
  activityEndDate: '2026-05-29T23:59:59+02:00',
  awardedDate: '2026-06-24T16:00:00+02:00',
  validFrom: '2026-06-25T08:12:30Z',
  validUntil: null,
  status: 'active',
};

const MESSAGES: Readonly<Record<CheckState, { fr: string; en: string }>> = {
  pass: { fr: 'Ce contrôle a été fait et rien ne s’y oppose.', en: 'This was checked and nothing speaks against it.' },
  fail: { fr: 'Ce contrôle a échoué.', en: 'This check failed.' },
  unknown: { fr: 'Ce contrôle n’a pas pu être fait.', en: 'This could not be checked.' },
  skipped: { fr: 'Rien à contrôler ici.', en: 'Nothing to check here.' },
};

/** A report with the given states; other checks pass, or have nothing to check. */
export function report(
  facts: {
    readonly outcome?: VerificationReport['outcome'];
    readonly status?: ShownStatus;
    readonly states?: Partial<Record<CheckId, CheckState>>;
    readonly credential?: ShownCredential | null;
    readonly warnings?: VerificationReport['warnings'];
  } = {},
): VerificationReport {
  const outcome = facts.outcome ?? 'valid';
  const credential = facts.credential === undefined ? shownCredential : facts.credential;
  const idle: readonly CheckId[] = ['endorsements', 'refresh'];
  return {
    verified: outcome === 'valid',
    outcome,
    checks: CHECK_IDS.filter((id) => id !== 'recipient').map((id) => {
      const state = facts.states?.[id] ?? (idle.includes(id) ? 'skipped' : 'pass');
      const quiet = state === 'pass' || state === 'skipped';
      return {
        id,
        state,
        code: quiet ? null : `${id}-${state}`,
        pointer: quiet ? null : `/${id}`,
        message: MESSAGES[state],
      };
    }),
    problemDetails: [],
    warnings: facts.warnings ?? [],
    credential: credential === null ? null : { ...credential, status: facts.status ?? credential.status },
    checkedAt: '2026-11-22T10:00:00Z',
  };
}

/** A report for each thing the page may have to say first. */
export const REPORTS = {
  valid: report(),
  revoked: report({ outcome: 'invalid', status: 'revoked', states: { status: 'fail' } }),
  suspended: report({ outcome: 'invalid', status: 'suspended', states: { status: 'fail' } }),
  superseded: report({ outcome: 'invalid', status: 'superseded', states: { status: 'fail' } }),
  expired: report({ outcome: 'invalid', status: 'expired', states: { validity: 'fail' } }),
  'not-yet-valid': report({ outcome: 'invalid', status: 'not-yet-valid', states: { validity: 'fail' } }),
  altered: report({
    outcome: 'invalid',
    credential: null,
    states: { proof: 'fail', key: 'skipped', status: 'skipped', validity: 'skipped' },
  }),
  invalid: report({ outcome: 'invalid', states: { schema: 'fail' } }),
  unchecked: report({ outcome: 'indeterminate', status: 'unknown', states: { status: 'unknown' } }),
} as const satisfies Record<string, VerificationReport>;
