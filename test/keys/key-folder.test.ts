import { createPublicKey, verify } from 'node:crypto';
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64urlnopad } from '@scure/base';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertPrivate } from '../../src/keys/file-safety.js';
import { KeyFileUnsafeError } from '../../src/keys/key-file-errors.js';
import { openKeyFolder } from '../../src/keys/key-folder.js';
import { SignerError } from '../../src/ports/signer.js';
import { readMultikey } from '../../src/proof/multikey.js';

const PASSPHRASE = 'correct horse battery staple – é';
const message = new TextEncoder().encode('message');

let parent = '';
let folder = '';
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'keys-'));
  folder = join(parent, 'issuer-keys');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const methodOf = (publicKeyMultibase: string) => `did:web:univ.example#${publicKeyMultibase}`;
const modeOf = async (path: string) => ((await lstat(path)).mode & 0o7777).toString(8);
const fileOf = (publicKeyMultibase: string) => join(folder, 'univ', `${publicKeyMultibase}.json`);

/** A folder with one key. */
async function makeKey(passphrase?: string) {
  const keys = await openKeyFolder({ folder, passphrase });
  return (await keys.create('univ', 'Ed25519')).publicKeyMultibase;
}

describe('a key folder', () => {
  it('is made when it is missing, for its owner only, and so are its files', async () => {
    const key = await makeKey();
    expect(await modeOf(folder)).toBe('700');
    expect(await modeOf(join(folder, 'univ'))).toBe('700');
    expect(await modeOf(fileOf(key))).toBe('600');
    expect(await readdir(join(folder, 'univ'))).toEqual([`${key}.json`]);
  });

  it('keeps the keys of several issuers and finds them again', async () => {
    const first = await openKeyFolder({ folder });
    await first.create('univ', 'Ed25519');
    await first.create('univ', 'ES256');
    await first.create('ecole', 'Ed25519');
    const again = await openKeyFolder({ folder });
    expect(again.problems).toEqual([]);
    expect(again.keys().map(({ issuer }) => issuer)).toEqual(['ecole', 'univ', 'univ']);
    const byName = (a: { publicKeyMultibase: string }, b: { publicKeyMultibase: string }) =>
      a.publicKeyMultibase < b.publicKeyMultibase ? -1 : 1;
    expect([...again.keys()].sort(byName)).toEqual([...first.keys()].sort(byName));
  });

  it('of a fresh checkout, open and without keys, is closed', async () => {
    await mkdir(folder, { mode: 0o755 });
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'README.md'), 'Private keys of the issuers');
    await makeKey();
    expect(await modeOf(folder)).toBe('700');
  });

  it('takes no name that leads elsewhere', async () => {
    const keys = await openKeyFolder({ folder });
    for (const slug of ['..', 'a/b', '', '.univ', 'Univ'])
      await expect(keys.create(slug, 'Ed25519')).rejects.toThrow(TypeError);
    expect(await readdir(parent)).toEqual(['issuer-keys']);
  });
});

