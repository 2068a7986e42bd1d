import pg from 'pg';
import { DomainError } from '../../ports/error.js';
import { StoreUnavailableError } from '../../ports/store.js';

/** SQLSTATE of an error of the server; undefined for anything else. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

const UNIQUE_VIOLATION = '23505';
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const CANCELLED = '57014';
/** Connection exceptions, a server that stops, crashed or is starting up, and a transaction left idle for too long. */
const CUT = /^(08...|57P0[123]|25P03)$/;
/** Resources, locks and read-only transactions: true of the whole server and not of one row. */
const OF_THE_SERVER = /^(53...|55P03|25006|58...|42...)$/;

/** Was it the order in which transactions met? The same work done once more may well succeed. */
export function isRaceLost(error: unknown): boolean {
  const state = sqlState(error);
  return state === UNIQUE_VIOLATION || state === SERIALIZATION_FAILURE || state === DEADLOCK;
}

/** Did the connection break, or could none be had? Whatever was sent last may have been done or not. */
export function isConnectionLost(error: unknown): boolean {
  const state = sqlState(error);
  return state === undefined ? !(error instanceof DomainError) && isOfTheDriver(error) : CUT.test(state);
}

/** Errors of sockets, and those the driver throws as plain errors. */
function isOfTheDriver(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('syscall' in error || error instanceof AggregateError) return true;
  return /connection|timeout exceeded|read timeout|client was closed|not queryable/i.test(error.message);
}

/** Did the server refuse something in what it was given, which others given with it need not share? */
export function isOfOneRow(error: unknown): boolean {
  const state = sqlState(error);
  return (
    state !== undefined && !isRaceLost(error) && state !== CANCELLED && !CUT.test(state) && !OF_THE_SERVER.test(state)
  );
}

/** What the house is told: the store is unavailable, whichever way the database failed. Other errors stay as they are. */
export function toStoreError(error: unknown): unknown {
  const state = sqlState(error);
  if (state === undefined && !isConnectionLost(error)) return error;
  const message = state === undefined ? 'the database cannot be reached' : `the database refused (SQLSTATE ${state})`;
  return new StoreUnavailableError(message, { cause: error });
}
