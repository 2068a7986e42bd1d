import { type CsvFault, type CsvRecord, type Delimiter, readCsvRecords } from './csv-records.js';
import { DECISION_COLUMNS, type DecisionColumn, REQUIRED_COLUMNS } from './decision-row.js';
import { type FileProblem, fileProblem } from './file-problem.js';

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];

/** The column a heading cell names: trimmed, letter case ignored. */
function columnNamed(cell: string): DecisionColumn | undefined {
  const name = cell.trim().toLowerCase();
  return DECISION_COLUMNS.find((column) => column === name);
}

function headingOf(text: string, delimiter: Delimiter): CsvRecord | CsvFault | undefined {
  return readCsvRecords(text, delimiter).next().value ?? undefined;
}

/** The line spreadsheets put before a table to name its delimiter, as they write it and as other tools quote it. */
const SEPARATOR_LINE = /^"?sep=[,;\t]"?[,;\t]*(?:\r\n|\r|\n)/i;

/** Drops a spreadsheet's `sep=;`: no line of the table, so the heading stays line 1, as the spreadsheet shows it. */
export function withoutSeparatorLine(text: string): string {
  return text.replace(SEPARATOR_LINE, '');
}

/** The delimiter that makes the most known columns of the first line; a comma when none does. */
export function detectDelimiter(text: string): Delimiter {
  const known = (delimiter: Delimiter) => {
    const heading = headingOf(text, delimiter);
    return heading !== undefined && 'cells' in heading ? heading.cells.filter((cell) => columnNamed(cell)).length : 0;
  };
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: known(delimiter) }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}

/**
 * The position of each column, or what is wrong with the heading. Columns without a name are passed over:
 * spreadsheets write them where cells once stood.
 */
export function readHeading(
  cells: readonly string[],
): { readonly positions: ReadonlyMap<DecisionColumn, number> } | { readonly problems: readonly FileProblem[] } {
  const known = DECISION_COLUMNS.join(', ');
  if (!cells.some(columnNamed)) {
    const value = cells.filter((cell) => cell.trim() !== '').join(', ');
    return { problems: [fileProblem('csv-header', { row: 1 }, { value, needed: known })] };
  }
  const positions = new Map<DecisionColumn, number>();
  const problems: FileProblem[] = [];
  for (const [position, cell] of cells.entries()) {
    if (cell.trim() === '') continue;
    const column = columnNamed(cell);
    const at = { row: 1, column: column ?? cell.trim() };
    if (column === undefined) problems.push(fileProblem('column-unknown', at, { needed: known }));
    else if (positions.has(column)) problems.push(fileProblem('column-duplicate', at));
    else positions.set(column, position);
  }
  const missing = REQUIRED_COLUMNS.filter((column) => !positions.has(column));
  problems.push(...missing.map((column) => fileProblem('column-missing', { row: 1, column })));
  return problems.length > 0 ? { problems } : { positions };
}
