import type { AppDeps } from '../http/deps.js';
import { DomainError } from '../ports/error.js';
import type { Metrics } from '../ports/metrics.js';

/** What the caller has to mend; anything else that keeps a badge from being issued is ours. */
const REFUSALS: readonly string[] = [
  'credential-invalid',
  'unsignable-credential',
  'idempotency-key-reused',
  'credential-id-taken',
];

/** What the edge asks of the house, with its verdicts and refusals counted. */
export function measureAnswers<Deps extends Pick<AppDeps, 'badges' | 'verification' | 'vcApi'>>(
  deps: Deps,
  metrics: Metrics,
): Deps {
  const { badges, verification, vcApi } = deps;
  return {
    ...deps,
    badges: {
      ...badges,
      async verify(id) {
        const report = await badges.verify(id);
        if (report !== undefined) metrics.verification(report.outcome);
        return report;
      },
    },
    verification: {
      ...verification,
      async check(input, asked) {
        const answer = await verification.check(input, asked);
        metrics.verification(answer.kind === 'report' ? answer.report.outcome : 'refused');
        return answer;
      },
      async credential(...asked) {
        const report = await verification.credential(...asked);
        metrics.verification(report.outcome);
        return report;
      },
      async presentation(...asked) {
        const report = await verification.presentation(...asked);
        metrics.verification(report.outcome);
        return report;
      },
    },
    vcApi: {
      ...vcApi,
      async issue(request) {
        try {
          return await vcApi.issue(request);
        } catch (error) {
          metrics.badge(isRefusal(error) ? 'refused' : 'failed');
          throw error;
        }
      },
    },
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof DomainError && REFUSALS.includes(error.code);
}
