import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { issueTogether } from '../../src/issuing/issue-together.js';
import type { IssueRequest } from '../../src/issuing/reserve-credentials.js';
import type { Gather } from '../../src/ports/gather.js';
import type { JsonObject } from '../../src/ports/json.js';
import type { LedgerEntry } from '../../src/ports/ledger.js';
import { StoreUnavailableError } from '../../src/ports/store.js';
import { GroupQueue } from '../../src/storage/group-queue.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { type ApiHouse, alumniCredential, jsonOf, openApiHouse, openBadge, typesOf } from './vc-api-house.js';

/** So many that what was signed is looked at in a worker thread. */
const REQUESTS = 50;

interface Asked {
  readonly credential: JsonObject;
  readonly headers?: Record<string, string>;
}

describe('requests that come together', { timeout: 60_000 }, () => {
  let api: ApiHouse;
  let token: string;
  beforeEach(async () => {
    api = await openApiHouse();
    onTestFinished(() => api.close());
    token = await api.token(['issue'], api.issuer);
  });

  const ledger = () => api.house.issuing.store.ledger;
  const counts = () => ledger().counts(api.issuer.slug);
  const badges = (count = REQUESTS): Asked[] =>
    Array.from({ length: count }, () => ({ credential: openBadge(api.issuer) }));
  const issueAll = (requests: readonly Asked[]) =>
    Promise.all(
      requests.map(async ({ credential, headers = {} }) => {
        const response = await api.post('/credentials/issue', { credential, options: {} }, { token, headers });
        return { status: response.status, body: await jsonOf(response), url: response.headers.get('Location') };
      }),
    );
  const withoutProof = ({ proof: _proof, ...document }: JsonObject): JsonObject => document;
  const idOf = (url: string | null) => ensureDefined(url?.split('/').at(-1));

  /** Every append of the house from now on, by the kinds of its events. */
  function watchAppends(): string[][] {
    const appends: string[][] = [];
    const { append } = ledger();
    ledger().append = (entries) => {
      appends.push(entries.map(({ event }) => event.kind));
      return append(entries);
    };
    return appends;
  }

  it('are each answered with their own badge, which is served and verifies', async () => {
    const appends = watchAppends();
    const asked = badges();
    const answers = await issueAll(asked);
    expect(answers.map(({ status }) => status)).toEqual(asked.map(() => 201));
    expect(answers.map(({ body }) => withoutProof(body))).toEqual(asked.map(({ credential }) => credential));
    expect(new Set(answers.map(({ url }) => url)).size).toBe(REQUESTS);
    for (const { url, body } of [answers[0], answers[REQUESTS - 1]].map(ensureDefined)) {
      const served = await api.house.app.request(ensureDefined(url));
      expect(await served.json()).toEqual(body);
      const verdict = await api.post('/credentials/verify', { verifiableCredential: body });
      expect(await jsonOf(verdict)).toMatchObject({ verified: true });
    }
    expect(await counts()).toMatchObject({ active: REQUESTS, reserved: 0, voided: 0 });
    // Whether it waited or not, none was written for alone.
    expect(appends.length).toBeLessThan(REQUESTS);
  });

  it('fail each alone: a bad one, an id that is taken and a key that was used keep nobody from an answer', async () => {
    const asked = badges();
    const [first, second] = [asked[18], asked[38]].map((each) => ensureDefined(each).credential);
    asked[7] = { credential: openBadge(api.issuer, { name: '' }) };
    asked[19] = { credential: ensureDefined(first) };
    asked[29] = { credential: { ...ensureDefined(first), name: 'Autre' } };
    asked[38] = { credential: ensureDefined(second), headers: { 'Idempotency-Key': 'one' } };
    asked[39] = { credential: openBadge(api.issuer), headers: { 'Idempotency-Key': 'one' } };
    asked[45] = { credential: openBadge(api.other) };
    const answers = await issueAll(asked);
    const refused = answers.flatMap(({ status, body }, number) =>
      status === 201 ? [] : [{ number, status, types: [...typesOf(body), body['type']] }],
    );
    expect(refused).toEqual([
      { number: 7, status: 400, types: expect.arrayContaining(['empty-member']) },
      { number: 29, status: 409, types: ['urn:sceau:problem:credential-id-taken'] },
      { number: 39, status: 422, types: ['urn:sceau:problem:idempotency-key-reused'] },
      { number: 45, status: 400, types: expect.arrayContaining(['issuer-not-ours']) },
    ]);
    expect(answers[19]).toEqual(answers[18]);
    expect(await counts()).toMatchObject({ active: REQUESTS - 5, reserved: 0, voided: 0 });
    const again = await issueAll(asked);
    expect(again).toEqual(
      answers.map((answer) =>
        answer.status === 201 ? answer : { ...answer, body: { ...answer.body, instance: expect.any(String) } },
      ),
    );
  });

  it('D11 D3 lose the one the store refuses, and no other; asked again, it is finished and the others are found', async () => {
    const { append } = ledger();
    let lost: string | undefined;
    const isRefused = ({ event }: LedgerEntry): boolean => {
      if (event.kind !== 'issued') return false;
      lost ??= event.credential;
      return event.credential === lost;
    };
    ledger().append = (entries) =>
      entries.some(isRefused) ? Promise.reject(new StoreUnavailableError('a row was refused')) : append(entries);
    const asked = badges(20);
    const answers = await issueAll(asked);
    expect(answers.filter(({ status }) => status !== 201).map(({ status }) => status)).toEqual([503]);
    expect(await counts()).toMatchObject({ active: 19, reserved: 1 });
    ledger().append = append;
    const again = await issueAll(asked);
    expect(again.map(({ url }) => idOf(url))).toContain(lost);
    for (const [number, answer] of answers.entries()) if (answer.status === 201) expect(again[number]).toEqual(answer);
    expect(await counts()).toMatchObject({ active: 20, reserved: 0 });
  });

  it('are signed by nobody once the house is halted', async () => {
    await ledger().append([{ actor: 'test', event: { kind: 'halted' }, payload: { reason: 'test' } }]);
    const answers = await issueAll(badges(20));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body['type']}`))).toEqual(
      new Set(['503 urn:sceau:problem:halted']),
    );
    expect(await counts()).toMatchObject({ active: 0, reserved: 0 });
  });

  it('are all answered where the worker threads do not start', async () => {
    await api.close();
    api = await openApiHouse({ workerEntry: new URL('file:///nowhere/worker.js') });
    token = await api.token(['issue'], api.issuer);
    const answers = await issueAll(badges());
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
  });

  it('share their appends, and what the library has to canonicalise goes alone', async () => {
    const groups: number[] = [];
    const gather: Gather = (work) => {
      const queue = new GroupQueue({
        largest: REQUESTS,
        commit(calls: readonly Parameters<typeof work>[0][number][]) {
          groups.push(calls.length);
          return work(calls);
        },
      });
      return (call) => queue.submit(call);
    };
    const appends = watchAppends();
    const { issuing } = api.house;
    const issueOne = issueTogether(issuing, gather);
    const requestOf = (credential: JsonObject, hash: string | undefined): IssueRequest => ({
      issuer: api.issuer,
      ref: issuing.hash(JSON.stringify(credential)),
      actor: 'test',
      basis: { api: { request: 'test', suites: ['eddsa-rdfc-2022'] } },
      linted: { document: credential, linted: { problems: [], hash } },
      compose: () => credential,
    });
    const usual = badges(20).map(({ credential }) =>
      requestOf(credential, issuing.eddsa.hash(credential, ensureDefined(issuing.eddsa.canonical(credential)))),
    );
    const unusual = requestOf(alumniCredential(api.issuer), undefined);
    const issued = await Promise.all([...usual, unusual].map(issueOne));
    expect(issued.map(({ entry }) => entry.state)).toEqual(issued.map(() => 'active'));
    expect(groups).toEqual([20, 20]);
    expect(appends.filter(([kind]) => kind !== 'list-opened').map((kinds) => `${kinds.length} ${kinds[0]}`)).toEqual(
      expect.arrayContaining(['20 reserved', '20 issued', '1 reserved', '1 issued']),
    );
    const again = await issueOne(ensureDefined(usual[0]));
    expect(again).toEqual({ entry: issued[0]?.entry, document: undefined });
  });
});
