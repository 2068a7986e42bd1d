import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { didWebUrl } from '../../src/keys/did-web.js';
import { createFetchingResolver } from '../../src/net/fetching-resolver.js';
import { createGivenDocuments } from '../../src/net/given-documents.js';

const DID = 'did:web:issuer.example';
const OTHER = 'did:example:another-method';
const LIST = 'https://issuer.example/status/1';

describe('documents given in place of the network', () => {
  let folder: string;
  let files: ReadonlyMap<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sceau-test-'));
    const write = async (name: string, text: string) => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    };
    files = new Map([
      [OTHER, await write('other.json', `{"id":"${OTHER}"}`)],
      [didWebUrl(DID) ?? '', await write('did.json', `{"id":"${DID}"}`)],
      [LIST, await write('list.jwt', 'e30.e30.c2ln')],
      ['https://issuer.example/broken', await write('broken.json', '{"id":1,"id":2}')],
      ['https://issuer.example/huge', await write('huge.json', `{"a":"${'x'.repeat(2 * 1024 * 1024)}"}`)],
      ['https://issuer.example/gone', join(folder, 'gone.json')],
    ]);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const resolver = () => {
    const { fetcher, own } = createGivenDocuments(files);
    return createFetchingResolver({ fetcher: fetcher.forVerification(), own, didWebUrl, selfDescribed: {} });
  };

  it('are found under a DID of any method, under the address of a DID, and as a JWS', async () => {
    expect(await resolver().controllerDocument(OTHER)).toEqual({ outcome: 'found', value: { id: OTHER } });
    expect(await resolver().controllerDocument(DID)).toEqual({ outcome: 'found', value: { id: DID } });
    expect(await resolver().statusList(LIST)).toEqual({ outcome: 'found', value: 'e30.e30.c2ln' });
    expect(await resolver().evidence(LIST)).toMatchObject({ outcome: 'found' });
  });

  it('are all there is: another one is not given', async () => {
    expect(await resolver().controllerDocument('did:web:other.example')).toEqual({
      outcome: 'unreachable',
      detail: 'not-given',
    });
    expect(await resolver().statusList('https://issuer.example/status/2')).toMatchObject({ detail: 'not-given' });
    expect(await resolver().evidence('https://issuer.example/report.pdf')).toMatchObject({ outcome: 'refused' });
    expect(await resolver().ownState('https://issuer.example/credentials/1')).toBeUndefined();
  });

  it.each([
    ['https://issuer.example/broken', 'not-json'],
    ['https://issuer.example/huge', 'too-large'],
    ['https://issuer.example/gone', 'file-unreadable'],
  ])('%s is told for what it is', async (url, detail) => {
    expect(await resolver().statusList(url)).toEqual({ outcome: 'unreachable', detail });
  });
});
