import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureDefined } from '../support/ensure-defined.js';
import { PROGRAMME_IDS, PROGRAMMES, removeFolder, sampleFiles, temporaryFolder } from '../support/house.js';
import { runCli } from '../support/run-cli.js';

function sampleWords(programme: string): string[] {
  const file = (name: string) => join(PROGRAMMES, programme, name);
  return [
    ...['--programme', file('programme.json')],
    ...['--engagements', file('engagements.json')],
    ...['--decisions', file('jury-decisions.csv')],
  ];
}

describe('sceau evaluate', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => removeFolder(folder));

  it.each(PROGRAMME_IDS)('prints the expected verdicts of %s as one JSON value and stores nothing', async (id) => {
    const { expected } = await sampleFiles(id);
    const asOf = 'obligations' in expected ? ['--as-of', '2016-03-15', '--as-of', '2016-09-16'] : [];
    const { code, stdout } = await runCli(folder, ['evaluate', ...sampleWords(id), ...asOf, '--json']);
    expect(code).toBe(0);
    const results = expected.results.map(({ student: _, ...rest }: Record<string, unknown>) => rest);
    expect(JSON.parse(stdout)).toEqual({ ...expected, results });
    expect(await readdir(folder)).toEqual([]);
  });

  it('says each reason in the reader’s language with the value found and the value needed', async () => {
    const words = ['evaluate', ...sampleWords('missions-professionnelles')];
    const fr = await runCli(folder, [...words, '--lang', 'fr']);
    expect(fr.stdout).toMatch(/39,5/);
    expect(fr.stdout).toMatch(/40/);
    const en = await runCli(folder, words);
    expect(en.stdout).toMatch(/39\.5/);
  });

  it('judges hours written as a text as missing, and says on stderr where they stand', async () => {
    const cohort = JSON.parse(await readFile(join(PROGRAMMES, 'engagement-citoyen', 'engagements.json'), 'utf8'));
    cohort.engagements[0].measures.presenceHours = '20,5';
    const changed = await temporaryFolder();
    const file = join(changed, 'engagements.json');
    await writeFile(file, JSON.stringify(cohort));
    const words = [...sampleWords('engagement-citoyen'), '--engagements', file, '--json'];
    const { code, stdout, stderr } = await runCli(folder, ['evaluate', ...words]);
    await removeFolder(changed);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).results[0]).toMatchObject({ outcome: 'refused', reasons: ['hours-below-minimum'] });
    expect(stderr).toContain('/engagements/0/measures/presenceHours');
  });
});

