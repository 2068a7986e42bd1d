import { afterAll, beforeAll } from 'vitest';
import { createApp } from '../../src/http/app.js';
import { type Listening, listen } from '../../src/http/listen.js';
import { qrPng, qrSvg } from '../../src/media/qr.js';
import { normaliseId } from '../../src/text/public-id.js';
import type { VerificationReport } from '../../src/verification/report.js';
import { BADGE, fakeDeps, LOOK } from '../http/support.js';

/** The real HTTP interface on a real port, over reports that are given: each gets the page of a badge of its own. */
export interface Site {
  readonly origin: () => string;
  /** Address of the page that shows a report. */
  readonly pageOf: (name: string) => string;
}

/** A public id for the report at a place in the list. */
function idOf(index: number): string {
  const id = normaliseId(`0000000000000000000000${String(index).padStart(4, '0')}`);
  if (id === undefined) throw new Error('not an id');
  return id;
}

/** Serves a page for each report while the tests of a file run; what is handed in gets the report named `foreign`. */
export function useSite(reports: Readonly<Record<string, VerificationReport>>): Site {
  const names = Object.keys(reports);
  const reportOf = (id: string) => reports[names.find((_, index) => idOf(index) === id) ?? ''];
  let server: Listening | undefined;
  const origin = () => `http://127.0.0.1:${server?.port}`;
  beforeAll(async () => {
    const deps = fakeDeps();
    const app = createApp({
      ...deps,
      badges: {
        find: async (id) =>
          reportOf(id) === undefined ? undefined : { document: BADGE, source: 'jury', issuer: LOOK },
        verify: async (id) => reportOf(id),
      },
      verification: {
        ...deps.verification,
        check: async () => ({ kind: 'report', report: reports['foreign'] ?? Object.values(reports)[0] ?? fail() }),
      },
      qr: { svg: async (url) => qrSvg(url, url), png: qrPng },
    });
    server = await listen(app, { host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server?.close());
  return { origin, pageOf: (name) => `${origin()}/v/${idOf(names.indexOf(name))}` };
}

function fail(): never {
  throw new Error('no report to answer with');
}
