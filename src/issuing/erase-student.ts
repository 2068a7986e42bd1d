import { DomainError } from '../ports/error.js';
import { fromJson, type Json } from '../ports/json.js';
import { batchTopic } from './batch-rows.js';
import { eraseFromCohorts, isInCohorts } from './cohorts.js';
import type { IssuingCore } from './context.js';
import { rowsOfStudent } from './holder-rows.js';
import { deleteStudent, findStudent, refsOf } from './students.js';
import { awardsOf } from './turn-keys.js';

/** No student of that id at that issuer. */
export class StudentNotFoundError extends DomainError {
  override readonly code = 'student-not-found';
  readonly student: string;

  constructor(student: string) {
    super(`no student ${JSON.stringify(student)} here`);
    this.student = student;
  }
}

/**
 * Erases one student at one issuer (GDPR art. 17): appends `erased`, then deletes their payloads, dossiers, batch rows,
 * letters, links and sessions, and at last their record with the refKey. The chain still checks, the pages answer as for
 * an unknown id, status bits live on, and a copy in the holder's hand still verifies. Cut short, it is asked for again
 * and finishes: the record goes last. A batch that is under way waits meanwhile and leaves the student out afterwards.
 * @returns how many refs were erased. @throws {StudentNotFoundError}
 */
export function eraseStudent(
  context: IssuingCore,
  request: { readonly issuer: string; readonly student: string; readonly actor: string },
): Promise<{ readonly refs: number }> {
  return context.turns.run(awardsOf(request.issuer), () => erase(context, request));
}

/** Is there anything to erase of this student at this issuer? */
export async function holdsStudent(context: IssuingCore, issuer: string, student: string): Promise<boolean> {
  return (await findStudent(context, issuer, student)) !== undefined || isInCohorts(context, issuer, student);
}

async function erase(
  context: IssuingCore,
  request: { readonly issuer: string; readonly student: string; readonly actor: string },
): Promise<{ readonly refs: number }> {
  const record = await findStudent(context, request.issuer, request.student);
  if (record === undefined && !(await isInCohorts(context, request.issuer, request.student))) {
    throw new StudentNotFoundError(request.student);
  }
  // Of somebody who is only on a roster, the ledger holds nothing.
  const refs = record === undefined ? [] : await refsOf(context, record);
  const engagements = new Set((record?.dossiers ?? []).map((dossier) => dossier.engagementId));
  if (refs.length > 0) {
    await context.store.ledger.append([
      { actor: request.actor, event: { kind: 'erased', issuer: request.issuer, refs } },
    ]);
  }
  for (const { session } of await context.store.ledger.sessions(request.issuer)) {
    const rows = await context.store.log.list(request.issuer, batchTopic(session));
    const theirs = rows.filter((row) => isRowOf(row.value, engagements, request.student));
    if (theirs.length > 0) await context.store.log.delete(theirs);
  }
  await context.store.log.delete(await rowsOfStudent(context, request.issuer, request.student));
  await eraseFromCohorts(context, request.issuer, request.student);
  await deleteStudent(context, request.issuer, request.student);
  return { refs: refs.length };
}

function isRowOf(value: Json, engagements: ReadonlySet<string>, student: string): boolean {
  const row = fromJson<{ readonly engagementId?: string; readonly studentId?: string }>(value);
  return (row.engagementId !== undefined && engagements.has(row.engagementId)) || row.studentId === student;
}
