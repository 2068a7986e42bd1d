import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { HttpEnv } from '../env.js';
import type { Answer, AnswerMemory, Keeping, Making } from './answer-memory.js';
import { isNamed, notModifiedHeaders } from './conditional.js';
import { ASKED_HEADERS, questionOf } from './question.js';

/** Says that the answer being made may be given again. Without this word none is. */
export function keepAnswer(c: Context<HttpEnv>, keeping: Keeping): void {
  c.set('keeping', keeping);
}

/**
 * Answers public questions from memory where it can, remembers what may be asked again, and turns an answer the reader
 * has into a 304. Everything said of an answer inside of this is remembered with it; what is each request's own, its id
 * and its line in the log, belongs outside.
 */
export function remembered(memory: AnswerMemory | undefined): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const question = memory === undefined ? undefined : askedBy(c);
    if (memory === undefined || question === undefined) {
      await next();
    } else {
      const known = memory.find(question) ?? (await renewed(memory, question));
      if (known !== undefined) return fromMemory(c, known);
      const making = memory.begin(question);
      try {
        await next();
        await remember(c, making);
      } finally {
        making.end();
      }
    }
    if (c.res.status === 200 && isNamed(c.res.headers.get('ETag') ?? '', c.req.header('If-None-Match'))) {
      c.res = new Response(null, { status: 304, headers: notModifiedHeaders(Object.fromEntries(c.res.headers)) });
    }
    return undefined;
  };
}

function askedBy(c: Context<HttpEnv>): string | undefined {
  const { url } = c.req;
  return questionOf({
    // Behind the scheme and the host, which the app does not look at.
    target: c.env?.incoming?.url ?? url.slice(url.indexOf('/', url.indexOf('//') + 2)),
    accept: c.req.header('Accept'),
    acceptLanguage: c.req.header('Accept-Language'),
    isSomebody: c.req.header('Authorization') !== undefined || c.req.header('Cookie') !== undefined,
  });
}

async function renewed(memory: AnswerMemory, question: string): Promise<Answer | undefined> {
  const renewal = memory.renewal(question);
  if (renewal === undefined) return undefined;
  await renewal;
  return memory.find(question);
}

function fromMemory(c: Context<HttpEnv>, { body, headers, etag }: Answer): Response {
  if (isNamed(etag, c.req.header('If-None-Match'))) {
    return new Response(null, { status: 304, headers: notModifiedHeaders(headers) });
  }
  return new Response(body, { headers });
}

async function remember(c: Context<HttpEnv>, making: Making): Promise<void> {
  const keeping = c.get('keeping');
  if (keeping === undefined || c.res.status !== 200) return;
  const headers = Object.fromEntries(c.res.headers);
  const { etag, vary = '' } = headers;
  const varies = vary.split(',').map((name) => name.trim().toLowerCase());
  if (etag === undefined || c.res.headers.getSetCookie().length > 0) return;
  if (vary !== '' && !varies.every((name) => ASKED_HEADERS.includes(name))) return;
  const body = new Uint8Array(await c.res.clone().arrayBuffer());
  making.keep({ body, headers, etag, route: routePath(c, -1) }, keeping);
}
