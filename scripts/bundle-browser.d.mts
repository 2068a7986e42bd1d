export function bundleForBrowser(options: {
  /** A module's text, its imports relative to the project's root. */
  readonly source: string;
  readonly format?: 'esm' | 'iife';
  /** Where an iife puts its exports. */
  readonly globalName?: string;
  readonly minify?: boolean;
}): Promise<{
  readonly text: string;
  readonly inputs: readonly string[];
  /** Imports left to the platform: there should be none. */
  readonly external: readonly string[];
}>;
