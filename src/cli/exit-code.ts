import { DomainError } from '../ports/error.js';
import type { ExitCode } from './command.js';
import { systemRefusal } from './system-error.js';

/** Codes of errors that another call or another configuration mends. */
const USAGE_CODES: ReadonlySet<string> = new Set([
  'usage',
  'config-invalid',
  'key-file-unsafe',
  'key-file-unusable',
  'key-change-refused',
  'store-locked',
  'schema-unknown',
  'copy-refused',
  'issuer-not-found',
  'issuer-exists',
  'programme-not-found',
  'programme-conflict',
  'credential-not-found',
  'status-change-refused',
  'badge-not-active',
  'student-not-found',
  'students-badge',
  'token-request-invalid',
  'cannot-listen',
  'public-url-changed',
  'data-folder-not-empty',
  'checkpoint-not-believed',
  'backup-not-ours',
]);

/** 2 when the caller can mend it, 3 when something broke. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof DomainError && USAGE_CODES.has(error.code)) return 2;
  return systemRefusal(error)?.isOfTheCall === true ? 2 : 3;
}
