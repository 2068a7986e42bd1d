import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { runCli } from '../support/run-cli.js';

describe('sceau issuer set', () => {
  let folder: string;
  const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>';
  const set = (...words: string[]) => runCli(folder, ['issuer', 'set', 'universite-x', ...words]);

  /** What the service answers at a path of the issuer. */
  async function served(path: string): Promise<Response> {
    const house = await openTestHouse(folder);
    const response = await house.app.request(`/issuers/universite-x${path}`);
    const body = await response.arrayBuffer();
    await house.close();
    return new Response(response.status === 200 ? body : null, { status: response.status, headers: response.headers });
  }

  beforeAll(async () => {
    folder = await temporaryFolder();
    await writeFile(join(folder, 'logo.svg'), SVG);
    await writeFile(join(folder, 'bad.svg'), SVG.replace('<path', '<script/><path'));
    await runCli(folder, ['issuer', 'add', '--name', 'Université X', '--url', 'https://x.example.org']);
  });
  afterAll(() => removeFolder(folder));

  it('gives logo, colours and contact, and the logo is signed into badges by its address here', async () => {
    const words = ['--logo', 'logo.svg', '--color', '#FFCC00', '--accent', '#1d3a63', '--contact', 'Bureau 12'];
    const { code, stdout, stderr } = await set(...words, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      colours: { primary: '#ffcc00', accent: '#1d3a63' },
      contact: 'Bureau 12',
      logo: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(stderr).toMatch(/Too light for text: on pages #ffcc00 becomes #[0-9a-f]{6}\./);
    expect(await (await served('/logo')).text()).toBe(SVG);
    expect(await (await served('/look.css')).text()).toMatch(/^:root\{--brand:#[0-9a-f]{6};--accent:#1d3a63\}\n$/);
    const profile = await (await served('')).json();
    expect(profile).toMatchObject({
      image: { id: 'https://badges.example.org/issuers/universite-x/logo', type: 'Image' },
    });
  });

  it('takes them away again', async () => {
    const { code, stdout } = await set('--logo', 'none', '--color', 'none', '--contact', 'none', '--json');
    expect(code).toBe(0);
    for (const member of ['logo', 'colours', 'contact']) expect(JSON.parse(stdout)).not.toHaveProperty(member);
    expect((await served('/logo')).status).toBe(404);
    expect((await served('/look.css')).status).toBe(404);
  });

  it.each([
    [['--color', 'red'], '--color: "red" is not a colour of the form #1d3a63'],
    [['--color', '#fff;}'], 'is not a colour'],
    [['--accent', '#112233'], '--accent goes with --color'],
    [['--logo', 'bad.svg'], '--logo bad.svg: "script" has no place in a logo'],
    [['--logo', 'missing.png'], 'missing.png: there is no such file'],
    [[], 'nothing to change: give --name'],
  ])('refuses %j with one sentence, and changes nothing', async (words, sentence) => {
    const { code, stderr } = await set(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });
});
