import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTokens, type Tokens } from './access/tokens.js';
import { type Config, isLoopbackUrl } from './config.js';
import { credentialIdOf } from './credential/urls.js';
import { createApp } from './http/app.js';
import { limitKey } from './http/client-address.js';
import type { AppDeps, ServedSupplement } from './http/deps.js';
import { type Listening, listen } from './http/listen.js';
import { createRateLimit } from './http/rate-limit.js';
import { trustedProxies } from './http/trusted-proxies.js';
import { findBadge, verifyBadge } from './issuing/badges.js';
import type { IssuingContext, IssuingCore, IssuingStep } from './issuing/context.js';
import { StudentNotFoundError } from './issuing/erase-student.js';
import { recoverUnfinished } from './issuing/issue-credential.js';
import { defaultIssuer, IssuerNotFoundError, listIssuers } from './issuing/issuers.js';
import { createOwnResolver } from './issuing/own-resolver.js';
import { achievementDocuments, issuerDocuments } from './issuing/public-documents.js';
import { createRegistry } from './issuing/registry.js';
import { createStatusLists } from './issuing/status-lists.js';
import { supplementFor } from './issuing/supplements.js';
import { composeDidDocument } from './keys/did-document.js';
import { didWebUrl } from './keys/did-web.js';
import { openKeyFolder } from './keys/key-folder.js';
import { qrPng, qrSvg } from './media/qr.js';
import { createFetchingResolver } from './net/fetching-resolver.js';
import { createGuardedFetcher } from './net/guarded-fetcher.js';
import { readContextFiles } from './platform/context-files.js';
import { createJsonLogger } from './platform/json-logger.js';
import { createNodeCrypto } from './platform/node-crypto.js';
import { readPinnedContexts } from './platform/read-contexts.js';
import { createIds, systemClock, systemRandom } from './platform/system.js';
import type { Clock } from './ports/clock.js';
import type { Crypto } from './ports/crypto.js';
import { DomainError } from './ports/error.js';
import type { FetchRequest } from './ports/fetcher.js';
import { createPinnedContexts, type PinnedContexts } from './proof/pinned-contexts.js';
import { createProofVerifier } from './proof/verify-proof.js';
import { Exclusive } from './storage/lowdb/exclusive.js';
import { openLowdbStore, readLockHolder } from './storage/lowdb/open-store.js';
import { writeSnippetsHtml } from './supplement/write-html.js';
import { snippetsJson } from './supplement/write-json.js';
import { writeSnippetsText } from './supplement/write-text.js';
import type { Language } from './text/localized.js';
import { checkInput } from './verification/check-input.js';
import { deriveControllerDocument } from './verification/controllers/derived-document.js';
import { rememberProofs } from './verification/remember-proofs.js';

/** The whole of one verification, fetching included. */
const VERIFICATION_MILLISECONDS = 10_000;
const BADGE_REQUEST: FetchRequest = {
  purpose: 'credential',
  accept:
    'application/vc, application/vc+ld+json, application/ld+json, application/json, image/png, image/svg+xml;q=0.9',
  maxBytes: 5 * 1024 * 1024,
  redirects: 2,
};
const CONTEXTS_FOLDER = fileURLToPath(new URL('../contexts/', import.meta.url));

/** One process's house: the use cases on their adapters. The only place that knows which adapters those are. */
export interface House {
  readonly config: Config;
  readonly issuing: IssuingContext;
  readonly tokens: Tokens;
  readonly app: ReturnType<typeof createApp>;
  /** Serves the app at the configured host and port. @throws {ListenError} */
  listen(): Promise<Listening>;
  /** Leaves word in the store's lock where this process takes commands. */
  announceControl(path: string): Promise<void>;
  close(): Promise<void>;
}

/** Badges carry the base URL they were issued under; another one would break every link in them. */
export class PublicUrlChangedError extends DomainError {
  override readonly code = 'public-url-changed';

