import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ContextChangedError, readPinnedContexts } from '../../src/platform/read-contexts.js';
import { canonize } from '../../src/proof/canonize.js';
import { contextsFolder, testContexts } from '../support/contexts.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contexts-'));
  await cp(contextsFolder, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

describe('the pinned contexts', () => {
  it('are all there: every URL a badge of Open Badges 3.0 may name, every file named by the manifest', async () => {
    const contexts = await testContexts();
    expect([...contexts.urls()].sort()).toEqual(
      [
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.0.json',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
        'https://purl.imsglobal.org/spec/ob/v3p0/context.json',
        'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
        'https://w3id.org/security/data-integrity/v1',
        'https://w3id.org/security/data-integrity/v2',
        'https://w3id.org/security/multikey/v1',
        'https://w3id.org/security/suites/ed25519-2020/v1',
        'https://w3id.org/vc/status-list/2021/v1',
        'https://www.w3.org/2018/credentials/v1',
        'https://www.w3.org/ns/credentials/examples/v2',
        'https://www.w3.org/ns/credentials/status/v1',
        'https://www.w3.org/ns/credentials/undefined-terms/v2',
        'https://www.w3.org/ns/credentials/v2',
        'https://www.w3.org/ns/did/v1',
      ].sort(),
    );
    const manifest = await readFile(join(contextsFolder, 'manifest.json'), 'utf8');
    const files = (await readdir(contextsFolder)).filter((file) => file.endsWith('.json') && file !== 'manifest.json');
    for (const file of files) expect(manifest).toContain(`"${file}"`);
  });

  it('each load: a document with that context has a canonical form', async () => {
    const contexts = await testContexts();
    for (const url of contexts.urls()) {
      const document = { '@context': url, '@id': 'urn:a', 'https://example.org/p': { '@id': 'urn:b' } };
      expect(await canonize(document, { contexts }), url).toBe('<urn:a> <https://example.org/p> <urn:b> .\n');
    }
  });

  it('hold the official bytes of credentials/v2 and the current terms of Open Badges 3.0.3', async () => {
    const manifest = await readFile(join(contextsFolder, 'manifest.json'), 'utf8');
    expect(manifest).toContain('59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734');
    const openBadges = await readFile(join(contextsFolder, 'open-badges-3.0.3.json'), 'utf8');
    for (const term of ['"jti"', '"endorsementJwt"']) expect(openBadges).toContain(term);
  });
});

describe('reading them is refused, naming the file (V22)', () => {
  it('when one byte of a context changed', async () => {
    const file = join(folder, 'open-badges-3.0.3.json');
    await writeFile(file, `${await readFile(file, 'utf8')} `);
    const reading = readPinnedContexts(folder);
    await expect(reading).rejects.toBeInstanceOf(ContextChangedError);
    await expect(reading).rejects.toMatchObject({ code: 'context-changed', file });
  });

  it('when a file is missing, or the manifest', async () => {
    await rm(join(folder, 'did-v1.json'));
    await expect(readPinnedContexts(folder)).rejects.toMatchObject({ file: join(folder, 'did-v1.json') });
    await rm(join(folder, 'manifest.json'));
    await expect(readPinnedContexts(folder)).rejects.toMatchObject({ file: join(folder, 'manifest.json') });
  });

  it('when the manifest is damaged or names a file elsewhere', async () => {
    const file = join(folder, 'manifest.json');
    const manifest = await readFile(file, 'utf8');
    for (const text of ['{', '{}', manifest.replace('did-v1.json', '../did-v1.json')]) {
      await writeFile(file, text);
      await expect(readPinnedContexts(folder)).rejects.toMatchObject({ file });
    }
  });
});
