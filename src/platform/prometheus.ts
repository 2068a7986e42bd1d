import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from '../ports/metrics.js';

const SECONDS = 1 / 1_000;
const REQUEST_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const APPEND_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const HUNDRED = 100;

/** One value of a gauge, with its labels. */
export interface GaugeValue {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Something that has a value now and is looked at when the metrics are read. */
export interface GaugeSource {
  /** Full name, in the manner of Prometheus: `sceau_mails_waiting`. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  /** A value that cannot be had now is left out. */
  read(): Promise<readonly GaugeValue[]> | readonly GaugeValue[];
}

/** Metrics of one process, and their text. */
export interface PrometheusMetrics {
  readonly metrics: Metrics;
  /** Adds what is looked at when the metrics are read. */
  watch(source: GaugeSource): void;
  /** All of it as Prometheus reads it. @see https://prometheus.io/docs/instrumenting/exposition_formats/ */
  read(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/** The Metrics port on prom-client, beside what Node tells of its process: memory, processor time, event loop, garbage. */
export function createPrometheus({ version }: { readonly version: string }): PrometheusMetrics {
  const registry = new Registry();
  const registers = [registry];
  let watchesProcess = false;
  new Gauge({ name: 'sceau_build_info', help: 'Version of Sceau; always 1.', labelNames: ['version'], registers }).set(
    { version },
    1,
  );

  const requests = new Histogram({
    name: 'sceau_http_request_duration_seconds',
    help: 'Requests answered, by pattern of the route, method and class of the status.',
    labelNames: ['route', 'method', 'status'],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const appends = new Histogram({
    name: 'sceau_ledger_append_duration_seconds',
    help: 'Appends to the ledger, from being handed in until durable, refused or failed.',
    labelNames: ['outcome'],
    buckets: APPEND_SECONDS,
    registers,
  });
  const records = counter('sceau_ledger_records_total', 'Records this process appended to the ledger.');
  const verifications = counter('sceau_verifications_total', 'Questions about badges, by outcome.', ['outcome']);
  const badges = counter('sceau_badges_total', 'Badges wanted, by what came of it.', ['outcome']);
  const changes = counter('sceau_status_changes_total', 'Changes of the status of badges.', ['change']);
  const mails = counter('sceau_mails_total', 'Attempts at sending a letter, by outcome.', ['outcome']);
  for (const outcome of ['issued', 'reissued', 'refused', 'failed']) badges.inc({ outcome }, 0);
  for (const outcome of ['valid', 'invalid', 'indeterminate', 'refused']) verifications.inc({ outcome }, 0);
  for (const change of ['revoked', 'suspended', 'reinstated', 'superseded']) changes.inc({ change }, 0);
  for (const outcome of ['accepted', 'refused', 'deferred', 'unavailable']) mails.inc({ outcome }, 0);

  function counter(name: string, help: string, labelNames: readonly string[] = []): Counter {
    return new Counter({ name, help, labelNames: [...labelNames], registers });
  }

  return {
    metrics: {
      request({ route, method, status, milliseconds }) {
        requests.observe({ route, method, status: `${Math.floor(status / HUNDRED)}xx` }, milliseconds * SECONDS);
      },
      verification: (outcome) => verifications.inc({ outcome }),
      badge: (outcome, count = 1) => badges.inc({ outcome }, count),
      statusChange: (change) => changes.inc({ change }),
      ledgerAppend({ outcome, records: appended, milliseconds }) {
        appends.observe({ outcome }, milliseconds * SECONDS);
        records.inc(appended);
      },
      mail: (outcome) => mails.inc({ outcome }),
    },
    watch({ name, help, labels = [], read }) {
      new Gauge({
        name,
        help,
        labelNames: [...labels],
        registers,
        async collect() {
          const values = await Promise.resolve()
            .then(read)
            .catch(() => []);
          this.reset();
          for (const { labels: of = {}, value } of values) this.set({ ...of }, value);
        },
      });
    },
    async read() {
      // Watching the process begins when somebody reads what it shows: a single command never does.
      if (!watchesProcess) collectDefaultMetrics({ register: registry });
      watchesProcess = true;
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}
