import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DECISION_FILE_LIMITS, type DecisionFileOptions, readDecisionFile } from '../../src/jury/decision-file.js';
import type { DecisionRow } from '../../src/jury/decision-row.js';
import { FILE_PROBLEM_CODES, type FileProblemCode, fileProblemMessage } from '../../src/text/reasons-file.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (text: string, options?: DecisionFileOptions) => readDecisionFile(utf8(text), options);

function rowsOf(text: string, options?: DecisionFileOptions): readonly DecisionRow[] {
  const file = read(text, options);
  if (!file.ok)
    throw new Error(file.problems.map(({ row, code, message }) => `${row} ${code} ${message.en}`).join('\n'));
  return file.rows;
}

/** `row column code` of every problem. */
function problemsOf(bytes: Uint8Array | string, options?: DecisionFileOptions): readonly string[] {
  const file = readDecisionFile(typeof bytes === 'string' ? utf8(bytes) : bytes, options);
  return file.ok
    ? []
    : file.problems.map(({ row, column, code }) => [row, column, code].filter((part) => part !== null).join(' '));
}

const HEAD = 'engagement_id,family_name,given_name,decision';
const FULL =
  'jury_session,engagement_id,family_name,given_name,email,decision,mark,credits,decided_at,president,comment';

describe('the text of a decision file', () => {
  it('C1: drops the byte-order mark of UTF-8', () => {
    expect(rowsOf(`\ufeff${HEAD}\nE1,Duchêne,Maëlle,validated\n`)).toMatchObject([{ row: 2, familyName: 'Duchêne' }]);
  });

  const western = (text: string) =>
    Uint8Array.from(text, (char) => ({ '’': 0x92, œ: 0x9c })[char] ?? char.charCodeAt(0));
  const utf16 = (text: string, littleEndian: boolean) => {
    const view = new DataView(new ArrayBuffer(text.length * 2));
    for (let index = 0; index < text.length; index += 1)
      view.setUint16(index * 2, text.charCodeAt(index), littleEndian);
    return new Uint8Array(view.buffer);
  };

  it('C1: refuses UTF-16, Windows-1252 and broken bytes, and names what it saw', () => {
    const text = `${HEAD}\nE1,Duchêne,Maëlle,validated\n`;
    const seen = (bytes: Uint8Array) => {
      const file = readDecisionFile(bytes);
      return file.ok ? 'read' : file.problems.map(({ code, message }) => `${code}: ${message.en}`).join();
    };
    expect(seen(utf16(`\ufeff${text}`, true))).toMatch(/^encoding-not-utf-8: .*utf-16le/);
    expect(seen(utf16(`\ufeff${text}`, false))).toMatch(/^encoding-not-utf-8: .*utf-16be/);
    expect(seen(utf16(text, true))).toMatch(/^encoding-not-utf-8: .*utf-16le/);
    expect(seen(western(text))).toMatch(/^encoding-not-utf-8: .*windows-1252/);
    expect(seen(Uint8Array.of(0x61, 0xff, 0x81))).toMatch(/^encoding-invalid: Byte 2 .*utf-8/);
  });

  it('C1: knows a workbook from a CSV file, whatever encoding is named', () => {
    const xlsx = Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x14, 0x00);
    const xls = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1);
    expect(problemsOf(xlsx)).toEqual(['spreadsheet-file']);
    expect(problemsOf(xls, { encoding: 'windows-1252' })).toEqual(['spreadsheet-file']);
  });

  it('C1: reads another encoding when it is named', () => {
    const text = `${HEAD}\nE1,L’Écuyer,Cœur,validated\n`;
    const names = (bytes: Uint8Array, options: DecisionFileOptions) => {
      const file = readDecisionFile(bytes, options);
      return file.ok ? [file.encoding, file.rows[0]?.familyName, file.rows[0]?.givenName] : file.problems;
    };
    expect(names(western(text), { encoding: 'windows-1252' })).toEqual(['windows-1252', 'L’Écuyer', 'Cœur']);
    expect(names(utf16(`\ufeff${text}`, true), { encoding: 'utf-16le' })).toEqual(['utf-16le', 'L’Écuyer', 'Cœur']);
    expect(names(utf16(text, false), { encoding: 'utf-16be' })).toEqual(['utf-16be', 'L’Écuyer', 'Cœur']);
  });

  it('C1: refuses a named encoding that the bytes contradict', () => {
    expect(problemsOf(`\ufeff${HEAD}\n`, { encoding: 'windows-1252' })).toEqual(['encoding-mismatch']);
    expect(problemsOf(utf16(`\ufeff${HEAD}`, false), { encoding: 'utf-16le' })).toEqual(['encoding-mismatch']);
    expect(problemsOf(Uint8Array.of(0x61, 0x81), { encoding: 'windows-1252' })).toEqual(['encoding-invalid']);
    expect(problemsOf(Uint8Array.of(0x61, 0x00, 0x62), { encoding: 'utf-16le' })).toEqual(['encoding-invalid']);
    expect(problemsOf(Uint8Array.of(0xd8, 0x00, 0x00, 0x61), { encoding: 'utf-16be' })).toEqual(['encoding-invalid']);
  });

  it('C13: refuses NUL, with its line', () => {
    expect(problemsOf(`${HEAD}\r\nE1,Du\0chêne,Maëlle,validated\r\n`)).toEqual(['2 nul-character']);
  });

  it('C13: keeps zero-width, right-to-left and emoji characters exactly', () => {
    const names = ['Zo\u200bé', '\u202eodlaR', '👩‍🌾', 'محمد', 'e\u0301', '＝1+1'];
    const rows = rowsOf(`${HEAD}\n${names.map((name) => `E1,${name},x,validated`).join('\n')}`);
    expect(rows.map(({ familyName }) => familyName)).toEqual(names);
  });

  it('C2: keeps cells that begin like a formula as they are', () => {
    const names = ['=1+1', '+33', '-x', '@me'];
    const rows = rowsOf(`${HEAD}\n${names.map((name) => `E1,${name},x,validated`).join('\n')}`);
    expect(rows.map(({ familyName }) => familyName)).toEqual(names);
  });

  it('C7: refuses more than 32 MiB before reading anything', () => {
    expect(problemsOf(new Uint8Array(DECISION_FILE_LIMITS.bytes + 1))).toEqual(['file-too-large']);
  });
});

