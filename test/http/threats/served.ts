import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { House, HouseOptions } from '../../../src/compose.js';
import type { Json, JsonObject } from '../../../src/ports/json.js';
import type { VerificationReport } from '../../../src/verification/report.js';
import { handClock } from '../../net/loopback.js';
import { openTestHouse, removeFolder, temporaryFolder } from '../../support/house.js';
import { accrediterDocument } from '../../verification/endorsement.js';
import { CREATED, controllerDocument, LIST_URL, sign, unsignedList } from '../../verification/house.js';
import { type Internet, openInternet, type Page } from './internet.js';
import { reportOf, verdictOf } from './verdict.js';

export const STRANGER = 'did:web:stranger.example';
export const STRANGER_DOCUMENT = 'https://stranger.example/.well-known/did.json';
/** Where the issuer of the sample badges publishes its keys. */
export const ISSUER_DOCUMENT = 'https://badges.univ.example/issuers/test/did.json';
/** A minute after the badges were signed. */
export const NOW = CREATED + 60_000;

const HOSTS = ['badges.univ.example', 'stranger.example', 'accrediter.example', 'evil.example', 'issuer.example'];

/** The pages of honest issuers: their keys, and a status list with nothing set. */
export async function honestPages(): Promise<Readonly<Record<string, Page>>> {
  return {
    [ISSUER_DOCUMENT]: controllerDocument(),
    [STRANGER_DOCUMENT]: controllerDocument(STRANGER),
    'https://accrediter.example/.well-known/did.json': accrediterDocument(),
    [LIST_URL]: await sign(await unsignedList()),
  };
}

/** What was posted, and how. */
export type Posted = Json | Uint8Array | FormData;

/** The real house behind `POST /verify`, at a given time, in an internet of its own. */
export interface Served {
  readonly house: House;
  readonly internet: Internet;
  readonly clock: ReturnType<typeof handClock>;
  /** Posts a body: an object as JSON, a text as the JSON text it is unless told, a form as a form. */
  post(body: Posted, contentType?: string | null, headers?: Record<string, string>): Promise<Response>;
  /** Posts a badge and says what came of it, see {@link verdictOf}. */
  verdict(body: Posted, contentType?: string | null): Promise<string>;
  /** Posts a badge that is answered with a report. */
  report(body: Posted, contentType?: string | null): Promise<VerificationReport>;
}

/** Opens a house for the tests of a file; each test finds honest pages, the clock at {@link NOW} and no records. */
export function serve(
  environment: Record<string, string> = {},
  { network = {}, ...options }: HouseOptions = {},
  addresses: Readonly<Record<string, readonly string[]>> = {},
): Served {
  let folder = '';
  let house: House | undefined;
  let internet: Internet | undefined;
  let pages: Readonly<Record<string, Page>> = {};
  const clock = handClock(NOW);

  beforeAll(async () => {
    folder = await temporaryFolder();
    internet = await openInternet(HOSTS, addresses);
    pages = await honestPages();
    house = await openTestHouse(
      folder,
      { SCEAU_RATE_VERIFY: '0', ...environment },
      { clock, network: { ...internet.network, ...network }, ...options },
    );
  });
  beforeEach(() => {
    clock.advanceSeconds((NOW - clock.now()) / 1000);
    open(internet).pages = pages;
    open(internet).forget();
  });
  afterAll(async () => {
    await house?.close();
    await internet?.close();
    await removeFolder(folder);
  });

  const post: Served['post'] = async (body, contentType, headers = {}) => {
    const isForm = body instanceof FormData;
    const type = contentType === undefined ? (isForm ? null : 'application/vc+ld+json') : contentType;
    return open(house).app.request('/verify', {
      method: 'POST',
      body: bodyOf(body),
      headers: { ...(type === null ? {} : { 'Content-Type': type }), ...headers },
    });
  };
  return {
    get house() {
      return open(house);
    },
    get internet() {
      return open(internet);
    },
    clock,
    post,
    verdict: async (body, contentType) => verdictOf(await post(body, contentType)),
    report: async (body, contentType) => reportOf(await post(body, contentType)),
  };
}

function open<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the house opens before the tests of the file');
  return value;
}

function bodyOf(body: Posted): string | FormData | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string' || body instanceof FormData) return body;
  return body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body);
}

/** A form as a browser sends it. A text is a field; bytes are a file under the field's name. */
export function formOf(fields: Readonly<Record<string, string | Uint8Array>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') form.set(name, value);
    else form.set(name, new File([Uint8Array.from(value)], 'badge.png'));
  }
  return form;
}

/** A copy of the honest pages with some replaced. */
export function withPages(served: Served, pages: Readonly<Record<string, Page>>): void {
  served.internet.pages = { ...served.internet.pages, ...pages };
}

/** A copy of the honest pages with this status list, signed by its issuer. */
export async function withList(served: Served, list: JsonObject): Promise<void> {
  withPages(served, { [LIST_URL]: await sign(list) });
}
