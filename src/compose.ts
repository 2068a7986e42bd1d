import { createHash, hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTokens, type Tokens } from './access/tokens.js';
import { composeAppDeps } from './compose/app-deps.js';
import { type BadgeChecker, createBadgeChecker } from './compose/badge-checker.js';
import { createCredentialChecker } from './compose/credential-checker.js';
import { createHouseMetrics } from './compose/house-metrics.js';
import { createHouseWorkers } from './compose/house-workers.js';
import { measureAnswers } from './compose/measured-answers.js';
import { measureLedger } from './compose/measured-ledger.js';
import { measureMailer } from './compose/measured-mailer.js';
import { openKeys } from './compose/open-keys.js';
import { openStore } from './compose/open-store.js';
import { composeOperations } from './compose/operations.js';
import { createPictures, type Pictures } from './compose/pictures.js';
import type { VerificationParts } from './compose/verification-means.js';
import { type Config, isLoopbackUrl } from './config.js';
import { credentialIdOf } from './credential/urls.js';
import { serveRemembered } from './http/answers/serve-remembered.js';
import { createApp } from './http/app.js';
import { type Listening, listen } from './http/listen.js';
import { findBadge } from './issuing/badges.js';
import type { IssuingContext, IssuingCore, IssuingStep } from './issuing/context.js';
import { createStatusPlaces } from './issuing/draw-status-index.js';
import { createHaltState } from './issuing/halt.js';
import { inspectionInWorkers } from './issuing/inspection-in-workers.js';
import { recoverUnfinished } from './issuing/issue-credential.js';
import { listIssuers } from './issuing/issuers.js';
import { createOwnResolver } from './issuing/own-resolver.js';
import { createRegistry } from './issuing/registry.js';
import { createStatusLists } from './issuing/status-lists.js';
import { composeDidDocument } from './keys/did-document.js';
import { haltingSigner } from './keys/halting-signer.js';
import { createGuardedFetcher, type GuardedFetcherOptions } from './net/guarded-fetcher.js';
import { readContextFiles } from './platform/context-files.js';
import { createNodeCrypto } from './platform/node-crypto.js';
import { createPinoLogger } from './platform/pino-logger.js';
import { readPinnedContexts } from './platform/read-contexts.js';
import { createIds, systemClock, systemRandom } from './platform/system.js';
import { usualThreads } from './platform/worker-threads.js';
import type { Clock } from './ports/clock.js';
import type { Crypto } from './ports/crypto.js';
import { DomainError } from './ports/error.js';
import type { TakeSnapshot } from './ports/store-snapshot.js';
import { canonizeInWorkers } from './proof/canonize-in-workers.js';
import { type CompiledCanonize, createCompiledCanonize } from './proof/compiled/compiled-canonize.js';
import { compiledFirst, compileSmall } from './proof/compiled-first.js';
import { createEddsaProofs } from './proof/eddsa-proofs.js';
import { createPinnedContexts, type PinnedContexts } from './proof/pinned-contexts.js';
import { createProofVerifier } from './proof/verify-proof.js';
import { type MailLoop, startMailLoop } from './sharing/mail-loop.js';
import type { Disk } from './storage/lowdb/disk.js';
import { Exclusive } from './storage/lowdb/exclusive.js';
import { readLockHolder } from './storage/lowdb/open-store.js';
import { rememberProofs } from './verification/remember-proofs.js';

const MILLISECONDS_PER_SECOND = 1_000;
const CONTEXTS_FOLDER = fileURLToPath(new URL('../contexts/', import.meta.url));

/** One process's house: the use cases on their adapters. The only place that knows which adapters those are. */
export interface House {
  readonly config: Config;
  readonly issuing: IssuingContext;
  readonly tokens: Tokens;
  /** Verifies any badge, ours or not: what `POST /verify` and `sceau verify` ask. */
  readonly check: BadgeChecker;
  /** Draws badges, loading what it needs with the first. */
  readonly pictures: Pictures;
  readonly app: ReturnType<typeof createApp>;
  /** Serves the app at the configured host and port, and counts from now on. @throws {ListenError} */
  listen(): Promise<Listening>;
  /** Aborted once the service is stopping: it takes nothing new, and a long batch ends after what it is at. */
  readonly stopping: AbortSignal;
  /** Says that the service is stopping. What is under way goes on until `close`. */
  beginStop(): void;
  /** Sends the letters to holders from now on, until told to stop; without an SMTP server they wait. */
  startMail(): Promise<MailLoop>;
  /** Leaves word in the store's lock where this process takes commands. */
  announceControl(path: string): Promise<void>;
  /** Holds still what is stored, for a backup; undefined where a database server makes its own copies. */
  readonly takeSnapshot: TakeSnapshot | undefined;
  close(): Promise<void>;
}

/** What a test puts in place of the world. */
export interface HouseOptions {
  readonly atStep?: (step: IssuingStep) => void;
  /** What time it is; the system's unless told. */
  readonly clock?: Clock;
  /** Where the embedded store keeps its files; the machine's file system unless told. */
  readonly disk?: Disk;
  /** Leaves what a crash left for the next start: of a house that is not in its place yet. */
  readonly leavesUnfinished?: true;
  /** Where the pinned contexts are; the house's own unless told. */
  readonly contextsFolder?: string;
  /** The module each worker thread runs; the built one unless told. */
  readonly workerEntry?: URL;
  /** Takes each line of the log; standard error unless told. */
  readonly writeLog?: (line: string) => void;
  /** How the guarded fetcher reaches others; the system's name servers and connections unless told. */
  readonly network?: Partial<Omit<GuardedFetcherOptions, 'clock' | 'logger' | 'ownOrigins'>>;
}

