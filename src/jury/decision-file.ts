import { type Calendar, createCalendar } from '../programme/calendar.js';
import { type CsvRecord, type Delimiter, readCsvRecords } from './csv-records.js';
import { readMoment, readNumber } from './decision-cell.js';
import { type DecisionEncoding, decodeDecisionFile } from './decision-encoding.js';
import { detectDelimiter, readHeading, withoutSeparatorLine } from './decision-heading.js';
import type { DecisionColumn, DecisionRow } from './decision-row.js';
import { type FileProblem, fileProblem } from './file-problem.js';

/** What a decision file may measure at most. */
export const DECISION_FILE_LIMITS = { bytes: 32 * 1024 * 1024, rows: 100_000, cellCharacters: 10_000 } as const;

/** More problems than this are counted, not listed. */
const LISTED_PROBLEMS = 1000;

export interface DecisionFileOptions {
  /** Read as this encoding; without it only UTF-8 is read, and any other is refused with its name. */
  readonly encoding?: DecisionEncoding;
  /** IANA name: where a `decided_at` that is a plain day lies (taken at noon). UTC by default. */
  readonly timeZone?: string;
}

/** A decision file as read, or every reason why it cannot be: a file with a problem gives no rows at all. */
export type DecisionFile =
  | {
      readonly ok: true;
      /** File order. */
      readonly rows: readonly DecisionRow[];
      /** As detected, to be shown for confirmation. */
      readonly delimiter: Delimiter;
      readonly encoding: DecisionEncoding;
    }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/**
 * Reads a jury's decision file (CSV with a heading) as real offices write it: comma, semicolon or tab, byte-order
 * mark, any line endings, decimal comma, quoted line breaks, columns in any order and letter case. Cells are trimmed
 * and otherwise kept exactly; an empty cell is absent; rows without any content are passed over, and so are columns
 * without a name or any content and a spreadsheet's `sep=` line. Columns are found by position, so no cell or heading can name a member of an object.
 */
export function readDecisionFile(bytes: Uint8Array, options: DecisionFileOptions = {}): DecisionFile {
  const { encoding = 'utf-8', timeZone = 'UTC' } = options;
  if (bytes.length > DECISION_FILE_LIMITS.bytes) {
    return refused([fileProblem('file-too-large', {}, { found: bytes.length, needed: DECISION_FILE_LIMITS.bytes })]);
  }
  const decoded = decodeDecisionFile(bytes, encoding);
  if ('problem' in decoded) return refused([decoded.problem]);
  const text = withoutSeparatorLine(decoded.text);
  const nul = text.indexOf('\0');
  if (nul >= 0) return refused([fileProblem('nul-character', { row: text.slice(0, nul).split(/\r\n|\r|\n/).length })]);

  const delimiter = detectDelimiter(text);
  const { rows, problems } = readRows(text, delimiter, createCalendar(timeZone));
  return problems.length > 0 ? refused(problems) : { ok: true, rows, delimiter, encoding };
}

function refused(problems: readonly FileProblem[]): DecisionFile {
  if (problems.length <= LISTED_PROBLEMS) return { ok: false, problems };
  const others = fileProblem('more-problems', {}, { found: problems.length - LISTED_PROBLEMS });
  return { ok: false, problems: [...problems.slice(0, LISTED_PROBLEMS), others] };
}

