import { connect } from 'node:net';
import { createSecureContext, rootCertificates } from 'node:tls';
import type { Clock } from '../ports/clock.js';
import type { FetchAnswer, Fetcher, FetchRequest, SharedFetcher } from '../ports/fetcher.js';
import type { HostResolver } from '../ports/host-resolver.js';
import type { Logger } from '../ports/logger.js';
import { createBudgetedRequest } from './budgeted-requests.js';
import type { Dial } from './connect.js';
import { FetchStop, refused, unreachable } from './fetch-stop.js';
import { allowedRedirects, follow } from './follow.js';
import { freshSeconds } from './freshness.js';
import { FETCH_BUDGETS, FETCH_LIMITS, type FetchBudgets, type FetchLimits } from './limits.js';
import { type OutboundUrl, readOutboundUrl } from './outbound-url.js';
import { createSharedAnswers, type DatedAnswer } from './shared-answers.js';
import { createSystemHostResolver } from './system-host-resolver.js';
import { inTime } from './time-limit.js';
import { whileWaited } from './while-waited.js';

export interface GuardedFetcherOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** The system's name servers unless told. */
  readonly dns?: HostResolver;
  /** 443 unless told. */
  readonly allowedPorts?: readonly number[];
  /** The house's own origins, never asked: it answers from its store. */
  readonly ownOrigins?: readonly string[];
  readonly limits?: Partial<FetchLimits>;
  readonly budgets?: Partial<FetchBudgets>;
  /** How a connection to a checked address is opened; tests lead it to a server of theirs. */
  readonly connect?: Dial;
  /** `ca`: certificates of authorities trusted beside the usual ones, PEM. */
  readonly tls?: { readonly ca: readonly string[] };
}

/** What says something of this moment here, not of the document. */
const PASSING: ReadonlySet<string> = new Set(['fetch-budget-spent', 'host-rate-limited', 'too-busy']);

/**
 * The one way out of the house (threat model, section 4): https to public addresses only; no redirects by a library, no
 * proxy, no cookies; bounded in time, size and number.
 */
export function createGuardedFetcher(options: GuardedFetcherOptions): SharedFetcher {
  const { clock, logger, allowedPorts = [443], ownOrigins = [] } = options;
  const limits = { ...FETCH_LIMITS, ...options.limits };
  const budgets = { ...FETCH_BUDGETS, ...options.budgets };
  const sharedAnswer = createSharedAnswers({ clock, budgets });
  const request = createBudgetedRequest({
    clock,
    budgets,
    limits,
    dns: options.dns ?? createSystemHostResolver(),
    dial: options.connect ?? dialAddress,
    // Made once: reading the authorities takes longer than a handshake.
    secureContext: createSecureContext({
      minVersion: 'TLSv1.2',
      ...(options.tls === undefined ? {} : { ca: [...rootCertificates, ...options.tls.ca] }),
    }),
  });

  const rules = { allowedPorts, ownOrigins, maxUrlLength: limits.maxUrlLength };

  function readUrl(text: string): OutboundUrl {
    const reading = readOutboundUrl(text, rules);
    if (!reading.ok) throw refused(reading.detail);
    return reading.url;
  }

  async function ask(url: OutboundUrl, question: FetchRequest, spend: () => boolean): Promise<DatedAnswer> {
    const total = { milliseconds: limits.totalMilliseconds, stop: unreachable('timed-out') };
    try {
      const { answer, reply } = await inTime(total, (signal) =>
        follow(url, {
          redirects: allowedRedirects(question),
          readUrl,
          ask: (next) => request(next, question, { signal, spend }),
        }),
      );
      const isFound = answer.outcome === 'found';
      return { answer, seconds: isFound ? freshSeconds(reply.headers, budgets) : budgets.negativeSeconds };
    } catch (error) {
      const stop = stopOf(error);
      return { answer: stop.answer, seconds: PASSING.has(stop.message) ? 0 : budgets.negativeSeconds };
    }
  }

  function stopOf(error: unknown): FetchStop {
    if (error instanceof FetchStop) return error;
    // A fault of ours, or something of theirs nobody thought of: the answer is the same, and the log tells.
    logger.error('outbound-fetch-failed', error);
    return unreachable('connection-lost', error);
  }

  async function answerFor(text: string, question: FetchRequest, spend: () => boolean): Promise<FetchAnswer> {
    const reading = readOutboundUrl(text, rules);
    if (!reading.ok) return { outcome: 'refused', detail: reading.detail };
    const { url } = reading;
    return sharedAnswer(keyOf(url.href, question), async () => {
      const startedAt = clock.now();
      const dated = await ask(url, question, spend);
      const { outcome, detail = '' } = { detail: '', ...dated.answer };
      const milliseconds = clock.now() - startedAt;
      // The host only: a path may name a person.
      logger.info('outbound-fetch', { purpose: question.purpose, host: url.host, outcome, detail, milliseconds });
      return dated;
    });
  }

  function viewForVerification(): Fetcher {
    let left = budgets.perVerification;
    const spend = () => {
      left -= 1;
      return left >= 0;
    };
    const asked = new Map<string, Promise<FetchAnswer>>();
    return {
      fetch(url, question) {
        const key = keyOf(url, question);
        const answer = asked.get(key) ?? answerFor(url, question, spend);
        asked.set(key, answer);
        return whileWaited(answer, question.signal);
      },
    };
  }

  return {
    fetch: (url, question) =>
      whileWaited(
        answerFor(url, question, () => true),
        question.signal,
      ),
    forVerification: viewForVerification,
  };
}

/** Two questions of one key have one answer. */
function keyOf(url: string, question: FetchRequest): string {
  return [question.purpose, allowedRedirects(question), question.maxBytes, question.accept, url].join('\n');
}

function dialAddress({ address, port }: Parameters<Dial>[0]) {
  return connect({ host: address, port });
}
