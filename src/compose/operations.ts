import { createHash, timingSafeEqual } from 'node:crypto';
import { type Config, isLoopbackUrl } from '../config.js';
import type { Issuer } from '../credential/issuer.js';
import type { AppDeps, MetricsAccess } from '../http/deps.js';
import type { IssuingContext } from '../issuing/context.js';
import { listIssuers, signingKey } from '../issuing/issuers.js';
import type { JobLoad } from '../platform/job-lanes.js';
import type { GaugeValue } from '../platform/prometheus.js';
import { countWaiting } from '../sharing/queue-mail.js';
import type { HouseMetrics } from './house-metrics.js';
import { createReadiness } from './readiness.js';
import { rememberFor } from './remember-for.js';

/** Where the store is tried: of no issuer, and nothing is left there. */
const PROBE = { issuer: 'house', topic: 'readiness', key: 'probe' } as const;
/** Counting letters and badges reads them: once in so long, however often the metrics are read. */
const COUNTED_FOR_MILLISECONDS = 10_000;
const STATES = ['reserved', 'active', 'suspended', 'revoked', 'voided', 'erased'] as const;

export interface OperationsParts {
  readonly config: Config;
  readonly metrics: HouseMetrics;
  /** Aborted once the service is stopping. */
  readonly stopping: AbortSignal;
  /** Does the ledger take records, as far as is known? */
  readonly takesRecords: () => boolean;
  readonly workers: { load(): JobLoad };
}

/** What whoever runs the service looks at: readiness and metrics. */
export function composeOperations(issuing: IssuingContext, parts: OperationsParts): AppDeps['operations'] {
  const { config, metrics, stopping, takesRecords } = parts;
  const readiness = createReadiness({
    stopping,
    logger: issuing.logger,
    checks: {
      store: async () => {
        await issuing.store.log.get(PROBE.issuer, PROBE.topic, PROBE.key);
        // Written and made durable like any other, though there is no row to delete.
        await issuing.store.log.delete([PROBE]);
        return takesRecords();
      },
      keys: () => everyIssuerCanSign(issuing),
      halt: async () => (await issuing.halt.current()) === undefined,
    },
  });
  watchHouse(issuing, parts);
  metrics.watch({
    name: 'sceau_ready',
    help: 'Checks of /readyz: 1 passes, 0 does not.',
    labels: ['check'],
    read: async () =>
      (await readiness()).map(({ name, state }) => ({ labels: { check: name }, value: state === 'pass' ? 1 : 0 })),
  });
  return {
    metrics: metrics.metrics,
    metricsText: { access: metricsAccess(config), read: async () => (await metrics.start()).read() },
    readiness,
  };
}

async function everyIssuerCanSign(issuing: IssuingContext): Promise<boolean> {
  const usable = (await listIssuers(issuing)).map(async (issuer) => {
    if (await isLost(issuing, issuer)) return true;
    const { verificationMethod } = await signingKey(issuing, issuer);
    return issuing.signer.canSign(verificationMethod);
  });
  return (await Promise.all(usable)).every((canSign) => canSign);
}

/** A `did:key` issuer whose key was compromised never signs again: no reason to be out of service for ever. */
async function isLost({ store }: IssuingContext, { slug, did }: Issuer): Promise<boolean> {
  if (!did.startsWith('did:key:')) return false;
  const keys = (await store.ledger.keys(slug)).filter(({ algorithm }) => algorithm === 'Ed25519');
  return keys.some(({ state }) => state === 'compromised') && !keys.some(({ state }) => state === 'active');
}

function watchHouse(issuing: IssuingContext, { metrics, workers }: OperationsParts): void {
  metrics.watch({
    name: 'sceau_worker_jobs',
    help: 'Jobs of the worker threads, by lane.',
    labels: ['lane', 'state'],
    read: () =>
      Object.entries(workers.load()).flatMap(([lane, { running, waiting }]) => [
        { labels: { lane, state: 'running' }, value: running },
        { labels: { lane, state: 'waiting' }, value: waiting },
      ]),
  });
  metrics.watch({
    name: 'sceau_mails_waiting',
    help: 'Letters to holders that wait to be sent.',
    read: rememberFor(COUNTED_FOR_MILLISECONDS, async () => [{ value: await lettersWaiting(issuing) }]),
  });
  metrics.watch({
    name: 'sceau_credentials',
    help: 'Credentials in the store, by state.',
    labels: ['state'],
    read: rememberFor(COUNTED_FOR_MILLISECONDS, () => credentialsByState(issuing)),
  });
}

async function lettersWaiting(issuing: IssuingContext): Promise<number> {
  let waiting = 0;
  for (const { slug } of await listIssuers(issuing)) waiting += await countWaiting(issuing, slug);
  return waiting;
}

async function credentialsByState(issuing: IssuingContext): Promise<readonly GaugeValue[]> {
  const issuers = await listIssuers(issuing);
  const counts = await Promise.all(issuers.map(({ slug }) => issuing.store.ledger.counts(slug)));
  return STATES.map((state) => ({
    labels: { state },
    value: counts.reduce((sum, count) => sum + count[state], 0),
  }));
}

/** The bearer of the token; without one, this machine alone, and only where no proxy stands before the service. */
function metricsAccess({ metricsToken, publicUrl }: Config): MetricsAccess {
  if (metricsToken === undefined) return { by: isLoopbackUrl(publicUrl) ? 'this-machine' : 'nobody' };
  const digest = sha256(metricsToken);
  return { by: 'token', isToken: (secret) => timingSafeEqual(sha256(secret), digest) };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
