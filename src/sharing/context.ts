import type { IssuingContext } from '../issuing/context.js';
import { rowsOfStudent } from '../issuing/holder-rows.js';
import { findStudent } from '../issuing/students.js';

/** What the holder's use cases stand on: those of issuing. */
export interface SharingContext extends IssuingContext {
  /** Called at each named step of sending a letter, so that tests can stop the process there. */
  readonly atMailStep?: (step: MailStep) => void;
}

export type MailStep = 'attempt-written' | 'link-written' | 'sent' | 'history-written';

/** A student at one issuer: whose badges a session is about. */
export interface Holder {
  /** Slug. */
  readonly issuer: string;
  /** Student id. */
  readonly student: string;
}

/**
 * Takes back what was written about a student who was erased while it was being written: erasing deletes what is there,
 * and must not be outrun. @returns true if they were.
 */
export async function forgetIfErased(context: SharingContext, { issuer, student }: Holder): Promise<boolean> {
  if ((await findStudent(context, issuer, student)) !== undefined) return false;
  const rows = await rowsOfStudent(context, issuer, student);
  if (rows.length > 0) await context.store.log.delete(rows);
  return true;
}
