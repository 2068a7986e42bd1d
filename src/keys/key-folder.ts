import type { Dirent } from 'node:fs';
import { chmod, lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyStore } from '../ports/key-store.js';
import type { Signer, SigningAlgorithm } from '../ports/signer.js';
import { makePrivateFolder, writePrivateFile } from './durable-file.js';
import { assertPrivate } from './file-safety.js';
import { readKeyFile, writeKeyFile } from './key-file.js';
import { KeyFileError } from './key-file-errors.js';
import { generateKeyPair, type KeyPair } from './key-pair.js';
import { createKeySigner } from './key-signer.js';
import { createPassphraseBox, type PassphraseBox } from './passphrase.js';

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Permissions of anybody but the owner. */
const OPEN_TO_OTHERS = 0o077;
const KEY_FILE = /^(z[1-9A-HJ-NP-Za-km-z]+)\.json$/;

/** One private key of the folder, as others may know it. */
export interface KeptKey {
  /** Slug of the issuer. */
  readonly issuer: string;
  readonly algorithm: SigningAlgorithm;
  readonly publicKeyMultibase: string;
}

/** The private keys of this machine: `<folder>/<issuer>/<multibase>.json`. */
export interface KeyFolder extends KeyStore {
  /** Signs with every usable key of the folder; {@link KeyFileError} is the cause when a key is there but unusable. */
  readonly signer: Signer;
  /** Usable keys, made or found, ordered by issuer and name. */
  keys(): readonly KeptKey[];
  /** Is there a file for this key, usable or not? */
  holds(publicKeyMultibase: string): boolean;
  /** Files found at opening that cannot be used. Their keys do not sign; everything else works (K3). */
  readonly problems: readonly KeyFileError[];
}

/**
 * Opens the key folder, making it when it is missing. Every folder and file of it must be the user's own and closed to
 * others; an empty folder is closed without asking.
 * @param passphrase with one, new keys are written encrypted; those in the clear stay readable.
 * @throws {KeyFileUnsafeError} before any key is read.
 */
export async function openKeyFolder({
  folder,
  passphrase,
}: {
  readonly folder: string;
  readonly passphrase?: string | undefined;
}): Promise<KeyFolder> {
  const box = passphrase === undefined ? undefined : createPassphraseBox(passphrase);
  const found = await findKeyFiles(folder);
  const usable = new Map<string, KeptKey & { readonly pair: KeyPair }>();
  const unusable = new Map<string, KeyFileError>();
  for (const file of found) await take(file);

  async function take(file: FoundKeyFile): Promise<void> {
    const outcome = await tryRead(file, box);
    if (outcome instanceof KeyFileError) unusable.set(file.publicKeyMultibase, outcome);
    else keep(file.issuer, outcome);
  }

  function keep(issuer: string, pair: KeyPair): void {
    const { algorithm, publicKeyMultibase } = pair;
    usable.set(publicKeyMultibase, { issuer, algorithm, publicKeyMultibase, pair });
  }

  return {
    problems: [...unusable.values()],
    keys: () =>
      [...usable.values()].map(({ issuer, algorithm, publicKeyMultibase }) => ({
        issuer,
        algorithm,
        publicKeyMultibase,
      })),
    holds: (publicKeyMultibase) => usable.has(publicKeyMultibase) || unusable.has(publicKeyMultibase),
    signer: createKeySigner(async (publicKeyMultibase) => {
      // Another process may have made it since: then it lies here by now.
      if (!usable.has(publicKeyMultibase) && !unusable.has(publicKeyMultibase)) {
        const made = (await findKeyFiles(folder)).find((file) => file.publicKeyMultibase === publicKeyMultibase);
        if (made !== undefined) await take(made);
      }
      const problem = unusable.get(publicKeyMultibase);
      if (problem !== undefined) throw problem;
      return usable.get(publicKeyMultibase)?.pair;
    }),
    async create(issuer, algorithm) {
      if (!SLUG.test(issuer)) throw new TypeError(`${JSON.stringify(issuer)} is no slug of an issuer`);
      // A key under a second passphrase would lock the folder for good.
      const locked = [...unusable.values()].find(({ problem }) => problem === 'passphrase-wrong');
      if (locked !== undefined) throw locked;
      const pair = generateKeyPair(algorithm);
      const issuerFolder = join(folder, issuer);
      await makePrivateFolder(issuerFolder);
      await assertPrivate(issuerFolder, 'directory');
      const path = join(issuerFolder, `${pair.publicKeyMultibase}.json`);
      await writePrivateFile(path, await writeKeyFile(issuer, pair, box));
      keep(issuer, pair);
      return { publicKeyMultibase: pair.publicKeyMultibase };
    },
  };
}

interface FoundKeyFile {
  readonly path: string;
  readonly issuer: string;
  readonly publicKeyMultibase: string;
}

/** Every key file, after the safety of all of them was checked. @throws {KeyFileUnsafeError} */
async function findKeyFiles(folder: string): Promise<FoundKeyFile[]> {
  await makePrivateFolder(folder);
  const issuers = (await sortedEntries(folder)).filter((entry) => SLUG.test(entry.name) && !entry.isFile());
  // A fresh checkout has this folder, with a page about it, open to all: nothing in it is secret yet.
  // One that is closed already is left alone: it may be mounted for reading only.
  const place = await lstat(folder);
  if (issuers.length === 0 && place.isDirectory() && (place.mode & OPEN_TO_OTHERS) !== 0) await chmod(folder, 0o700);
  await assertPrivate(folder, 'directory');
  const files: FoundKeyFile[] = [];
  for (const { name: issuer } of issuers) {
    await assertPrivate(join(folder, issuer), 'directory');
    for (const { name } of await sortedEntries(join(folder, issuer))) {
      const publicKeyMultibase = KEY_FILE.exec(name)?.[1];
      if (publicKeyMultibase === undefined) continue;
      const path = join(folder, issuer, name);
      await assertPrivate(path, 'file');
      files.push({ path, issuer, publicKeyMultibase });
    }
  }
  return files;
}

async function sortedEntries(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function tryRead(file: FoundKeyFile, box: PassphraseBox | undefined): Promise<KeyPair | KeyFileError> {
  try {
    return await readKeyFile(await readText(file.path), file, box);
  } catch (error) {
    if (error instanceof KeyFileError) return error;
    throw error;
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new KeyFileError(path, 'unreadable', { cause });
  }
}
