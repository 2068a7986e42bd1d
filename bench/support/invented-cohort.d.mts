/** The three files of a jury session, as bytes. */
export interface SessionFiles {
  readonly definition: Uint8Array;
  readonly engagements: Uint8Array;
  readonly decisions: Uint8Array;
}

export function inventedSession(
  count: number,
  options?: { readonly programme?: string; readonly first?: number },
): SessionFiles;