describe('the records of a decision file', () => {
  it.each([
    [',', ','],
    [';', ';'],
    ['tab', '\t'],
  ] as const)('C3: detects %s as delimiter and says so', (_name, delimiter) => {
    const file = read(
      `${HEAD.replaceAll(',', delimiter)}\n${['E1', 'a,b', 'c;d', 'validated'].map((cell) => `"${cell}"`).join(delimiter)}`,
    );
    expect(file).toMatchObject({ ok: true, delimiter, rows: [{ familyName: 'a,b', givenName: 'c;d' }] });
  });

  it('C3: reports every row that uses another delimiter than the heading', () => {
    expect(problemsOf(`${HEAD.replaceAll(',', ';')}\nE1,a,b,validated\nE2;a;b;validated\nE3,a,b,refused`)).toEqual([
      '2 too-few-cells',
      '4 too-few-cells',
    ]);
  });

  it.each([
    ['', 'csv-empty'],
    ['\ufeff', 'csv-empty'],
    ['\n\n  \n', 'csv-empty'],
    [HEAD, 'csv-empty'],
    [`${HEAD}\n\n,,,\n`, 'csv-empty'],
    ['E1,Duchêne,Maëlle,validated\n', '1 csv-header'],
    ['hello', '1 csv-header'],
  ])('C3: %j gives %s', (text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
  });

  it('C3: says what the first line says where it should name the columns', () => {
    const message = (text: string) => {
      const file = readDecisionFile(new TextEncoder().encode(text));
      return file.ok ? '' : (file.problems[0]?.message.en ?? '');
    };
    expect(message(`Jury of 24 June;;;\n${HEAD}\n`)).toMatch(/but it says “Jury of 24 June;*”/);
  });

  it('C4: counts lines right with quoted line breaks and mixed line ends', () => {
    const text = `${FULL}\r\nJ,E1,a,b,,validated,,,,,"one\r\ntwo\nthree\rfour"\rJ,E2,a,b,,validated,,,,,\n\nJ,E3,"a ""b""","c,d",,validated,,,,,x\r\nJ,E4,a,b,,refused,,,,,`;
    const rows = rowsOf(text);
    expect(rows.map(({ row, engagementId }) => [row, engagementId])).toEqual([
      [2, 'E1'],
      [6, 'E2'],
      [8, 'E3'],
      [9, 'E4'],
    ]);
    expect(rows[0]?.comment).toBe('one\r\ntwo\nthree\rfour');
    expect(rows[2]).toMatchObject({ familyName: 'a "b"', givenName: 'c,d', comment: 'x' });
  });

  it.each([
    ['unclosed', 'E1,"a,b,validated\nE2,a,b,refused\n', '2 quote-unclosed'],
    ['unclosed after a line break in another cell', '"E\n1","a,b,validated\n', '3 quote-unclosed'],
    ['followed by text', 'E1,"a"b,c,validated\n', '2 quote-text-after'],
    ['followed by text, on the line where it opened', 'E1,"a\n\nb"c,d,validated\n', '2 quote-text-after'],
    ['inside a plain cell', 'E1,a"b,c,validated\n', '2 quote-misplaced'],
  ])('C4: a quote %s is refused with its line', (_name, text, expected) => {
    expect(problemsOf(`${HEAD}\n${text}`)).toEqual([expected]);
  });

  it('C4: lets blanks around a quoted cell be', () => {
    expect(rowsOf(`${HEAD}\nE1, "a" ,"b"  ,\t"validated"\t\n`)).toMatchObject([
      { familyName: 'a', givenName: 'b', decision: 'validated' },
    ]);
  });

  it('C5: takes columns in any order, letter case and with blanks, and only those it knows', () => {
    expect(rowsOf(' Decision ,GIVEN_NAME,"Family_Name",Engagement_ID\nvalidated,Zoé,d’Almeida,E1')).toMatchObject([
      { engagementId: 'E1', familyName: 'd’Almeida', givenName: 'Zoé', decision: 'validated' },
    ]);
    expect(problemsOf('engagement_id,decision,note,,Decision\nE1,validated,14,,x')).toEqual([
      '1 note column-unknown',
      '1 decision column-duplicate',
      '1 family_name column-missing',
      '1 given_name column-missing',
    ]);
    const file = read(`${HEAD},note\n`);
    expect(file.ok ? '' : file.problems[0]?.message.en).toMatch(/“note”.*jury_session, engagement_id/);
  });

  it('C5: reports rows with too few or too many cells, each by its line', () => {
    expect(problemsOf(`${HEAD}\nE1,a,b\nE2,a,b,validated,x\nE3,a,b,validated\nE4`)).toEqual([
      '2 too-few-cells',
      '3 too-many-cells',
      '5 too-few-cells',
    ]);
  });

  it('passes over columns without a name or any content, as spreadsheets leave them', () => {
    const emptied = `;${HEAD.replaceAll(',', ';')};;\r\n;E1;a;b;validated;;\r\n;E2;a;b;refused;;;;\r\n;E3;a;b;deferred\r\n;;;;;;\r\n;;\r\n`;
    expect(rowsOf(emptied).map(({ row, engagementId, decision }) => [row, engagementId, decision])).toEqual([
      [2, 'E1', 'validated'],
      [3, 'E2', 'refused'],
      [4, 'E3', 'deferred'],
    ]);
    expect(
      problemsOf(`${HEAD.replace(',', ',,')},\nE1,,a,b,validated,\nE2,x,a,b,refused,\nE3,,a,b,refused,x\n`),
    ).toEqual(['3 column-unnamed', '4 too-many-cells']);
  });

  it.each(['sep=;\r\n', 'SEP=;\n', '"sep=;"\r\n', '\ufeffsep=;\r'])(
    'passes over %j before the heading, which stays line 1',
    (line) => {
      const file = read(`${line}${HEAD.replaceAll(',', ';')}\r\nE1;a;b;validated\r\nE2;a;b;refused`);
      expect(file).toMatchObject({ ok: true, delimiter: ';', rows: [{ row: 2 }, { row: 3, decision: 'refused' }] });
      expect(problemsOf(`${line}${HEAD.replaceAll(',', ';')}\nE1;a`)).toEqual(['2 too-few-cells']);
    },
  );

  it('C7: reads 100,000 rows, refuses one more, and a cell that is too long', () => {
    const row = 'E1,a,b,validated\n';
    expect(rowsOf(`${HEAD}\n${row.repeat(100_000)}`)).toHaveLength(100_000);
    expect(problemsOf(`${HEAD}\n${row.repeat(100_001)}`)).toEqual(['100002 too-many-rows']);
    expect(problemsOf(`${HEAD}\nE1,${'x'.repeat(10_001)},b,validated`)).toEqual(['2 family_name cell-too-long']);
    expect(problemsOf(`${HEAD}\nE1,${'x'.repeat(20_000_000)},b,validated`)).toEqual(['2 family_name cell-too-long']);
    expect(rowsOf(`${HEAD}\nE1,${'👩'.repeat(10_000)},b,validated`)).toHaveLength(1);
  });

  it.each([1, 250, 500])('C8: reports exactly row %d of 500 when that one is wrong', (wrong) => {
    const rows = Array.from(
      { length: 500 },
      (_, index) => `E${index},a,b,validated,${index + 1 === wrong ? 'x' : index}`,
    );
    const file = read(`${HEAD},mark\n${rows.join('\n')}`);
    expect(file.ok ? [] : file.problems).toMatchObject([{ row: wrong + 1, column: 'mark', code: 'number-invalid' }]);
  });

  it('C7: gives up on a file of nothing but delimiters or empty lines, without filling the memory', () => {
    expect(problemsOf(','.repeat(5_000_000))).toEqual(['1 record-too-wide']);
    expect(problemsOf(`${HEAD}\n${';'.repeat(5_000_000)}`)).toEqual(['2 too-few-cells']);
    expect(problemsOf(`${HEAD}\n${','.repeat(5_000_000)}`)).toEqual(['2 record-too-wide']);
    expect(problemsOf('\r\n'.repeat(5_000_000))).toEqual(['csv-empty']);
  });

  it('C11: columns and cells named like members of every object do no harm', () => {
    expect(problemsOf(`${HEAD},constructor,__proto__,toString\nE1,a,b,validated,x,y,z`)).toEqual([
      '1 constructor column-unknown',
      '1 __proto__ column-unknown',
      '1 toString column-unknown',
    ]);
    const [row] = rowsOf(`${HEAD}\n__proto__,constructor,toString,hasOwnProperty`);
    expect(row).toMatchObject({ engagementId: '__proto__', familyName: 'constructor', decision: 'hasOwnProperty' });
    expect(({} as Record<string, unknown>)['engagementId']).toBeUndefined();
  });

  it('counts problems beyond a thousand instead of listing them', () => {
    const problems = problemsOf(`${HEAD}\n${'E1\n'.repeat(1500)}`);
    expect(problems).toHaveLength(1001);
    expect(problems.at(-1)).toBe('more-problems');
  });
});

