import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ReadCohort, readCohort, readCohortDocument } from '../../src/engagement/read-cohort.js';
import type { Json } from '../../src/ports/json.js';
import { type Programme, zProgramme } from '../../src/programme/schema.js';
import { changed, readProgramme, SHIPPED } from '../programme/check-support.js';

const programmeOf = (id: string): Programme => zProgramme.parse(readProgramme(id));
const file = (id: string) => readFileSync(join('programmes', id, 'engagements.json'));
const cohortOf = (id: string): Json => JSON.parse(file(id).toString('utf8'));
const [MP, , , , ES] = SHIPPED;

function told(result: ReadCohort): string[] {
  return result.ok ? [] : result.mistakes.map(({ pointer, code }) => `${pointer} ${code}`);
}
function doubts(result: ReadCohort): string[] {
  return result.warnings.map(({ pointer, code }) => `${pointer} ${code}`);
}
const afterChange = (id: string, changes: Readonly<Record<string, unknown>>) =>
  readCohortDocument(changed(cohortOf(id), changes), programmeOf(id));

describe('reading an engagements file', () => {
  it.each(SHIPPED)('reads the cohort of %s without a doubt', (id) => {
    const result = readCohort(file(id), programmeOf(id));
    expect(result).toMatchObject({ ok: true, warnings: [], cohort: { programme: id } });
  });

  const cases: [string, string, Record<string, unknown>, string[]][] = [
    ['a file of another programme', MP, { '/programme': 'ecstra' }, ['/programme other-programme']],
    ['a file of another version', MP, { '/programmeVersion': '2024' }, ['/programmeVersion other-version']],
    ['an engagement twice', MP, { '/engagements/1/id': 'MP-E01' }, ['/engagements/1/id duplicate']],
    ['a team twice', MP, { '/teams/1/id': 'MP-T1', '/engagements': [] }, ['/teams/1/id duplicate']],
    ['a team that is not there', MP, { '/engagements/0/teamId': 'MP-T99' }, ['/engagements/0/teamId unknown-team']],
    [
      'two persons with one id',
      MP,
      { '/engagements/1/student/id': 'S-MP-01', '/engagements/1/student/birthDate': '2003-05-14' },
      [
        '/engagements/1/student/studentNumber student-differs',
        '/engagements/1/student/familyName student-differs',
        '/engagements/1/student/givenName student-differs',
      ],
    ],
    [
      'a header injected into an address',
      MP,
      { '/engagements/0/student/email': 'a@b.test\r\nBcc: c@d.test' },
      ['/engagements/0/student/email bad-address'],
    ],
    [
      'a display name in an address',
      MP,
      { '/engagements/0/student/email': 'Zoé <a@b.test>' },
      ['/engagements/0/student/email bad-address'],
    ],
    [
      'an address of 255 characters',
      MP,
      { '/engagements/0/student/email': `${'a'.repeat(60)}@${'b.'.repeat(95)}test` },
      ['/engagements/0/student/email bad-address'],
    ],
    [
      'two addresses in one',
      MP,
      { '/teams/0/actors/0/email': 'a@b.test,c@d.test' },
      ['/teams/0/actors/0/email bad-address'],
    ],
    [
      'a line break in a name',
      MP,
      { '/engagements/0/student/familyName': 'd’Almeida\nBcc: x' },
      ['/engagements/0/student/familyName control-character'],
    ],
    [
      'a NUL in a name',
      MP,
      { '/engagements/0/student/givenName': 'Zo\0é' },
      ['/engagements/0/student/givenName control-character'],
    ],
    [
      'a script for a link',
      MP,
      { '/engagements/0/evidence/0/url': 'javascript:alert(1)' },
      ['/engagements/0/evidence/0/url bad-format'],
    ],
    [
      'data for a link',
      MP,
      { '/engagements/0/evidence/0/url': 'data:text/html,x' },
      ['/engagements/0/evidence/0/url bad-format'],
    ],
    [
      'a link of 3,000 characters',
      MP,
      { '/engagements/0/evidence/0/url': `https://example.org/${'x'.repeat(3000)}` },
      ['/engagements/0/evidence/0/url too-large'],
    ],
    [
      'a day that does not exist',
      MP,
      { '/engagements/0/endDate': '2026-02-30' },
      ['/engagements/0/endDate bad-format'],
    ],
    [
      'an instant without an offset',
      MP,
      { '/engagements/0/evidence/0/submittedAt': '2025-10-06T09:00:00' },
      ['/engagements/0/evidence/0/submittedAt bad-format'],
    ],
    ['an unknown state of life', MP, { '/engagements/0/state': 'done' }, ['/engagements/0/state unknown-value']],
    [
      'a language nobody writes',
      MP,
      { '/engagements/0/student/preferredLanguage': 'de' },
      ['/engagements/0/student/preferredLanguage unknown-value'],
    ],
    ['a student twice in the roster', ES, { '/roster/1/studentId': 'S-ES-01' }, ['/roster/1/studentId duplicate']],
    ['a file without engagements', MP, { '/engagements': undefined }, ['/engagements missing-member']],
  ];
  it.each(cases)('refuses %s', (_name, id, changes, mistakes) => {
    expect(told(afterChange(id, changes))).toEqual(mistakes);
  });

  it('keeps names as they are written: accents, apostrophes, marks of direction, joined emoji', () => {
    const names = {
      '/engagements/0/student/familyName': 'Ōé’d\u202eX',
      '/engagements/0/student/nativeName': '王小明 👩‍🎓 محمد',
    };
    const result = afterChange(MP, names);
    expect(told(result)).toEqual([]);
    expect(result.ok && result.cohort.engagements[0]?.student.familyName).toBe('Ōé’d\u202eX');
  });

  it('accepts international domains and refuses addresses that only look like them', () => {
    const withAddress = (email: string) => told(afterChange(MP, { '/engagements/0/student/email': email }));
    for (const good of [
      'zoé@example.org',
      'a@localhost',
      '@example.org',
      'a@',
      'a..b@example.org',
      'a b@example.org',
      'a@-b.org',
      '',
    ]) {
      expect(withAddress(good), good).toEqual(['/engagements/0/student/email bad-address']);
    }
    for (const good of [
      'zoe@université.example',
      "o'neil+badge@example.org",
      'z@xn--universit-i1a.example',
      `${'a'.repeat(64)}@example.org`,
    ]) {
      expect(withAddress(good), good).toEqual([]);
    }
  });

  it('drops the blanks around an address, which is compared trimmed everywhere', () => {
    const result = afterChange(MP, { '/engagements/0/student/email': ' Zoe@Example.org\t' });
    expect(result.ok && result.cohort.engagements[0]?.student.email).toBe('Zoe@Example.org');
  });

  it('takes a null where a member may be missing as missing, and keeps members of its own', () => {
    const result = afterChange(MP, {
      '/academicYearEnd': null,
      '/teams/0/sizeAtLaunch': null,
      '/engagements/0/context': null,
      '/engagements/0/actors': null,
      '/engagements/0/own': null,
      '/engagements/0/teamId': null,
    });
    expect(told(result)).toEqual([]);
    const [engagement] = result.ok ? result.cohort.engagements : [];
    expect(engagement).toMatchObject({ own: null, teamId: null });
    for (const absent of ['context', 'actors']) expect(engagement).not.toHaveProperty(absent);
    expect(result.ok && result.cohort.teams?.[0]).not.toHaveProperty('sizeAtLaunch');
    expect(told(afterChange(MP, { '/engagements/0/title': null }))).toEqual(['/engagements/0/title wrong-type']);
  });

  it('reads a grid that stands half filled', () => {
    const grid = { form: 'f', role: 'r', assessor: 'a@example.org', at: '2026-06-24T16:00:00+02:00' };
    expect(
      told(afterChange(MP, { '/engagements/0/assessments': [{ ...grid, ratings: { one: 3, two: null } }] })),
    ).toEqual([]);
    expect(
      told(afterChange(MP, { '/engagements/0/assessments': [{ ...grid, ratings: { one: 3, two: '3' } }] })),
    ).toEqual(['/engagements/0/assessments/0/ratings/two wrong-type']);
  });

  it('takes two spellings of one name for one person', () => {
    const named = (familyName: string) =>
      told(
        afterChange(MP, {
          '/engagements/0/student/familyName': 'd’Émile  Roy',
          '/engagements/1/student': {
            id: 'S-MP-01',
            familyName,
            givenName: 'Zoé',
            email: 'zoe@example.org',
            preferredLanguage: 'fr',
          },
        }),
      );
    expect(named("D'E\u0301MILE ROY")).toEqual([]);
    expect(named('Émile')).toEqual(['/engagements/1/student/familyName student-differs']);
  });

  it('warns of what a verdict will not explain, and reads the file', () => {
    const result = afterChange(MP, {
      '/engagements/0/evidence/0/kind': 'agreement',
      '/engagements/0/measures/hours': 40,
      '/engagements/0/endDate': '2025-01-01',
      '/engagements/1/evidence/1/id': 'MP-E02-AGR',
      '/engagements/1/measures/certifiedHours': '39,5',
    });
    expect(result.ok).toBe(true);
    expect(doubts(result)).toEqual([
      '/engagements/0/endDate dates-reversed',
      '/engagements/0/measures/hours unknown-measure',
      '/engagements/0/evidence/0/kind unknown-evidence-kind',
      '/engagements/1/measures/certifiedHours measure-type',
      '/engagements/1/evidence/1/id duplicate',
    ]);
    const roster = afterChange(ES, { '/academicYearEnd': undefined, '/roster/0/cycle': 'master' });
    expect(roster.ok).toBe(true);
    expect(doubts(roster)).toEqual(['/academicYearEnd year-end-missing', '/roster/0/cycle unknown-cycle']);
  });

  it('tells all mistakes at once, in both languages', () => {
    const everything = Object.assign(
      {},
      ...cases.filter(([, id, changes]) => id === MP && !('/engagements' in changes)).map(([, , changes]) => changes),
    );
    const result = afterChange(MP, everything);
    expect(told(result).length).toBeGreaterThanOrEqual(15);
    for (const { message, expected } of result.ok ? [] : result.mistakes) {
      for (const text of [message.fr, message.en, expected.fr, expected.en]) expect(text).toMatch(/\S/);
    }
  });

  it('names the line of what is not JSON and the encoding of what is not UTF-8', () => {
    const text = file(MP).toString('utf8');
    expect(readCohort(text.slice(0, -3), programmeOf(MP))).toMatchObject({
      ok: false,
      mistakes: [{ code: 'not-json' }],
    });
    expect(readCohort(Buffer.from(text, 'latin1'), programmeOf(MP))).toMatchObject({
      mistakes: [{ code: 'encoding' }],
    });
  });

  it('reads ten thousand engagements in one go', () => {
    const cohort = JSON.parse(file(MP).toString('utf8'));
    const [sample] = cohort.engagements;
    cohort.engagements = Array.from({ length: 10_000 }, (_, index) => ({
      ...sample,
      id: `E${index}`,
      student: { ...sample.student, id: `S${index}`, email: `s${index}@example.org` },
    }));
    const result = readCohort(Buffer.from(JSON.stringify(cohort, null, 1)), programmeOf(MP));
    expect(result.ok && result.cohort.engagements.length).toBe(10_000);
  }, 120_000);
});