  constructor(issuer: string, recorded: string, configured: string) {
    super(
      `issuer ${issuer} was made under ${recorded}, which its badges carry; SCEAU_PUBLIC_URL is ${configured}. ` +
        `Start with SCEAU_PUBLIC_URL=${recorded}, or use another data folder.`,
    );
  }
}

/** What verification needs that no store holds. @throws {ContextChangedError} */
export async function verificationParts(): Promise<{
  readonly contexts: PinnedContexts;
  readonly crypto: Crypto;
  readonly clock: Clock;
}> {
  return {
    contexts: createPinnedContexts(await readPinnedContexts(CONTEXTS_FOLDER)),
    crypto: createNodeCrypto(),
    clock: systemClock,
  };
}

/**
 * Opens the house of a configuration: checks contexts and key files, takes the store, finishes what a crash left.
 * @throws {StoreLockedError} {@link StoreDamagedError} {@link KeyFileUnsafeError} {@link ContextChangedError}
 * {@link PublicUrlChangedError}
 */
export async function openHouse(
  config: Config,
  options: { readonly atStep?: (step: IssuingStep) => void } = {},
): Promise<House> {
  const { contexts, crypto, clock } = await verificationParts();
  const logger = createJsonLogger({ write: (line) => process.stderr.write(line), level: config.logLevel, clock });
  const keys = await openKeyFolder({ folder: config.keysDirectory, passphrase: config.keyPassphrase });
  await mkdir(dirname(config.dataDirectory), { recursive: true });
  const store = await openLowdbStore({ directory: config.dataDirectory, clock, random: systemRandom, logger });
  try {
    const core: IssuingCore = {
      store,
      signer: keys.signer,
      keyStore: keys,
      contexts,
      createVerifier: rememberProofs(createProofVerifier),
      crypto,
      clock,
      ids: createIds(systemRandom),
      random: systemRandom,
      logger,
      turns: new Exclusive(),
      registry: createRegistry(store.documents),
      hash: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
      hashBytes: (bytes) => createHash('sha256').update(bytes).digest('hex'),
      didDocument: (did, entries) => composeDidDocument({ did, keys: entries }),
      settings: { publicUrl: config.publicUrl, didMethod: config.didMethod, proofSuites: config.proofSuites },
      ...(options.atStep === undefined ? {} : { atStep: options.atStep }),
    };
    const statusLists = createStatusLists(core);
    const issuing: IssuingContext = { ...core, statusLists, resolver: createOwnResolver(core, statusLists) };
    const tokens = createTokens({ documents: store.documents, clock, random: systemRandom });
    await checkPublicUrl(issuing, config);
    await recoverUnfinished(issuing);
    const app = createApp(await appDeps(issuing, tokens, config));
    return {
      config,
      issuing,
      tokens,
      app,
      listen: () => listen(app, { host: config.host, port: config.port }),
      announceControl: (path) => store.announce(path),
      close: () => store.close(),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function appDeps(issuing: IssuingContext, tokens: Tokens, config: Config): Promise<AppDeps> {
  return {
    publicUrl: issuing.settings.publicUrl,
    clock: issuing.clock,
    ids: issuing.ids,
    logger: issuing.logger,
    badges: {
      async find(id) {
        const badge = await findBadge(issuing, id);
        return badge === undefined ? undefined : { document: badge.document, source: badge.entry.source };
      },
      verify: (id) => verifyBadge(issuing, id),
    },
    verification: verificationDeps(issuing, config),
    statusLists: { get: async (id) => (await issuing.statusLists.publish(id))?.body },
    issuers: {
      async find(slug) {
        const found = await issuerDocuments(issuing, slug);
        if (found === undefined) return undefined;
        const { issuer, keys, profile, didDocument, achievements } = found;
        const { name, country, url, did } = issuer;
        return {
          view: {
            slug,
            name,
            parent: null,
            country: country ?? null,
            url,
            email: issuer.email ?? null,
            did,
            keys,
            achievements,
          },
          profile,
          ...(didDocument === undefined ? {} : { didDocument }),
        };
      },
      defaultSlug: async () => (await defaultIssuer(issuing))?.slug,
    },
    achievements: {
      async find(place) {
        const found = await achievementDocuments(issuing, place);
        if (found === undefined) return undefined;
        const { slug, name } = found.issuer;
        return { achievement: found.achievement, issuer: { slug, name } };
      },
    },
    supplements: { forStudent: (wanted) => servedSupplement(issuing, wanted) },
    contexts: await readContextFiles(CONTEXTS_FOLDER),
    qr: { svg: async (url) => qrSvg(url, url), png: qrPng },
    tokens,
  };
}

/** Verification of any badge: our own from the store, others through the one guarded fetcher. */
function verificationDeps(issuing: IssuingContext, config: Config): AppDeps['verification'] {
  const { clock, logger, contexts, crypto, createVerifier } = issuing;
  const shared = createGuardedFetcher({ clock, logger, ownOrigins: [config.publicUrl] });
  const rate = createRateLimit(config.rateVerify);
  return {
    trustedProxies: trustedProxies(config.trustedProxies),
    limit: (address) => rate.take(limitKey(address), clock.now()),
    async check(input, { language, recipient }) {
      const signal = AbortSignal.timeout(VERIFICATION_MILLISECONDS);
      const fetcher = shared.forVerification();
      return checkInput(input, {
        contexts,
        crypto,
        createVerifier,
        language,
        ...(recipient === undefined ? {} : { recipient }),
        now: clock.now(),
        resolver: createFetchingResolver({
          fetcher,
          own: issuing.resolver,
          didWebUrl,
          selfDescribed: { key: deriveControllerDocument, jwk: deriveControllerDocument },
          signal,
        }),
        async fetchBadge(url) {
          const own = credentialIdOf(config.publicUrl, url.replace('/v/', '/credentials/'));
          const badge = own === undefined ? undefined : await findBadge(issuing, own);
          if (badge !== undefined) return new TextEncoder().encode(JSON.stringify(badge.document));
          const answer = await fetcher.fetch(url, { ...BADGE_REQUEST, signal });
          return answer.outcome === 'found' ? answer.bytes : undefined;
        },
      });
    },
  };
}

async function servedSupplement(
  issuing: IssuingContext,
  wanted: { readonly issuer: string; readonly student: string; readonly language: Language },
): Promise<ServedSupplement | undefined> {
  try {
    const snippets = await supplementFor(issuing, wanted);
    return { text: writeSnippetsText(snippets), html: writeSnippetsHtml(snippets), json: snippetsJson(snippets) };
  } catch (error) {
    if (error instanceof StudentNotFoundError || error instanceof IssuerNotFoundError) return undefined;
    throw error;
  }
}

/** Refuses a changed public URL once badges exist; on loopback it only warns (decision 7). */
async function checkPublicUrl(issuing: IssuingContext, config: Config): Promise<void> {
  for (const issuer of await listIssuers(issuing)) {
    if (issuer.baseUrl === config.publicUrl) continue;
    const counts = await issuing.store.ledger.counts(issuer.slug);
    const badges = Object.values(counts).reduce((sum, count) => sum + count, 0);
    if (badges > 0 && !(isLoopbackUrl(issuer.baseUrl) && isLoopbackUrl(config.publicUrl))) {
      throw new PublicUrlChangedError(issuer.slug, issuer.baseUrl, config.publicUrl);
    }
    issuing.logger.warn('public-url-changed', { issuer: issuer.slug, recorded: issuer.baseUrl });
  }
}

/** Where the live process that holds a data folder takes commands; undefined when it takes none. */
export async function findControl(dataDirectory: string): Promise<string | undefined> {
  return (await readLockHolder(dataDirectory))?.control;
}

/** Is there a store in a data folder, whole or damaged? */
export function storeExists(dataDirectory: string): boolean {
  return ['store.json', 'ledger'].some((name) => existsSync(join(dataDirectory, name)));
}