/** SHA-256 of a text in UTF-8, in hexadecimal. */
function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex');
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
export async function verificationParts({
  clock = systemClock,
  contextsFolder = CONTEXTS_FOLDER,
}: Pick<HouseOptions, 'clock' | 'contextsFolder'> = {}): Promise<{
  readonly contexts: PinnedContexts;
  readonly compiled: CompiledCanonize;
  readonly crypto: Crypto;
  readonly clock: Clock;
}> {
  const contexts = createPinnedContexts(await readPinnedContexts(contextsFolder));
  return {
    contexts,
    compiled: createCompiledCanonize({ contexts, sha256: sha256Hex }),
    crypto: createNodeCrypto(),
    clock,
  };
}

/**
 * Opens the house of a configuration: checks contexts and key files, takes the store, finishes what a crash left.
 * @throws {StoreLockedError} {@link StoreDamagedError} {@link KeyFileUnsafeError} {@link ContextChangedError}
 * {@link PublicUrlChangedError}
 */
export async function openHouse(config: Config, options: HouseOptions = {}): Promise<House> {
  const { contexts, compiled, crypto, clock } = await verificationParts(options);
  const logger = createPinoLogger({
    level: config.logLevel,
    clock,
    ...(options.writeLog === undefined ? {} : { write: options.writeLog }),
  });
  const keys = await openKeys(config, () => store.documents.issuers());
  const opened = await openStore(config, { clock, random: systemRandom, logger, disk: options.disk });
  const metrics = createHouseMetrics();
  const { ledger, takesRecords } = measureLedger(opened.ledger, metrics.metrics);
  const store = { ...opened, ledger };
  const stopping = new AbortController();
  const halt = createHaltState(store);
  const workers = createHouseWorkers(contexts, options.workerEntry);
  const canonize = compiledFirst(canonizeInWorkers(workers, { contexts }), { compiled, contexts });
  try {
    const core: IssuingCore = {
      store,
      signer: haltingSigner(keys.signer, halt.assertSigning),
      keyStore: keys,
      halt,
      contexts,
      canonize,
      eddsa: createEddsaProofs({
        compile: (document) => compileSmall(document, { compiled, contexts }),
        sha256: sha256Hex,
      }),
      createVerifier: rememberProofs((document, given) => createProofVerifier(document, { canonize, ...given })),
      crypto,
      clock,
      ids: createIds(systemRandom),
      random: systemRandom,
      logger,
      metrics: metrics.metrics,
      turns: new Exclusive(),
      shares: opened.shares,
      registry: createRegistry(store),
      hash: sha256Hex,
      hashBytes: (bytes) => createHash('sha256').update(bytes).digest('hex'),
      didDocument: (did, entries) => composeDidDocument({ did, keys: entries }),
      settings: { publicUrl: config.publicUrl, didMethod: config.didMethod, proofSuites: config.proofSuites },
      ...(options.atStep === undefined ? {} : { atStep: options.atStep }),
    };
    const statusLists = createStatusLists(core);
    const issuing: IssuingContext = {
      ...core,
      statusLists,
      places: createStatusPlaces(core),
      resolver: createOwnResolver(core, statusLists),
      inspection: inspectionInWorkers(workers, usualThreads() - 1),
    };
    const tokens = createTokens({ documents: store.documents, clock, random: systemRandom });
    await checkPublicUrl(issuing, config);
    if (options.leavesUnfinished !== true) await recoverUnfinished(issuing);
    const verification: VerificationParts = {
      contexts,
      compiled,
      crypto,
      clock,
      createVerifier: core.createVerifier,
      workers,
      statusIssuer: config.statusIssuer,
      fetcher: createGuardedFetcher({ clock, logger, ownOrigins: [config.publicUrl], ...options.network }),
      own: issuing.resolver,
    };
    const check = createBadgeChecker({
      ...verification,
      async findOwn(text) {
        const id = credentialIdOf(config.publicUrl, text.replace('/v/', '/credentials/'));
        return id === undefined ? undefined : (await findBadge(issuing, id))?.document;
      },
    });
    const contextFiles = await readContextFiles(CONTEXTS_FOLDER);
    const pictures = createPictures(issuing);
    const deps = composeAppDeps(issuing, {
      tokens,
      config,
      contextFiles,
      check,
      credentials: createCredentialChecker(verification),
      sharing: issuing,
      pictures,
      operations: composeOperations(issuing, { config, metrics, stopping: stopping.signal, takesRecords, workers }),
    });
    const app = createApp(measureAnswers(deps, metrics.metrics));
    return {
      config,
      issuing,
      tokens,
      check,
      pictures,
      app,
      async listen() {
        await metrics.start();
        const { host, port, drainSeconds } = config;
        const served = { fetch: app.fetch, first: serveRemembered(deps) };
        return listen(served, { host, port }, { drainMilliseconds: drainSeconds * MILLISECONDS_PER_SECOND });
      },
      stopping: stopping.signal,
      beginStop: () => stopping.abort(),
      async startMail() {
        if (config.mail === undefined) return startMailLoop(issuing, undefined);
        const { createSmtpMailer } = await import('./mail/smtp-mailer.js');
        const mailer = createSmtpMailer({ url: config.mail.smtpUrl, from: config.mail.from });
        return startMailLoop(issuing, measureMailer(mailer, metrics.metrics));
      },
      announceControl: (path) => store.announce(path),
      takeSnapshot: store.snapshot,
      async close() {
        await workers.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
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

/** Is there a store in a data folder, whole or damaged? In a database there is one as soon as it is opened. */
export function storeExists({ database, dataDirectory }: Pick<Config, 'database' | 'dataDirectory'>): boolean {
  return database !== undefined || ['store.json', 'ledger'].some((name) => existsSync(join(dataDirectory, name)));
}