describe('sceau issue', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => removeFolder(folder));

  it('installs the programme and its institution, issues, writes the badges, and again prints the same', async () => {
    const out = join(folder, 'out');
    const words = ['issue', ...sampleWords('ecstra'), '--json', '--out', out];
    const first = await runCli(folder, words);
    expect(first.code).toBe(0);
    expect(first.stderr).toContain('Issuer added: Université Jean Monnet Saint-Étienne');
    expect(first.stderr).toContain('Programme installed: ecstra 2025-2026');
    const result = JSON.parse(first.stdout);
    expect(result.counts).toEqual({ issued: 4, refused: 5, pending: 1, failed: 0 });
    const issued = result.rows.filter((row: { credentialId?: string }) => row.credentialId !== undefined);
    expect((await readdir(out)).sort()).toEqual(
      issued.map((row: { engagementId: string }) => `${row.engagementId}.json`).sort(),
    );
    const second = await runCli(folder, words);
    expect(JSON.parse(second.stdout)).toEqual(result);

    const badge = join(out, `${issued[0].engagementId}.json`);
    const verified = await runCli(folder, ['verify', badge, '--json']);
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.stdout)).toMatchObject({ verified: true, outcome: 'valid' });
    const altered = (await readFile(badge, 'utf8')).replace('Jardin partagé', 'Jardin privé');
    const refused = await runCli(folder, ['verify', '-', '--json'], { stdin: altered });
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ verified: false, outcome: 'invalid', credential: null });

    const id = issued[0].credentialId;
    expect((await runCli(folder, ['revoke', id, '--reason', 'issued by mistake'])).code).toBe(0);
    const revoked = await runCli(folder, ['verify', badge, '--json']);
    expect(revoked.code).toBe(1);
    expect(JSON.parse(revoked.stdout).credential.status).toBe('revoked');
    const audit = await runCli(folder, ['audit', 'check', '--json']);
    expect(audit.code).toBe(0);
    expect(JSON.parse(audit.stdout)).toMatchObject({ ok: true, problems: [] });
  });

  it('tells the rows of a decision file it did not accept in the words of evaluate', async () => {
    const decisions = join(folder, 'jury.csv');
    const rows = ['engagement_id;family_name;given_name;decision', 'EC-E01;Autre;Personne;validated'];
    await writeFile(decisions, `${rows.join('\n')}\nEC-X99;Duchêne;Maëlle;validated\n`);
    const words = sampleWords('ecstra').map((word) => (word.endsWith('.csv') ? decisions : word));
    const { stdout } = await runCli(folder, ['evaluate', ...words]);
    const told = stdout.split('\n').filter((line) => line.startsWith('row '));
    expect(told.map((line) => line.replace(/^row (\d).*\[(.*)\]$/, '$1 $2'))).toEqual([
      '2 name-mismatch',
      '3 unknown-engagement',
    ]);
    const { stderr } = await runCli(folder, ['issue', ...words]);
    expect(stderr.split('\n').filter((line) => line.startsWith('row '))).toEqual(told);
  });

  it('does nothing at all when a file cannot be read, and says where and why', async () => {
    const decisions = join(folder, 'jury.csv');
    const cases: [string, string | Buffer, RegExp][] = [
      [
        'an unknown column',
        'engagement_id;family_name;given_name;decision;marque\nEC-E01;Duchêne;Maëlle;validated;3\n',
        /marque/,
      ],
      [
        'Windows-1252',
        Buffer.from('engagement_id;family_name;given_name;decision\nEC-E01;Duch\xeane;Ma\xeblle;validated\n', 'latin1'),
        /1252/,
      ],
      [
        'an unclosed quote',
        'engagement_id;family_name;given_name;decision\nEC-E01;"Duchêne;Maëlle;validated\n',
        /row 2/,
      ],
      ['an empty file', '', /jury\.csv/],
    ];
    for (const [name, content, message] of cases) {
      await writeFile(decisions, content);
      const words = sampleWords('ecstra').map((word) => (word.endsWith('.csv') ? decisions : word));
      const { code, stderr, stdout } = await runCli(folder, ['issue', ...words, '--json']);
      expect({ name, code, stdout }).toEqual({ name, code: 2, stdout: '' });
      expect(stderr, name).toMatch(message);
      expect(await readdir(folder), name).toEqual(['jury.csv']);
    }
  });

  it('refuses keys that others can read, naming file and remedy, and signs nothing', async () => {
    await runCli(folder, [
      'issuer',
      'add',
      '--name',
      'École Exemple',
      '--country',
      'FR',
      '--url',
      'https://ecole.example.org',
    ]);
    const keys = join(folder, 'issuer-keys', 'ecole-exemple');
    const [file = ''] = await readdir(keys);
    await chmod(join(keys, file), 0o644);
    const { code, stderr } = await runCli(folder, ['issue', ...sampleWords('ecstra')]);
    expect(code).toBe(2);
    expect(stderr).toContain(join(keys, file));
    expect(stderr).toContain('chmod');
  });
});

describe('sceau, called wrongly', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => removeFolder(folder));

  it.each([
    ['an unknown command', ['isue'], /unknown command: isue/],
    ['an unknown option', ['evaluate', '--programe', 'x'], /--programe/],
    ['missing options', ['evaluate'], /--programme.*--engagements.*--decisions/s],
    [
      'a programme that is not there',
      ['evaluate', '--programme', 'nope', '--engagements', 'a', '--decisions', 'b'],
      /nope/,
    ],
    ['a missing file', ['programme', 'check', 'nowhere.json'], /nowhere\.json: there is no such file/],
    ['no data', ['revoke', '0'.repeat(26), '--reason', 'x'], /there is no data/],
    ['a language there is none of', ['programme', 'list', '--lang', 'de'], /expected fr or en/],
    ['a folder that cannot be written to', ['issue', ...sampleWords('ecstra'), '--out', '/dev/null/x'], /--out/],
    ['an impossible instant', ['evaluate', ...sampleWords('ecstra'), '--at', '2026-02-30'], /--at/],
  ])('%s exits 2 with one clear message', async (_name, words, message) => {
    const { code, stdout, stderr } = await runCli(folder, words);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toMatch(/\bat .*\.js:\d+/);
  });

  it('lists every mistake of the environment at once', async () => {
    const { code, stderr } = await runCli(folder, ['serve'], {
      env: { SCEAU_DID_METHOD: 'ion', SCEAU_PUBLC_URL: 'x', PORT: '99999' },
    });
    expect(code).toBe(2);
    for (const name of ['SCEAU_DID_METHOD', 'SCEAU_PUBLC_URL', 'PORT']) expect(stderr).toContain(name);
  });

  it('reports every mistake of a definition with its place, exit 1', async () => {
    const { definition } = await sampleFiles('ecstra');
    const broken = JSON.parse(definition.toString('utf8'));
    broken.code = 'ecstra';
    broken.timezone = 'Europe/Nowhere';
    broken.criteria[0].rule = { op: 'evidence', kind: 'no-such-kind' };
    broken.competences[0].levels.reverse();
    await writeFile(join(folder, 'broken.json'), JSON.stringify(broken));
    const { code, stdout } = await runCli(folder, ['programme', 'check', 'broken.json', '--json']);
    expect(code).toBe(1);
    const [report] = JSON.parse(stdout);
    const pointers = report.mistakes.map((mistake: { pointer: string }) => mistake.pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/code', '/timezone', '/criteria/0/rule/kind']));
    expect(pointers.some((pointer: string) => pointer.startsWith('/competences/0/levels'))).toBe(true);
  });
});

