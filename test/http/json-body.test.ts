import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { HttpEnv } from '../../src/http/env.js';
import { HttpError } from '../../src/http/http-error.js';
import { jsonBodyLimit } from '../../src/http/json-body.js';
import { LIMITS } from '../../src/verification/limits.js';

const app = new Hono<HttpEnv>();
app.post('/', jsonBodyLimit(), async (c) => c.text(String((await c.req.arrayBuffer()).byteLength)));
app.onError((error, c) => c.text(error instanceof HttpError ? error.code : 'unforeseen', 413));

async function answerTo(bytes: number, headers: Record<string, string>): Promise<string> {
  const answer = await app.request('/', { method: 'POST', headers, body: new Uint8Array(bytes) });
  return answer.text();
}

describe('the limit of a JSON body', () => {
  const [most, over] = [LIMITS.maxBytes, LIMITS.maxBytes + 1];

  it.each([
    ['whose length is stated', (length: number) => ({ 'Content-Length': String(length) })],
    ['whose length is not stated', () => ({})],
    [
      'that comes in pieces, whatever length it states',
      () => ({ 'Content-Length': '2', 'Transfer-Encoding': 'chunked' }),
    ],
  ])('V6 holds for a body %s', async (_, headersOf) => {
    expect(await answerTo(most, headersOf(most))).toBe(String(most));
    expect(await answerTo(over, headersOf(over))).toBe('payload-too-large');
  });
});
