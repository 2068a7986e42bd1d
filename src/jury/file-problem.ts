import type { Localized } from '../text/localized.js';
import { type FileProblemCode, type FileProblemFacts, fileProblemMessage } from '../text/reasons-file.js';

/** Why a decision file, or one cell of it, cannot be read. */
export interface FileProblem {
  /** The line of the file the record begins on (for quotes: the line of the opening quote), heading = 1; `null`: the whole file. */
  readonly row: number | null;
  /** The column as the heading names it, `null` when the problem is not one column's. */
  readonly column: string | null;
  readonly code: FileProblemCode;
  readonly message: Localized;
}

export function fileProblem(
  code: FileProblemCode,
  at: { readonly row?: number; readonly column?: string } = {},
  facts: FileProblemFacts = {},
): FileProblem {
  const told = at.column === undefined ? facts : { column: at.column, ...facts };
  return { row: at.row ?? null, column: at.column ?? null, code, message: fileProblemMessage(code, told) };
}
