export type Delimiter = ',' | ';' | '\t';

export interface CsvRecord {
  /** The line the record begins on, 1 for the first. */
  readonly line: number;
  /** As written, quotes undone; not trimmed. */
  readonly cells: readonly string[];
}

/** Where a file stops making sense; nothing after it can be trusted. */
export interface CsvFault {
  readonly code: 'quote-unclosed' | 'quote-text-after' | 'quote-misplaced' | 'record-too-wide';
  /** The line of the opening quote, of the misplaced one, or of the record. */
  readonly line: number;
}

/** No table anybody writes has more columns; a file of nothing but delimiters is not read to its end. */
const WIDEST_RECORD = 1000;

const LINE_BREAK = /\r\n|\r|\n/g;

/**
 * Reads CSV record by record. Lines may end with CRLF, LF or CR, mixed; a quoted cell may hold line breaks, the
 * delimiter and `""` for a quote; blanks around a quoted cell are let be; empty lines are no records. Written here because no library at hand
 * tells the line a record begins on, or the line of a quote left open, when line endings are mixed.
 * @yields records in order; a fault comes last.
 * @see https://www.rfc-editor.org/rfc/rfc4180#section-2
 */
export function* readCsvRecords(text: string, delimiter: Delimiter): Generator<CsvRecord | CsvFault, void> {
  const plainCell = new RegExp(`[^${delimiter}\\r\\n]*`, 'y');
  const blanks = delimiter === '\t' ? / */y : /[ \t]*/y;
  let at = 0;
  let line = 1;

  const match = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? '';
  };

  /** Reads from after the opening quote to after the closing one. `undefined` when there is none. */
  const quotedCell = (): string | undefined => {
    let cell = '';
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote < 0) return undefined;
      cell += text.slice(at, quote);
      at = quote + 1;
      if (text[at] !== '"') return cell;
      cell += '"';
      at += 1;
    }
  };

  const endLine = () => {
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
  };

  while (at < text.length) {
    if (text[at] === '\n' || text[at] === '\r') {
      endLine();
      continue;
    }
    const begins = line;
    const cells: string[] = [];
    for (;;) {
      const openLine = line;
      const indent = match(blanks);
      if (text[at + indent.length] === '"') {
        at += indent.length + 1;
        const cell = quotedCell();
        if (cell === undefined) return yield { code: 'quote-unclosed', line: openLine };
        line += cell.match(LINE_BREAK)?.length ?? 0;
        at += match(blanks).length;
        if (match(plainCell) !== '') return yield { code: 'quote-text-after', line: openLine };
        cells.push(cell);
      } else {
        const cell = match(plainCell);
        if (cell.includes('"')) return yield { code: 'quote-misplaced', line };
        at += cell.length;
        cells.push(cell);
      }
      if (text[at] !== delimiter) break;
      if (cells.length >= WIDEST_RECORD) return yield { code: 'record-too-wide', line: begins };
      at += 1;
    }
    endLine();
    yield { line: begins, cells };
  }
}
