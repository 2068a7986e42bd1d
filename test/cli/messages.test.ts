import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROGRAMMES, removeFolder, temporaryFolder } from '../support/house.js';
import { cliEnvironment, MAIN, runCli } from '../support/run-cli.js';

const ECSTRA = ['engagements.json', 'jury-decisions.csv'].map((name) => join(PROGRAMMES, 'ecstra', name));
const SESSION = ['--programme', 'ecstra', '--engagements', ECSTRA[0] ?? '', '--decisions', ECSTRA[1] ?? ''];
const STACK = /\bat .*\.js:\d+/;

describe('what a command says when it cannot be carried out', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
    expect((await runCli(folder, ['init', '--name', 'Université Exemple'])).code).toBe(0);
  });
  afterAll(() => removeFolder(folder));

  const unknown = '0'.repeat(26);
  it.each([
    [['issuer', 'set', 'nulle-part', '--name', 'x'], 'aucun émetteur « nulle-part » ici'],
    [['revoke', unknown, '--reason', 'x'], `aucun badge ${unknown} ici`],
    [['supplement', '--student', 'S-0', '--issuer', 'nulle-part'], 'aucun émetteur « nulle-part » ici'],
    [
      ['keys', 'compromised', 'z6MkNul', '--since', '2026-01-01T00:00:00Z', '--reason', 'x'],
      'aucun émetteur d’ici n’a la clé « z6MkNul »',
    ],
    [['keys', 'rotate', '--issuer', 'nulle-part'], 'aucun émetteur « nulle-part » ici'],
    [['report', '--programme', 'nul'], 'aucun programme « nul » n’est installé ici'],
    [['init'], 'a déjà son premier émetteur'],
    [['revoke', unknown, '--reason', '  '], 'l’option --reason est vide'],
  ])('%j is refused in the reader’s language alone', async (words, sentence) => {
    const { code, stdout, stderr } = await runCli(folder, [...words, '--lang', 'fr']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\b(no|here|is|the|not|already)\b/);
  });

  it('lists what is wrong with the settings in the reader’s language, each setting once', async () => {
    const env = { PORT: '99999', SCEAU_LOG_LEVEL: 'loud', SCEAU_PUBLC_URL: 'x', SCEAU_PUBLIC_URL: 'https://a/b?c' };
    const { code, stderr } = await runCli(folder, ['serve', '--lang', 'fr'], { env });
    expect(code).toBe(2);
    expect(stderr.trim().split('\n').slice(1)).toEqual([
      '  SCEAU_PUBLC_URL : réglage inconnu',
      '  PORT : attendu un nombre entier de 0 à 65535',
      '  SCEAU_PUBLIC_URL : attendu une adresse http(s) sans chemin, sans ? et sans #, comme https://badges.univ.example',
      '  SCEAU_LOG_LEVEL : attendu silent, error, warn ou info',
    ]);
  });

  it.each([
    ['SCEAU_DATA_DIR', ['issue', ...SESSION]],
    ['SCEAU_DATA_DIR', ['audit', 'check']],
    ['SCEAU_KEYS_DIR', ['issue', ...SESSION]],
  ])('a file as %s is named, with exit 2 and nothing done (%j)', async (setting, words) => {
    const place = await temporaryFolder();
    await mkdir(join(place, 'in'));
    const file = join(place, 'in', 'a-file');
    await writeFile(file, 'not a folder');
    const { code, stderr } = await runCli(join(place, 'in'), words, { env: { [setting]: file } });
    expect(code).toBe(2);
    expect(stderr).toContain(file);
    expect(stderr).toContain('a file stands where a folder is needed');
    expect(stderr).not.toMatch(STACK);
    expect(await readFile(file, 'utf8')).toBe('not a folder');
    expect((await readdir(join(place, 'in'))).filter((name) => name === 'data')).toEqual([]);
    await removeFolder(place);
  });
});

describe('a decision file in another encoding', () => {
  it('is refused with the option that reads it, then read with it', async () => {
    const folder = await temporaryFolder();
    const text = (await readFile(ECSTRA[1] ?? '', 'utf8')).replace('Шевченко', 'Chevtchenko');
    await writeFile(join(folder, 'jury.csv'), Buffer.from(text, 'latin1'));
    const words = ['evaluate', ...SESSION.slice(0, -1), 'jury.csv', '--lang', 'fr'];
    const refused = await runCli(folder, words);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/\n {2}Le fichier n’est pas en UTF-8.*--encoding windows-1252\.\n$/);
    const read = await runCli(folder, [...words, '--encoding', 'windows-1252']);
    expect(read.code).toBe(0);
    expect(read.stdout).toMatch(/ligne 7 \(EC-E06\) : Le nom n’est pas celui de l’étudiant/);
    await removeFolder(folder);
  });
});

describe('the command line itself', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => removeFolder(folder));

  it('says its version', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(await runCli(folder, ['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('takes the language before the command, too', async () => {
    const { code, stdout } = await runCli(folder, ['--lang', 'fr', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('signés à partir de décisions de jury');
  });

  it('names only the words of an unknown command', async () => {
    const { stderr } = await runCli(folder, ['keys', 'frob', '--lang', 'fr', '--reason', 'secret']);
    expect(stderr).toContain('commande inconnue : keys frob. Commandes : keys list');
    expect(stderr).not.toContain('secret');
  });

  it('stops quietly when its reader has had enough', async () => {
    const child = spawn('sh', ['-c', `"${process.execPath}" "${MAIN}" --help | head -1`], {
      env: cliEnvironment(folder),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    await new Promise((resolve) => child.once('close', resolve));
    expect(Buffer.concat(said).toString('utf8')).toBe('');
  });

  it('counts outcomes in good French', async () => {
    const { stdout } = await runCli(folder, ['evaluate', ...SESSION, '--lang', 'fr']);
    expect(stdout.trim().split('\n').at(-1)).toBe('ecstra : 4 reconnus, 5 refusés, 1 en attente');
  });
});
