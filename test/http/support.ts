import { BlockList } from 'node:net';
import { createApp } from '../../src/http/app.js';
import type { AppDeps, ServedAchievement, ServedIssuer } from '../../src/http/deps.js';
import { CredentialNotFoundError } from '../../src/issuing/change-status.js';
import type { JsonObject } from '../../src/ports/json.js';
import { NO_METRICS } from '../../src/ports/metrics.js';
import { READINESS_CHECKS } from '../../src/ports/readiness.js';
import { report } from '../pages/reports.js';

export const PUBLIC_URL = 'https://badges.example.org';
export const BADGE_ID = '0123456789abcdefghjkmnpqrs';
export const ABSENT_ID = '7zzzzzzzzzzzzzzzzzzzzzzzzz';

/** Stands for a signed badge: at the edge it is only a JSON object. */
export const BADGE: JsonObject = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  id: `${PUBLIC_URL}/credentials/${BADGE_ID}`,
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Épicerie solidaire',
};

/** The looks of the issuer. */
export const LOOK = {
  slug: 'universite-de-l-exemple',
  logo: '/issuers/universite-de-l-exemple/logo',
  styleSheet: '/issuers/universite-de-l-exemple/look.css',
  contact: 'badges@univ.example.org',
};

/** Its logo: a drawing. */
export const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><path d="M0 0h30v10H0z"/></svg>';

export const ISSUER: ServedIssuer = {
  view: {
    ...LOOK,
    name: 'Université de l’Exemple – Vie étudiante',
    parent: 'Université de l’Exemple',
    country: 'FR',
    url: 'https://univ.example.org',
    did: 'did:web:badges.example.org',
    keys: ['z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQXJPt4swbTQ2E'],
    achievements: [
      {
        name: { fr: 'Compétences d’engagement', en: 'Engagement competences' },
        version: '2025-2026',
        path: '/achievements/engagement/2025-2026',
      },
    ],
  },
  profile: { id: 'did:web:badges.example.org', type: ['Profile'], name: 'Université de l’Exemple – Vie étudiante' },
  didDocument: { id: 'did:web:badges.example.org', verificationMethod: [] },
};

function achievementJson(inLanguage: 'fr' | 'en', name: string, level: string): JsonObject {
  return {
    id: `${PUBLIC_URL}/achievements/engagement/2025-2026`,
    type: ['Achievement'],
    name,
    description: inLanguage === 'fr' ? 'Reconnaît un engagement étudiant.' : 'Recognises student engagement.',
    criteria: { narrative: inLanguage === 'fr' ? 'Un jury confirme.' : 'A jury confirms.' },
    achievementType: 'MicroCredential',
    creditsAvailable: 3,
    inLanguage,
    version: '2025-2026',
    alignment: [{ type: ['Alignment'], targetName: 'SDG 2', targetUrl: 'https://metadata.un.org/sdg/2' }],
    resultDescription: [
      {
        id: `${PUBLIC_URL}/achievements/engagement/2025-2026#teamwork`,
        type: ['ResultDescription'],
        name: inLanguage === 'fr' ? 'Travail en équipe' : 'Teamwork',
        resultType: 'RubricCriterionLevel',
        rubricCriterionLevel: [
          { name: level, level: '1', description: inLanguage === 'fr' ? 'Je tiens parole' : 'I keep my word' },
        ],
      },
      { name: inLanguage === 'fr' ? 'Heures' : 'Hours', resultType: 'RawScore', valueMin: '40', valueMax: '100' },
    ],
  };
}

export const ACHIEVEMENT: ServedAchievement = {
  achievement: {
    fr: achievementJson('fr', 'Compétences d’engagement', 'Contribuer'),
    en: achievementJson('en', 'Engagement competences', 'Contributing'),
  },
  issuer: { slug: 'universite-de-l-exemple', name: 'Université de l’Exemple – Vie étudiante' },
};

/** Secrets the fake house knows. */
export const TOKENS = {
  house: 'sceau_house',
  bound: 'sceau_bound',
  issueOnly: 'sceau_issue_only',
  metrics: 'metrics-token',
} as const;

export type LogEntry = { readonly event: string; readonly facts: unknown; readonly error?: unknown };

