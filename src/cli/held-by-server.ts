import { DomainError } from '../ports/error.js';

/** The store is held by a running server that takes commands at `control`. */
export class HeldByServerError extends DomainError {
  override readonly code = 'held-by-server';
  readonly control: string;

  constructor(control: string) {
    super('the store is held by a running server');
    this.control = control;
  }
}
