/** A step into a JSON value: a member's name or an element's index. */
export type PointerStep = string | number;

/** Writes steps as a JSON Pointer; no steps are the whole document, `''`. @see https://www.rfc-editor.org/rfc/rfc6901#section-3 */
export function jsonPointer(steps: readonly PointerStep[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
