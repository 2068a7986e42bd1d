/** Structured operational log, one JSON object a line. Never personal data, secrets or document bodies. */
export interface Logger {
  info(event: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
  warn(event: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
  error(event: string, error: unknown, facts?: Readonly<Record<string, string | number | boolean>>): void;
}
