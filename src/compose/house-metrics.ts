import type { GaugeSource, PrometheusMetrics } from '../platform/prometheus.js';
import { type Metrics, NO_METRICS } from '../ports/metrics.js';
import { packageVersion } from './package-version.js';

/** What a process counts, from when it begins to serve. */
export interface HouseMetrics {
  /** Counts nothing before {@link start}: a single command has nobody to tell. */
  readonly metrics: Metrics;
  /** What is looked at when the metrics are read. */
  watch(source: GaugeSource): void;
  /** Loads what counts, once. */
  start(): Promise<PrometheusMetrics>;
}

/** Metrics that begin when they are wanted. */
export function createHouseMetrics(): HouseMetrics {
  const sources: GaugeSource[] = [];
  let target: Metrics = NO_METRICS;
  let started: Promise<PrometheusMetrics> | undefined;

  async function load(): Promise<PrometheusMetrics> {
    const { createPrometheus } = await import('../platform/prometheus.js');
    const prometheus = createPrometheus({ version: await packageVersion() });
    for (const source of sources) prometheus.watch(source);
    target = prometheus.metrics;
    return prometheus;
  }

  return {
    metrics: {
      request: (served) => target.request(served),
      verification: (outcome) => target.verification(outcome),
      badge: (outcome, count) => target.badge(outcome, count),
      statusChange: (change) => target.statusChange(change),
      ledgerAppend: (append) => target.ledgerAppend(append),
      mail: (outcome) => target.mail(outcome),
    },
    watch: (source) => sources.push(source),
    start() {
      started ??= load();
      return started;
    },
  };
}
