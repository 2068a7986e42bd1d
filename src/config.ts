import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { DomainError } from './ports/error.js';
import { PROOF_SUITES, type ProofSuite } from './proof/suites.js';


const zPort = z.coerce.number().int().min(0).max(65_535);
const zPublicUrl = z
  .url({ protocol: /^https?$/, error: 'expected an http(s) URL such as https://badges.univ.example' })
  .refine((url) => !/[?#]/.test(url), { error: 'expected no query and no fragment' })
  .transform((url) => url.replace(/\/+$/, ''))
  .refine((url) => new URL(url).pathname === '/', { error: 'expected no path: a did:web of a path cannot be served' });

const zEnvironment = z.object({
  PORT: zPort.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  SCEAU_PUBLIC_URL: zPublicUrl.optional(),
  SCEAU_DATA_DIR: z.string().min(1).default('./data'),
  SCEAU_KEYS_DIR: z.string().min(1).default('./issuer-keys'),
  SCEAU_KEY_PASSPHRASE: z.string().min(1).optional(),
  SCEAU_KEY_PASSPHRASE_FILE: z.string().min(1).optional(),
  SCEAU_DID_METHOD: z.enum(['web', 'key'], { error: 'expected web or key' }).default('web'),
  SCEAU_PROOFS: z
    .string()
    .default(PROOF_SUITES.join(','))
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(
      z
        .array(z.enum(PROOF_SUITES, { error: `expected one or more of ${PROOF_SUITES.join(', ')}` }))
        .min(1)
        .refine((names) => new Set(names).size === names.length, { error: 'expected each suite once' }),
    ),
  SCEAU_LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info'], { error: 'expected silent, error, warn or info' })
    .default('info'),
});

/** Settings of one process, from its environment; frozen. Paths are absolute. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** No trailing slash. */
  readonly publicUrl: string;
  readonly dataDirectory: string;
  readonly keysDirectory: string;
  readonly keyPassphrase: string | undefined;
  readonly didMethod: 'web' | 'key';
  readonly proofSuites: readonly ProofSuite[];
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info';
  /** Documented settings that are set but that this version does not use yet. */
  readonly notUsed: readonly string[];
}

/** The environment does not make sense; lists every mistake at once. */
export class ConfigError extends DomainError {
  override readonly code = 'config-invalid';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`Configuration:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

/** Settings of the documented interface that this version does not use yet: accepted, and named in a warning. */
const NOT_USED_YET: readonly string[] = [
  'SCEAU_OIDC_ISSUER',
  'SCEAU_OIDC_CLIENT_ID',
  'SCEAU_OIDC_CLIENT_SECRET',
  'SCEAU_MAIL_FROM',
  'SCEAU_LINKEDIN_ORGANIZATION_ID',
  'SCEAU_TRUSTED_PROXIES',
  'SCEAU_RATE_VERIFY',
];

/**
 * Reads the settings table of the README. @param environment as `process.env`. @param cwd base of relative paths.
 * @throws {ConfigError} for bad values and for unknown `SCEAU_*` names.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const known = new Set([...Object.keys(zEnvironment.shape), ...NOT_USED_YET]);
  const mistakes = Object.keys(environment)
    .filter((name) => name.startsWith('SCEAU_') && !known.has(name))
    .map((name) => `${name}: unknown setting`);
  const present = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => known.has(name) && value !== undefined && value !== ''),
  );
  const parsed = zEnvironment.safeParse(present);
  if (!parsed.success) {
    mistakes.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  if (environment['DATABASE_URL']) {
    mistakes.push('DATABASE_URL: this version keeps its data in files (SCEAU_DATA_DIR); leave it unset');
  }
  const passphrase = parsed.success ? readPassphrase(parsed.data, cwd, mistakes) : undefined;
  if (!parsed.success || mistakes.length > 0) throw new ConfigError(mistakes);
  const values = parsed.data;
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.SCEAU_PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    dataDirectory: resolve(cwd, values.SCEAU_DATA_DIR),
    keysDirectory: resolve(cwd, values.SCEAU_KEYS_DIR),
    keyPassphrase: passphrase,
    didMethod: values.SCEAU_DID_METHOD,
    proofSuites: values.SCEAU_PROOFS,
    logLevel: values.SCEAU_LOG_LEVEL,
    notUsed: NOT_USED_YET.filter((name) => environment[name] !== undefined),
  });
}

function readPassphrase(values: z.infer<typeof zEnvironment>, cwd: string, mistakes: string[]): string | undefined {
  if (values.SCEAU_KEY_PASSPHRASE_FILE === undefined) return values.SCEAU_KEY_PASSPHRASE;
  if (values.SCEAU_KEY_PASSPHRASE !== undefined) {
    mistakes.push('SCEAU_KEY_PASSPHRASE_FILE: set either this or SCEAU_KEY_PASSPHRASE, not both');
  }
  try {
    const text = readFileSync(resolve(cwd, values.SCEAU_KEY_PASSPHRASE_FILE), 'utf8').replace(/\r?\n$/, '');
    if (text === '') mistakes.push('SCEAU_KEY_PASSPHRASE_FILE: the file is empty');
    return text;
  } catch (error) {
    mistakes.push(`SCEAU_KEY_PASSPHRASE_FILE: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    return undefined;
  }
}

/** True for a public URL that only this machine can reach. */
export function isLoopbackUrl(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname) || hostname.endsWith('.localhost');
}
