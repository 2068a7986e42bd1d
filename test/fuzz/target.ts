import type fc from 'fast-check';

/** A parser, inputs that are nearly good, and what must hold for every one of them. */
export interface FuzzTarget {
  readonly name: string;
  readonly property: fc.IRawProperty<unknown>;
}