/** A house with one badge, one issuer, one achievement, one list, one student; members may be replaced. */
export function fakeDeps(changes: Partial<AppDeps> = {}): AppDeps & { readonly logged: LogEntry[] } {
  const logged: LogEntry[] = [];
  let requests = 0;
  return {
    logged,
    publicUrl: PUBLIC_URL,
    clock: { now: () => Date.UTC(2026, 10, 22, 10) },
    ids: {
      next: () => {
        requests += 1;
        return `request-${requests}`;
      },
    },
    logger: {
      info: (event, facts) => logged.push({ event, facts }),
      warn: (event, facts) => logged.push({ event, facts }),
      error: (event, error, facts) => logged.push({ event, facts, error }),
    },
    badges: {
      find: async (id) => (id === BADGE_ID ? { document: BADGE, source: 'jury', issuer: LOOK } : undefined),
      verify: async (id) => (id === BADGE_ID ? report() : undefined),
    },
    verification: {
      check: async () => ({ kind: 'report', report: report() }),
      credential: async () => report(),
      presentation: async () => ({
        verified: false,
        outcome: 'invalid',
        holder: null,
        problemDetails: [],
        warnings: [],
        credentialResults: [],
        checkedAt: '2026-11-22T10:00:00Z',
      }),
      limit: () => undefined,
      trustedProxies: new BlockList(),
    },
    device: {
      house: async () => ({ publicUrl: PUBLIC_URL, statusIssuer: 'any', issuers: [] }),
      state: async (_, issuer) => ({
        issuer,
        state: 'not-told',
        newestValidFrom: null,
        superseded: [],
        recorded: [],
        lists: [],
      }),
    },
    vcApi: {
      issue: async () => ({
        credentialId: BADGE_ID,
        url: `https://badges.example.org/credentials/${BADGE_ID}`,
        document: BADGE,
      }),
      changeStatus: async ({ credentialId }) => {
        throw new CredentialNotFoundError(credentialId);
      },
    },
    statusLists: { get: async (id) => (id === 'list-1' ? '{"type":["BitstringStatusListCredential"]}' : undefined) },
    issuers: {
      find: async (slug) => (slug === ISSUER.view.slug ? ISSUER : undefined),
      defaultSlug: async () => ISSUER.view.slug,
      logo: async (slug) =>
        slug === ISSUER.view.slug ? { bytes: new TextEncoder().encode(LOGO), mediaType: 'image/svg+xml' } : undefined,
      styleSheet: async (slug) => (slug === ISSUER.view.slug ? ':root{--brand:#7a1f3d}' : undefined),
    },
    achievements: {
      find: async ({ programme, version, variant }) =>
        programme === 'engagement' && version === '2025-2026' && (variant === undefined || variant === 'soir')
          ? ACHIEVEMENT
          : undefined,
    },
    supplements: {
      forStudent: async ({ issuer, student, language }) =>
        issuer === ISSUER.view.slug && student === 'e-2021-7'
          ? {
              text: `6.1 (${language})`,
              html: `<p>6.1 (${language})</p>`,
              json: { item: '6.1', language },
            }
          : undefined,
    },
    holders: {
      desk: {
        lookAtLink: async () => undefined,
        openLink: async () => undefined,
        askForNewLink: async () => {},
        session: async () => undefined,
        signOut: async () => {},
        profile: async () => undefined,
        badges: async () => [],
        badge: async () => undefined,
        chooseDisclosure: async () => undefined,
        chooseSharing: async () => false,
        askForErasure: async () => {},
        takeBackErasure: async () => {},
        export: async () => undefined,
      },
      limit: () => undefined,
      downloads: () => [],
      linkedInUrl: async () => undefined,
    },
    wallets: {
      desk: {
        offer: async () => undefined,
        interaction: async () => ({ outcome: 'unknown' }),
        exchange: async () => ({ outcome: 'unknown' }),
        credentialIssuer: async () => ({ credential_issuer: PUBLIC_URL }),
        authorizationServer: () => ({ issuer: PUBLIC_URL }),
        credentialOffer: async () => ({ outcome: 'unknown' }),
        token: async () => ({}),
        nonce: async () => ({}),
        credential: async () => ({}),
      },
      limit: () => undefined,
    },
    contexts: {
      manifest: { 'https://www.w3.org/ns/credentials/v2': { file: 'credentials-v2.json' } },
      get: (file) =>
        file === 'credentials-v2.json'
          ? { bytes: new TextEncoder().encode('{"@context":{}}\n'), mediaType: 'application/ld+json' }
          : undefined,
    },
    forms: {
      jwt: async () => undefined,
      attestation: async (id) => (id === BADGE_ID ? new TextEncoder().encode('%PDF-1.7') : undefined),
      linkedIn: async () => undefined,
      baked: async (id, form) =>
        id === BADGE_ID ? new TextEncoder().encode(`${form} ${JSON.stringify(BADGE)}`) : undefined,
      card: async ({ language, state }) => new TextEncoder().encode(`card ${language} ${state?.text ?? ''}`),
      achievement: async ({ programme, variant }, { language, form }) =>
        programme === 'engagement' ? `${form} ${variant ?? ''} ${language}` : undefined,
    },
    qr: {
      svg: async (url) => `<svg xmlns="http://www.w3.org/2000/svg"><title>${url}</title></svg>`,
      png: async (url) => new TextEncoder().encode(`\u0089PNG ${url}`),
    },
    tokens: {
      authenticate: async (secret) => {
        if (secret === TOKENS.house) return { id: 'a', scopes: ['supplement'] };
        if (secret === TOKENS.bound) return { id: 'b', scopes: ['supplement'], issuer: 'universite-de-l-exemple' };
        return secret === TOKENS.issueOnly ? { id: 'c', scopes: ['issue'] } : undefined;
      },
    },
    operations: {
      metrics: NO_METRICS,
      metricsText: {
        access: { by: 'token', isToken: (secret) => secret === TOKENS.metrics },
        read: async () => ({ contentType: 'text/plain; version=0.0.4', body: 'sceau_ready 1\n' }),
      },
      readiness: async () => READINESS_CHECKS.map((name) => ({ name, state: 'pass' })),
    },
    ...changes,
  };
}

/** The app over a fake house. */
export function fakeApp(changes: Partial<AppDeps> = {}) {
  const deps = fakeDeps(changes);
  return { deps, app: createApp(deps) };
}
