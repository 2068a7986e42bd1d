import { DomainError } from '../ports/error.js';
import type { StoreLockedError } from '../ports/store.js';

/** The store is held by a running server that takes commands at `control`. */
export class HeldByServerError extends DomainError {
  override readonly code = 'held-by-server';
  readonly control: string;

  constructor(control: string, cause: StoreLockedError) {
    super('the store is held by a running server', { cause });
    this.control = control;
  }
}