describe('the cells of a decision file', () => {
  const cell = (column: 'mark' | 'credits' | 'decided_at', value: string, options?: DecisionFileOptions) =>
    read(`${HEAD},${column}\nE1,a,b,validated,"${value}"`, options);

  it.each([
    ['14.5', 14.5],
    ['14,5', 14.5],
    ['0', 0],
    ['  3 ', 3],
    ['', undefined],
    ['   ', undefined],
  ])('%j is the number %s', (value, number) => {
    expect(cell('mark', value)).toMatchObject({ ok: true, rows: [{ mark: number }] });
    expect(cell('credits', value)).toMatchObject({ ok: true, rows: [{ credits: number }] });
  });

  it.each([
    'x',
    '14.5/20',
    '1 234',
    '1,234.5',
    '-3',
    '+3',
    '1e3',
    'NaN',
    'Infinity',
    '0x10',
    '.5',
    '5.',
    '１４',
    '12345678901',
  ])('%j is no number', (value) => {
    expect(cell('mark', value)).toMatchObject({
      ok: false,
      problems: [{ row: 2, column: 'mark', code: 'number-invalid' }],
    });
  });

  it('reads an instant with its offset, and a plain day as noon in the time zone', () => {
    const at = (value: string, timeZone?: string) => {
      const file = cell('decided_at', value, timeZone === undefined ? undefined : { timeZone });
      return file.ok ? new Date(file.rows[0]?.decidedAt ?? 0).toISOString() : file.problems;
    };
    expect(at('2026-06-24T16:00:00+02:00')).toBe('2026-06-24T14:00:00.000Z');
    expect(at('2026-06-24T16:00+02:00')).toBe('2026-06-24T14:00:00.000Z');
    expect(at('2026-06-24')).toBe('2026-06-24T12:00:00.000Z');
    expect(at('2026-06-24', 'Europe/Paris')).toBe('2026-06-24T10:00:00.000Z');
    expect(at('2026-06-24', 'Pacific/Auckland')).toBe('2026-06-24T00:00:00.000Z');
  });

  it.each([
    ['31/06/2026', 'date-ambiguous'],
    ['06/07/2026', 'date-ambiguous'],
    ['6.7.26', 'date-ambiguous'],
    ['2026/07/06', 'date-ambiguous'],
    ['2026-02-30', 'date-impossible'],
    ['2026-13-01T10:00:00Z', 'date-impossible'],
    ['2026-06-24T25:00:00Z', 'date-impossible'],
    ['2026-06-24T25:00Z', 'date-impossible'],
    ['46203', 'date-serial'],
    ['46203,5', 'date-serial'],
    ['2026-06-24T16:00:00', 'date-without-offset'],
    ['2026-06-24 16:00', 'date-without-offset'],
    ['24 juin 2026', 'date-unreadable'],
    ['2026-06', 'date-unreadable'],
  ])('C9: %s is refused as %s', (value, code) => {
    expect(cell('decided_at', value)).toMatchObject({ ok: false, problems: [{ row: 2, column: 'decided_at', code }] });
  });

  it('C10: an address with line breaks is read over and goes nowhere', () => {
    const [row] = rowsOf(`${HEAD},email\nE1,a,b,validated,"a@b.test\r\nBcc: c@d.test"`);
    expect(JSON.stringify(row)).not.toContain('Bcc');
  });
});