describe('sceau supplement, obligations and report', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
    for (const id of ['missions-professionnelles', 'engagement-citoyen']) {
      expect((await runCli(folder, ['issue', ...sampleWords(id)])).code).toBe(0);
    }
  }, 120_000);
  afterAll(() => removeFolder(folder));

  it('writes a recognised student’s snippet in both languages and every format', async () => {
    const words = ['supplement', '--student', 'S-MP-01', '--lang', 'fr'];
    const text = await runCli(folder, words);
    expect(text.code).toBe(0);
    expect(text.stdout).toContain('Concours de critiques de cinéma');
    expect(text.stdout).toContain('4.3');
    const html = await runCli(folder, [...words, '--format', 'html']);
    expect(html.stdout).toContain('<');
    const json = JSON.parse((await runCli(folder, [...words, '--format', 'json'])).stdout);
    expect(JSON.stringify(json)).toContain('Concours');
    const en = await runCli(folder, ['supplement', '--student', 'S-MP-01', '--lang', 'en']);
    expect(en.stdout).toContain('Film criticism contest');
  });

  it('never writes a refused engagement, nor a revoked one', async () => {
    const refused = await runCli(folder, ['supplement', '--student', 'S-MP-02', '--lang', 'fr']);
    expect(refused.stdout).not.toContain('Concours');
    const issued = await runCli(folder, ['issue', ...sampleWords('missions-professionnelles'), '--json']);
    const id = JSON.parse(issued.stdout).rows.find(
      (row: { engagementId: string }) => row.engagementId === 'MP-E03',
    ).credentialId;
    const student = ['supplement', '--student', 'S-MP-03', '--lang', 'fr'];
    expect((await runCli(folder, student)).stdout).toContain('Mission professionnelle');
    expect((await runCli(folder, ['revoke', id, '--reason', 'test'])).code).toBe(0);
    expect((await runCli(folder, student)).stdout).not.toContain('Mission professionnelle');
  });

  it('says who is at risk on a day, from the sealed verdicts', async () => {
    const { expected } = await sampleFiles('engagement-citoyen');
    const { stdout } = await runCli(folder, [
      'obligations',
      '--programme',
      'engagement-citoyen',
      '--at',
      '2016-03-15',
      '--json',
    ]);
    const [first] = (expected as unknown as { obligations: { asOf: string; items: unknown[] }[] }).obligations;
    expect(JSON.parse(stdout)).toMatchObject(ensureDefined(first));
  });

  it('reports the figures of a cohort', async () => {
    const { stdout } = await runCli(folder, [
      'report',
      '--programme',
      'engagement-citoyen',
      '--at',
      '2016-09-16',
      '--json',
    ]);
    expect(JSON.parse(stdout).cohorts[0]).toMatchObject({
      academicYear: '2015-2016',
      counts: { issued: 10, refused: 4, pending: 1 },
      statistics: {
        'at-least-one-credit': { numerator: 8, denominator: 10 },
        'above-minimum': { numerator: 3, denominator: 10 },
      },
    });
  });

  it('keeps a folder of documents to verify with, and then asks nobody else', async () => {
    const documents = join(folder, 'documents');
    await mkdir(documents);
    await writeFile(join(documents, 'index.json'), '{"did:web:nowhere.example": "../../../etc/passwd"}');
    const { code, stderr } = await runCli(folder, ['verify', join(folder, 'x.json'), '--documents', documents]);
    expect(code).toBe(2);
    expect(stderr).toContain('outside');
  });
});