describe('the signer of a key folder', () => {
  it('signs many messages in one call, in order, Ed25519 over the message itself', async () => {
    const keys = await openKeyFolder({ folder });
    const { publicKeyMultibase } = await keys.create('univ', 'Ed25519');
    const messages = [1, 2, 3].map((byte) => Uint8Array.of(byte));
    const signatures = await keys.signer.sign({ verificationMethod: methodOf(publicKeyMultibase), messages });
    const reading = readMultikey(publicKeyMultibase);
    const x = reading.ok ? base64urlnopad.encode(reading.publicKey) : '';
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    expect(signatures).toHaveLength(3);
    for (const [index, signature] of signatures.entries()) {
      expect(verify(null, messages[index] ?? new Uint8Array(), publicKey, signature)).toBe(true);
    }
  });

  it('signs ES256 as r ‖ s over the SHA-256 of the message', async () => {
    const keys = await openKeyFolder({ folder });
    const { publicKeyMultibase } = await keys.create('univ', 'ES256');
    const [signature = new Uint8Array()] = await keys.signer.sign({
      verificationMethod: methodOf(publicKeyMultibase),
      messages: [message],
    });
    const reading = readMultikey(publicKeyMultibase);
    const point = reading.ok ? reading.publicKey : new Uint8Array();
    const spki = Buffer.concat([Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex'), point]);
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    expect(signature).toHaveLength(64);
    expect(verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
  });

  it('signs with a key another process made after it was opened', async () => {
    const [one, other] = [await openKeyFolder({ folder }), await openKeyFolder({ folder })];
    const { publicKeyMultibase } = await one.create('univ', 'Ed25519');
    expect(await other.signer.canSign(methodOf(publicKeyMultibase))).toBe(true);
    const request = { verificationMethod: methodOf(publicKeyMultibase), messages: [message] };
    expect(await other.signer.sign(request)).toEqual(await one.signer.sign(request));
    await rm(fileOf(publicKeyMultibase));
    const late = await openKeyFolder({ folder });
    expect(await late.signer.canSign(methodOf(publicKeyMultibase))).toBe(false);
  });

  it('knows which keys it has', async () => {
    const keys = await openKeyFolder({ folder });
    const { publicKeyMultibase } = await keys.create('univ', 'Ed25519');
    const { signer } = await openKeyFolder({ folder });
    expect(await signer.canSign(methodOf(publicKeyMultibase))).toBe(true);
    for (const method of [methodOf('z6MkOther'), publicKeyMultibase, `${methodOf(publicKeyMultibase)}#x`, '']) {
      expect(await signer.canSign(method)).toBe(false);
      await expect(signer.sign({ verificationMethod: method, messages: [message] })).rejects.toBeInstanceOf(
        SignerError,
      );
    }
  });
});

describe('opening is refused, naming what to mend (K1)', () => {
  const unsafe: [
    string,
    (key: string) => Promise<unknown>,
    (key: string) => { path: string; mode?: string; remedy: string },
  ][] = [
    [
      'a key file others can read',
      (key) => chmod(fileOf(key), 0o644),
      (key) => ({ path: fileOf(key), mode: '0644', remedy: `chmod 0600 ${fileOf(key)}` }),
    ],
    [
      'a key file that can be executed',
      (key) => chmod(fileOf(key), 0o700),
      (key) => ({ path: fileOf(key), mode: '0700', remedy: `chmod 0600 ${fileOf(key)}` }),
    ],
    [
      'a folder the group can write',
      () => chmod(folder, 0o770),
      () => ({ path: folder, mode: '0770', remedy: `chmod 0700 ${folder}` }),
    ],
    [
      'an issuer’s folder others can list',
      () => chmod(join(folder, 'univ'), 0o705),
      () => ({ path: join(folder, 'univ'), mode: '0705', remedy: `chmod 0700 ${join(folder, 'univ')}` }),
    ],
    [
      'a key file that is a symbolic link',
      async (key) => {
        await rename(fileOf(key), join(parent, 'elsewhere.json'));
        await symlink(join(parent, 'elsewhere.json'), fileOf(key));
      },
      (key) => ({ path: fileOf(key), remedy: `ls -l ${fileOf(key)}` }),
    ],
    [
      'an issuer’s folder that is a symbolic link',
      async () => {
        await rename(join(folder, 'univ'), join(parent, 'elsewhere'));
        await symlink(join(parent, 'elsewhere'), join(folder, 'univ'));
      },
      () => ({ path: join(folder, 'univ'), remedy: `ls -l ${join(folder, 'univ')}` }),
    ],
    [
      'a folder that is a symbolic link',
      async () => {
        await rename(folder, join(parent, 'elsewhere'));
        await symlink(join(parent, 'elsewhere'), folder);
      },
      () => ({ path: folder, remedy: `ls -l ${folder}` }),
    ],
  ];

  it.each(unsafe)('%s', async (_, spoil, expected) => {
    const key = await makeKey();
    await spoil(key);
    const opening = openKeyFolder({ folder });
    await expect(opening).rejects.toBeInstanceOf(KeyFileUnsafeError);
    await expect(opening).rejects.toMatchObject({ code: 'key-file-unsafe', ...expected(key) });
    await expect(opening).rejects.toThrow(expected(key).remedy);
  });

  it('a file of somebody else', async () => {
    const key = await makeKey();
    const own = (await lstat(fileOf(key))).uid;
    // The check, told that another user runs it.
    await expect(assertPrivate(fileOf(key), 'file', own + 1)).rejects.toMatchObject({
      remedy: `chown ${own + 1} ${fileOf(key)}`,
    });
    await expect(assertPrivate(fileOf(key), 'file', own)).resolves.toBeUndefined();
    // And the real thing, where this process may give files away.
    if (process.geteuid?.() === 0) {
      await chown(fileOf(key), 65_534, 65_534);
      await expect(openKeyFolder({ folder })).rejects.toMatchObject({
        path: fileOf(key),
        remedy: `chown 0 ${fileOf(key)}`,
      });
    }
  });

  it('but a stricter mode is fine', async () => {
    const key = await makeKey();
    await chmod(fileOf(key), 0o400);
    expect((await openKeyFolder({ folder })).keys()).toHaveLength(1);
  });

  it('and quotes a path with a space for the shell', async () => {
    folder = join(parent, "l'autre dossier");
    const key = await makeKey();
    await chmod(fileOf(key), 0o640);
    await expect(openKeyFolder({ folder })).rejects.toMatchObject({
      remedy: `chmod 0600 '${fileOf(key).replace("'", "'\\''")}'`,
    });
  });
});

describe('with a passphrase', () => {
  it('keys are written encrypted, open again with it, and only with it (K3)', async () => {
    const made = await openKeyFolder({ folder, passphrase: PASSPHRASE });
    const { publicKeyMultibase } = await made.create('univ', 'Ed25519');
    await made.create('univ', 'ES256');
    const file = JSON.parse(await readFile(fileOf(publicKeyMultibase), 'utf8'));
    expect(file).toMatchObject({ encryption: { cipher: 'AES-256-GCM', kdf: 'scrypt', N: 131072, r: 8, p: 1 } });
    // The same passphrase as another keyboard composes it.
    const again = await openKeyFolder({ folder, passphrase: PASSPHRASE.normalize('NFD') });
    expect(again.keys()).toHaveLength(2);
    expect(await again.signer.canSign(methodOf(publicKeyMultibase))).toBe(true);

    for (const [passphrase, problem] of [
      ['wrong', 'passphrase-wrong'],
      [undefined, 'passphrase-missing'],
    ] as const) {
      const locked = await openKeyFolder({ folder, passphrase });
      expect(locked.keys()).toEqual([]);
      expect(locked.problems.map((one) => one.problem)).toEqual([problem, problem]);
      const signing = locked.signer.sign({ verificationMethod: methodOf(publicKeyMultibase), messages: [message] });
      await expect(signing).rejects.toMatchObject({ code: 'signer-unavailable', cause: { problem } });
    }
  });

  it('no key is made under a second one', async () => {
    await makeKey(PASSPHRASE);
    const locked = await openKeyFolder({ folder, passphrase: 'other' });
    await expect(locked.create('univ', 'Ed25519')).rejects.toMatchObject({ problem: 'passphrase-wrong' });
    expect(await readdir(join(folder, 'univ'))).toHaveLength(1);
  });

  it('keys in the clear stay readable beside encrypted ones', async () => {
    await makeKey();
    await makeKey(PASSPHRASE);
    expect((await openKeyFolder({ folder, passphrase: PASSPHRASE })).keys()).toHaveLength(2);
  });

  it('a key moved to another issuer, or altered in its public part, does not open', async () => {
    const key = await makeKey(PASSPHRASE);
    const text = await readFile(fileOf(key), 'utf8');
    await mkdir(join(folder, 'ecole'), { mode: 0o700 });
    await cp(fileOf(key), join(folder, 'ecole', `${key}.json`));
    await writeFile(join(folder, 'ecole', `${key}.json`), text.replace('"univ"', '"ecole"'));
    const [problem] = (await openKeyFolder({ folder, passphrase: PASSPHRASE })).problems;
    expect(problem).toMatchObject({ path: join(folder, 'ecole', `${key}.json`), problem: 'passphrase-wrong' });
  });
});

describe('a file that cannot be used takes only its key away (K3)', () => {
  const damage: [string, (text: string, other: string) => string, string][] = [
    ['cut in half', (text) => text.slice(0, text.length / 2), 'damaged'],
    ['empty', () => '', 'damaged'],
    ['another JSON', () => '{"kty":"OKP"}', 'damaged'],
    ['a private key that is none', (text) => text.replace(/"privateKey": "[^"]+"/, '"privateKey": "AAAA"'), 'damaged'],
    [
      'an encryption that asks for all memory',
      (text) => text.replace('"privateKey"', '"encryption": {"N": 1e12}, "privateKey"'),
      'damaged',
    ],
    ['the private half of another key', (text, other) => text.replace(/"privateKey": "[^"]+"/, other), 'mismatch'],
    ['another public half', (text) => text.replace('z6Mk', 'z6Mj'), 'mismatch'],
    ['another algorithm', (text) => text.replace('"Ed25519"', '"ES256"'), 'mismatch'],
    ['another issuer', (text) => text.replace('"univ"', '"ecole"'), 'mismatch'],
  ];

  it.each(damage)('%s', async (_, spoil, problem) => {
    const good = await makeKey();
    const bad = await makeKey();
    const [other = ''] = /"privateKey": "[^"]+"/.exec(await readFile(fileOf(good), 'utf8')) ?? [];
    await writeFile(fileOf(bad), spoil(await readFile(fileOf(bad), 'utf8'), other));
    const keys = await openKeyFolder({ folder });
    expect(keys.problems).toMatchObject([{ code: 'key-file-unusable', path: fileOf(bad), problem }]);
    expect(await keys.signer.canSign(methodOf(good))).toBe(true);
    expect(await keys.signer.canSign(methodOf(bad))).toBe(false);
  });

  it('never tells key bytes in its message', async () => {
    const key = await makeKey();
    const text = await readFile(fileOf(key), 'utf8');
    const secret = JSON.parse(text).privateKey.slice(4, 40);
    await writeFile(fileOf(key), text.replace('"sceau-key-1"', '"sceau-key-9"'));
    const [problem] = (await openKeyFolder({ folder })).problems;
    expect(`${problem?.message} ${problem?.stack} ${String(problem?.cause)}`).not.toContain(secret);
  });
});
