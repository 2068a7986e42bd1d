import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AppDeps } from '../deps.js';
import { idOfRequest } from '../request-id.js';
import { recordRequest } from '../request-record.js';
import type { Answer } from './answer-memory.js';
import { isNamed, notModifiedHeaders } from './conditional.js';
import { questionOf } from './question.js';

/** A host any reading of the address agrees on; whatever else is sent, the app sees to. */
const PLAIN_HOST = /^[a-z][a-z0-9.-]{0,252}(?::\d{1,5})?$/i;
const LOCAL_HOST = /^127\.0\.0\.1(?::\d{1,5})?$/;

/** Names and values in turn, as they go on the wire. */
interface Wire {
  readonly whole: readonly string[];
  readonly notModified: readonly string[];
}

/**
 * Answers a plain GET whose answer is remembered straight from there, as the app would: same status, headers and body,
 * its own id, its line in the log. This is what a million readers of a badge meet, and the app costs several times as much.
 * @returns false for a request that is left to the app.
 */
export function serveRemembered(
  deps: Pick<AppDeps, 'answers' | 'ids' | 'logger' | 'operations' | 'verification'>,
): (incoming: IncomingMessage, outgoing: ServerResponse) => boolean {
  const { answers, ids, logger } = deps;
  const { trustedProxies } = deps.verification;
  const { metrics } = deps.operations;
  const wires = new WeakMap<Answer, Wire>();
  return (incoming, outgoing) => {
    const began = performance.now();
    const { method, url, headers } = incoming;
    if (method !== 'GET' || !isPlain(incoming)) return false;
    const question = questionOf({
      target: url,
      accept: headers.accept,
      acceptLanguage: headers['accept-language'],
      isSomebody: headers.authorization !== undefined || headers.cookie !== undefined,
    });
    const answer = question === undefined ? undefined : answers?.find(question);
    if (answer === undefined) return false;
    const wire = wires.get(answer) ?? wireOf(answer);
    wires.set(answer, wire);
    const given = headers['x-request-id'];
    const remoteAddress = incoming.socket.remoteAddress;
    const id = idOfRequest({ ids, trustedProxies }, typeof given === 'string' ? given : undefined, remoteAddress);
    const isKnown = isNamed(answer.etag, headers['if-none-match']);
    const status = isKnown ? 304 : 200;
    outgoing.writeHead(status, [...(isKnown ? wire.notModified : wire.whole), 'x-request-id', id]);
    outgoing.end(isKnown ? undefined : answer.body);
    const milliseconds = performance.now() - began;
    recordRequest({ logger, metrics }, { id, method, route: answer.route, status, milliseconds });
    return true;
  };
}

function isPlain({ headers }: IncomingMessage): boolean {
  const { host = '' } = headers;
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) return false;
  return PLAIN_HOST.test(host) || LOCAL_HOST.test(host);
}

function wireOf({ headers, body }: Answer): Wire {
  return {
    whole: [...Object.entries(headers), ['content-length', String(body.length)]].flat(),
    notModified: Object.entries(notModifiedHeaders(headers)).flat(),
  };
}
