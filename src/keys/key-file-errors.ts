import { DomainError } from '../ports/error.js';

/** A key file or its folder is open to others. Nothing is read from it; `remedy` is the command that mends it. */
export class KeyFileUnsafeError extends DomainError {
  override readonly code = 'key-file-unsafe';
  readonly path: string;
  /** Permissions found, octal, such as `0644`; undefined when the problem is another. */
  readonly mode: string | undefined;
  readonly remedy: string;

  constructor(path: string, facts: { readonly problem: string; readonly mode?: string; readonly remedy: string }) {
    super(`${path} ${facts.problem}; run: ${facts.remedy}`);
    this.path = path;
    this.mode = facts.mode;
    this.remedy = facts.remedy;
  }
}

/**
 * - `damaged`: not a key file of ours, or not whole
 * - `mismatch`: its public half is not that of its private half, or not the one its name says
 * - `passphrase-missing`: encrypted, and no passphrase is configured
 * - `passphrase-wrong`: does not open with the configured passphrase (or was altered: the cipher cannot tell)
 * - `unreadable`: the system would not give it
 */
export type KeyFileProblem = 'damaged' | 'mismatch' | 'passphrase-missing' | 'passphrase-wrong' | 'unreadable';

const SENTENCES: Readonly<Record<KeyFileProblem, string>> = {
  damaged: 'is damaged: it is no key file of Sceau, or not whole',
  mismatch: 'is damaged: its public half does not fit its private half and its name',
  'passphrase-missing': 'is encrypted: set SCEAU_KEY_PASSPHRASE or SCEAU_KEY_PASSPHRASE_FILE',
  'passphrase-wrong': 'does not open: the passphrase is not the one it was encrypted with, or the file was altered',
  unreadable: 'cannot be read',
};

/** This key cannot be used; others can, and verification goes on. The message never holds key bytes. */
export class KeyFileError extends DomainError {
  override readonly code = 'key-file-unusable';
  readonly path: string;
  readonly problem: KeyFileProblem;

  constructor(path: string, problem: KeyFileProblem, options?: ErrorOptions) {
    super(`the key file ${path} ${SENTENCES[problem]}`, options);
    this.path = path;
    this.problem = problem;
  }
}
