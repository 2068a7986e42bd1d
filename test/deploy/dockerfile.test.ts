import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { KNOWN_SETTINGS } from '../../src/config.js';
import { SECRET_SETTINGS } from '../../src/secret-files.js';

const text = await readFile('Dockerfile', 'utf8');
const file = DockerfileParser.parse(text);
const instructions = file.getInstructions();
const lineOf = (instruction: (typeof instructions)[number]) => instruction.getRange().start.line;
/** Where the second stage begins. */
const secondStage = file.getFROMs()[1]?.getRange().start.line ?? 0;
const build = instructions.filter((instruction) => lineOf(instruction) < secondStage);
const runtime = instructions.filter((instruction) => lineOf(instruction) >= secondStage);
const ignored = (await readFile('.dockerignore', 'utf8')).split('\n').filter((line) => line !== '' && line[0] !== '#');

const named = (stage: typeof instructions, keyword: string) =>
  stage.filter((instruction) => instruction.getKeyword() === keyword);
const said = (stage: typeof instructions, keyword: string) =>
  named(stage, keyword).map((instruction) => instruction.getArgumentsContent() ?? '');

describe('the Dockerfile', () => {
  it('has nothing a linter speaks against', () => {
    expect(validate(text)).toEqual([]);
  });

  it('builds in one stage and runs in another, on one release line of Node that the package accepts', () => {
    const bases = file.getFROMs().map((from) => from.getImage());
    expect(bases).toHaveLength(2);
    expect(new Set(bases)).toEqual(new Set(['node:22-bookworm-slim']));
  });

  it('runs no script of a dependency, and keeps no development package', () => {
    const runs = said(build, 'RUN').join('\n');
    expect(runs).toContain('npm ci --ignore-scripts');
    expect(runs).toMatch(/npm run build && npm prune --omit=dev --ignore-scripts/);
    for (const command of runs.match(/npm (?:ci|prune|install)[^&\n]*/g) ?? [])
      expect(command).toContain('--ignore-scripts');
  });

  it('fetches nothing else while it is built', () => {
    expect(named(instructions, 'ADD')).toEqual([]);
    expect(said(instructions, 'RUN').join('\n')).not.toMatch(/curl|wget|apt|git /);
  });

  it('does not run as root, and starts without a shell', () => {
    expect(said(runtime, 'USER')).toEqual(['node']);
    const last = runtime.findIndex((instruction) => instruction.getKeyword() === 'USER');
    expect(named(runtime.slice(last), 'RUN')).toEqual([]);
    for (const keyword of ['ENTRYPOINT', 'CMD']) expect(said(runtime, keyword)[0]).toMatch(/^\["/);
    expect(said(runtime, 'STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(said(runtime, 'HEALTHCHECK')[0]).toContain('CMD ["node", "/app/deploy/healthcheck.mjs"]');
  });

  it('K2 holds no secret, and knows every setting it makes', () => {
    const environment = said(runtime, 'ENV').join('\n');
    const names = [...environment.matchAll(/([A-Z_]+)=/g)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) expect(KNOWN_SETTINGS.has(name) || name === 'NODE_ENV', name).toBe(true);
    expect(named(instructions, 'ARG')).toEqual([]);
    for (const name of SECRET_SETTINGS) expect(text).not.toContain(name);
  });

  it('copies only what is there and what may enter the image', () => {
    const sources = file
      .getCOPYs()
      .filter((copy) => copy.getFlags().length === 0)
      .flatMap((copy) =>
        copy
          .getArguments()
          .map((argument) => argument.getValue())
          .slice(0, -1),
      );
    expect(sources).toEqual(expect.arrayContaining(['src', 'contexts', 'programmes', 'package-lock.json']));
    for (const source of sources) {
      expect(existsSync(source), source).toBe(true);
      expect(ignored, source).toContain(`!${source}`);
    }
  });

  it('K2 lets nothing else of the folder near a layer', () => {
    expect(ignored[0]).toBe('*');
    expect(ignored.slice(1).every((line) => line.startsWith('!'))).toBe(true);
    for (const private_ of ['data', 'issuer-keys', 'secrets', '.git', 'node_modules', 'test']) {
      expect(ignored).not.toContain(`!${private_}`);
    }
  });
});
