import { Hono } from 'hono';
import type { HttpEnv } from '../env.js';

/** Liveness: the process answers. It says nothing of the store or the keys. */
export function healthRoutes(): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get('/healthz', (c) => c.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' }));
}