function readRows(
  text: string,
  delimiter: Delimiter,
  calendar: Calendar,
): { readonly rows: readonly DecisionRow[]; readonly problems: readonly FileProblem[] } {
  const rows: DecisionRow[] = [];
  const problems: FileProblem[] = [];
  let reader: RowReader | undefined;
  let count = 0;
  for (const record of readCsvRecords(text, delimiter)) {
    if ('code' in record) {
      problems.push(fileProblem(record.code, { row: record.line }));
      break;
    }
    if (record.cells.every((cell) => cell.trim() === '')) continue;
    if (reader === undefined) {
      const heading = readHeading(record.cells);
      if ('problems' in heading) return { rows, problems: heading.problems };
      reader = { ...heading, heading: record.cells, calendar };
      continue;
    }
    count += 1;
    if (count > DECISION_FILE_LIMITS.rows) {
      problems.push(fileProblem('too-many-rows', { row: record.line }, { needed: DECISION_FILE_LIMITS.rows }));
      break;
    }
    const read = readRow(record, reader);
    if ('problems' in read) problems.push(...read.problems);
    else rows.push(read.row);
  }
  if (count === 0 && problems.length === 0) problems.push(fileProblem('csv-empty'));
  return { rows, problems };
}

interface RowReader {
  readonly positions: ReadonlyMap<DecisionColumn, number>;
  readonly heading: readonly string[];
  readonly calendar: Calendar;
}

/** Cells that no column of the heading claims, or columns without a cell. Blank cells are let be wherever they stand. */
function misfit({ line, cells }: CsvRecord, { heading }: RowReader): FileProblem | undefined {
  const width = heading.findLastIndex((name) => name.trim() !== '') + 1;
  if (cells.length < width) {
    return fileProblem('too-few-cells', { row: line }, { found: cells.length, needed: width });
  }
  const stray = cells.findIndex((cell, position) => cell.trim() !== '' && (heading[position] ?? '').trim() === '');
  if (stray < 0) return undefined;
  if (stray < width) return fileProblem('column-unnamed', { row: line }, { value: (cells[stray] ?? '').trim() });
  return fileProblem('too-many-cells', { row: line }, { found: cells.length, needed: width });
}

function readRow(
  record: CsvRecord,
  reader: RowReader,
): { readonly row: DecisionRow } | { readonly problems: readonly FileProblem[] } {
  const unfit = misfit(record, reader);
  if (unfit !== undefined) return { problems: [unfit] };
  const { line, cells } = record;
  const { positions, calendar } = reader;
  const problems: FileProblem[] = [];
  const textOf = (column: DecisionColumn): string | undefined => {
    const position = positions.get(column);
    const text = position === undefined ? '' : (cells[position] ?? '').trim();
    if (isTooLong(text)) {
      const facts = { found: [...text].length, needed: DECISION_FILE_LIMITS.cellCharacters };
      problems.push(fileProblem('cell-too-long', { row: line, column }, facts));
    }
    return text === '' ? undefined : text;
  };
  const numberOf = (column: DecisionColumn): number | undefined => {
    const value = textOf(column);
    const number = value === undefined ? undefined : readNumber(value);
    if (value !== undefined && number === undefined) {
      problems.push(fileProblem('number-invalid', { row: line, column }, { value }));
    }
    return number;
  };
  const momentOf = (column: DecisionColumn): number | undefined => {
    const value = textOf(column);
    const moment = value === undefined ? undefined : readMoment(value, calendar);
    if (typeof moment !== 'string') return moment;
    problems.push(fileProblem(moment, { row: line, column }, { value: value ?? '' }));
    return undefined;
  };
  const row: DecisionRow = {
    row: line,
    engagementId: textOf('engagement_id') ?? '',
    familyName: textOf('family_name') ?? '',
    givenName: textOf('given_name') ?? '',
    decision: textOf('decision') ?? '',
    session: textOf('jury_session'),
    mark: numberOf('mark'),
    credits: numberOf('credits'),
    decidedAt: momentOf('decided_at'),
    president: textOf('president'),
    comment: textOf('comment'),
  };
  textOf('email'); // Read for its length only: the address is never compared (programme rules 3, step 1).
  return problems.length > 0 ? { problems } : { row };
}

function isTooLong(text: string): boolean {
  return text.length > DECISION_FILE_LIMITS.cellCharacters && [...text].length > DECISION_FILE_LIMITS.cellCharacters;
}