describe('the problems of a decision file', () => {
  it('each have a sentence in both languages, which says what the file says and shortens it', () => {
    const facts = { value: 'VALUE', column: 'COLUMN', found: 'FOUND', needed: 'NEEDED' };
    for (const code of FILE_PROBLEM_CODES) {
      const { fr, en } = fileProblemMessage(code as FileProblemCode, facts);
      expect(fr, code).not.toBe(en);
      const told = (sentence: string) => Object.values(facts).filter((fact) => sentence.includes(fact));
      expect(told(fr), code).toEqual(told(en));
      expect(fr + en, code).not.toMatch(/undefined|null/);
    }
    const long = fileProblemMessage('number-invalid', { value: '👩'.repeat(5000) });
    expect(long.en).toBe(`“${'👩'.repeat(80)}…” is not a number such as 14.5 or 3.`);
  });
});

describe('whatever the file', () => {
  const csvCell = (text: string) => `"${text.replaceAll('"', '""')}"`;

  it('reads back every cell that was written quoted, trimmed', () => {
    const name = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .filter((text) => !text.includes('\0') && text.trim() !== '');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        (names, delimiter, end) => {
          const lines = names.map(([family, given]) =>
            ['E1', csvCell(family), csvCell(given), 'validated'].join(delimiter),
          );
          const rows = rowsOf([HEAD.replaceAll(',', delimiter), ...lines].join(end));
          expect(rows.map(({ familyName, givenName }) => [familyName, givenName])).toEqual(
            names.map((pair) => pair.map((text) => text.trim())),
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it('answers with rows or with problems that have both languages, and never throws', () => {
    const piece = fc.oneof(
      fc.constantFrom('"', ',', ';', '\n', '\r', HEAD, FULL, 'E1', '2026-02-30', '=', '\ufeff'),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece).map((pieces) => utf8(pieces.join(''))),
          fc.uint8Array(),
        ),
        (bytes) => {
          const file = readDecisionFile(bytes);
          if (file.ok) expect(file.rows.length).toBeGreaterThan(0);
          else {
            expect(file.problems.length).toBeGreaterThan(0);
            for (const { message } of file.problems) expect(message.fr.length * message.en.length).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
