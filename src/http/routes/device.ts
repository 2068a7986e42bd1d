import { Hono } from 'hono';
import { DEVICE_SCRIPTS } from '../../device/compiled.js';
import { HOUSE_RECORD_PATH, OWN_STATE_PATH } from '../../device/house-paths.js';
import { DEVICE_SCRIPT_PATH } from '../../pages/device-offer.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';
import { publicDocument } from '../public-document.js';

const SCRIPT = 'text/javascript; charset=utf-8';
const MAX_AGE_SECONDS = 300;
const FOREVER = 'public, max-age=31536000, immutable';
/** Of an id or a DID in a query. */
const MAX_LENGTH = 2_048;
const NO_STORE = { 'Cache-Control': 'no-store' } as const;

/** What a check in the reader's own browser asks for: its scripts, and what the house says of itself and its badges. */
export function deviceRoutes({ device }: Pick<AppDeps, 'device'>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  app.get(DEVICE_SCRIPT_PATH, (c) =>
    publicDocument(c, { body: DEVICE_SCRIPTS.offer, mediaType: SCRIPT, maxAgeSeconds: MAX_AGE_SECONDS }),
  );
  app.get(DEVICE_SCRIPTS.workerPath, (c) => {
    // A worker goes by the policy it is served with.
    c.set('runsScripts', true);
    return c.body(DEVICE_SCRIPTS.worker, 200, { 'Content-Type': SCRIPT, 'Cache-Control': FOREVER });
  });
  app.get(HOUSE_RECORD_PATH, async (c) => c.json(await device.house(), 200, NO_STORE));
  app.get(OWN_STATE_PATH, async (c) => {
    const [id, issuer] = [c.req.query('id'), c.req.query('issuer')];
    if (id === undefined || issuer === undefined || id.length > MAX_LENGTH || issuer.length > MAX_LENGTH) {
      throw new HttpError('not-found');
    }
    return c.json(await device.state(id, issuer), 200, NO_STORE);
  });

  return app;
}
