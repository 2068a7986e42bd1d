import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type MailSender, readMailSender } from './mail/sender.js';
import { DomainError } from './ports/error.js';
import { PROOF_SUITES, type ProofSuite } from './proof/suites.js';
import { readSecretFiles, SECRET_SETTINGS } from './secret-files.js';
import { readSignerSettings, type SignerSettings } from './signer-settings.js';
import type { Localized } from './text/localized.js';

const zPort = z.coerce.number().int().min(0).max(65_535);
const zPublicUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => !/[?#]/.test(url))
  .transform((url) => url.replace(/\/+$/, ''))
  // A did:web with a path is looked up under that path, where this service does not answer.
  .refine((url) => new URL(url).pathname === '/');

/** As it may stand in an `Authorization` header, and too long to be guessed. */
const zMetricsToken = z.string().regex(/^[A-Za-z0-9._~+/-]{16,256}=*$/);

/** Of a key service: over TLS, unless it is an agent on this very machine. */
const zSignerUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => !/[?#@]/.test(url))
  .transform((url) => url.replace(/\/+$/, ''))
  .refine((url) => url.startsWith('https:') || isLoopbackUrl(url));

const zEnvironment = z.object({
  PORT: zPort.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  SCEAU_PUBLIC_URL: zPublicUrl.optional(),
  SCEAU_DATA_DIR: z.string().min(1).default('./data'),
  SCEAU_KEYS_DIR: z.string().min(1).default('./issuer-keys'),
  SCEAU_KEY_PASSPHRASE: z.string().min(1).optional(),
  SCEAU_DID_METHOD: z.enum(['web', 'key']).default('web'),
  SCEAU_PROOFS: z
    .string()
    .default(PROOF_SUITES.join(','))
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(
      z
        .array(z.enum(PROOF_SUITES))
        .min(1)
        .refine((names) => new Set(names).size === names.length),
    ),
  SCEAU_STATUS_ISSUER: z.enum(['any', 'same']).default('any'),
  SCEAU_RATE_VERIFY: z.coerce.number().int().min(0).max(100_000).default(60),
  SCEAU_RATE_CLAIM: z.coerce.number().int().min(0).max(100_000).default(10),
  SCEAU_TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    )
    .refine((items) => items.every(isAddressOrNetwork)),
  SMTP_URL: z.url({ protocol: /^smtps?$/, hostname: /./ }).optional(),
  SCEAU_MAIL_FROM: z
    .string()
    .transform(readMailSender)
    .refine((sender) => sender !== undefined)
    .optional(),
  SCEAU_LINKEDIN_ORGANIZATION_ID: z
    .string()
    .regex(/^[1-9]\d{0,19}$/)
    .optional(),
  SCEAU_SIGNER_URL: zSignerUrl.optional(),
  SCEAU_SIGNER_TOKEN_FILE: z.string().min(1).optional(),
  SCEAU_SIGNER_CA_FILE: z.string().min(1).optional(),
  SCEAU_SIGNER_KEY_PREFIX: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,30}$/)
    .default('sceau-'),
  SCEAU_SIGNER_TIMEOUT: z.coerce.number().int().min(1).max(60).default(10),
  SCEAU_LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  SCEAU_DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(1_000).default(10),
  SCEAU_DATABASE_TIMEOUT: z.coerce.number().int().min(1).max(600).default(10),
  SCEAU_METRICS_TOKEN: zMetricsToken.optional(),
  SCEAU_DRAIN_SECONDS: z.coerce.number().int().min(0).max(3_600).default(30),
});

/** Where a house in a database keeps it. */
export interface DatabaseSettings {
  /** With its password: for the driver only, never for a log or a message. */
  readonly url: string;
  /** Most connections at once, beside the one that listens. */
  readonly connections: number;
  /** How long a statement, a wait for a lock or for a free connection may take. Milliseconds. */
  readonly timeoutMs: number;
}

const NOT_EMPTY: Localized = { fr: 'attendu un texte non vide', en: 'expected a text that is not empty' };

/** What each setting has to be. */
const EXPECTED: Readonly<Record<keyof z.infer<typeof zEnvironment>, Localized>> = {
  PORT: { fr: 'attendu un nombre entier de 0 à 65535', en: 'expected a whole number from 0 to 65535' },
  HOST: NOT_EMPTY,
  SCEAU_PUBLIC_URL: {
    fr: 'attendu une adresse http(s) sans chemin, sans ? et sans #, comme https://badges.univ.example',
    en: 'expected an http(s) address without a path, ? or #, such as https://badges.univ.example',
  },
  SCEAU_DATA_DIR: NOT_EMPTY,
  SCEAU_KEYS_DIR: NOT_EMPTY,
  SCEAU_KEY_PASSPHRASE: NOT_EMPTY,
  SCEAU_DID_METHOD: { fr: 'attendu web ou key', en: 'expected web or key' },
  SCEAU_PROOFS: {
    fr: `attendu une ou plusieurs, chacune une fois, de : ${PROOF_SUITES.join(', ')}`,
    en: `expected one or more, each once, of: ${PROOF_SUITES.join(', ')}`,
  },
  SCEAU_STATUS_ISSUER: { fr: 'attendu any ou same', en: 'expected any or same' },
  SCEAU_RATE_VERIFY: {
    fr: 'attendu un nombre par minute, 0 pour aucune limite',
    en: 'expected a number a minute, 0 for no limit',
  },
  SCEAU_RATE_CLAIM: {
    fr: 'attendu un nombre par minute, 0 pour aucune limite',
    en: 'expected a number a minute, 0 for no limit',
  },
  SCEAU_TRUSTED_PROXIES: {
    fr: 'attendu des adresses ou des réseaux, comme 10.0.0.1,fd00::/8',
    en: 'expected addresses or networks, such as 10.0.0.1,fd00::/8',
  },
  SMTP_URL: {
    fr: 'attendu une adresse smtp:// ou smtps://, comme smtps://nom:motdepasse@smtp.univ.example',
    en: 'expected an smtp:// or smtps:// address, such as smtps://name:password@smtp.univ.example',
  },
  SCEAU_MAIL_FROM: {
    fr: 'attendu une adresse, comme Badges <badges@univ.example>',
    en: 'expected an address, such as Badges <badges@univ.example>',
  },
  SCEAU_LINKEDIN_ORGANIZATION_ID: {
    fr: 'attendu le numéro d’une page LinkedIn, en chiffres',
    en: 'expected the number of a LinkedIn page, in digits',
  },
  SCEAU_SIGNER_URL: {
    fr: 'attendu l’adresse https du moteur Transit, comme https://vault.univ.example:8200/v1/transit (http sur cette machine seulement)',
    en: 'expected the https address of the Transit engine, such as https://vault.univ.example:8200/v1/transit (http on this machine only)',
  },
  SCEAU_SIGNER_TOKEN_FILE: NOT_EMPTY,
  SCEAU_SIGNER_CA_FILE: NOT_EMPTY,
  SCEAU_SIGNER_KEY_PREFIX: {
    fr: 'attendu des lettres minuscules, des chiffres et des tirets, 31 au plus',
    en: 'expected lower-case letters, digits and hyphens, 31 at most',
  },
  SCEAU_SIGNER_TIMEOUT: {
    fr: 'attendu un nombre de secondes de 1 à 60',
    en: 'expected a number of seconds from 1 to 60',
  },
  SCEAU_LOG_LEVEL: { fr: 'attendu silent, error, warn ou info', en: 'expected silent, error, warn or info' },
  DATABASE_URL: {
    fr: 'attendu une adresse comme postgresql://nom:motdepasse@bd.univ.example:5432/sceau',
    en: 'expected an address such as postgresql://name:password@db.univ.example:5432/sceau',
  },
  SCEAU_DATABASE_CONNECTIONS: {
    fr: 'attendu un nombre entier de 2 à 1000',
    en: 'expected a whole number from 2 to 1000',
  },
  SCEAU_DATABASE_TIMEOUT: {
    fr: 'attendu un nombre de secondes de 1 à 600',
    en: 'expected a number of seconds from 1 to 600',
  },
  SCEAU_METRICS_TOKEN: {
    fr: 'attendu de 16 à 256 lettres, chiffres ou ._~+/-',
    en: 'expected 16 to 256 letters, digits or ._~+/-',
  },
  SCEAU_DRAIN_SECONDS: {
    fr: 'attendu un nombre de secondes, de 0 à 3600',
    en: 'expected a number of seconds, from 0 to 3600',
  },
};

/** Settings of one process, from its environment; frozen. Paths are absolute. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** No trailing slash. */
  readonly publicUrl: string;
  readonly dataDirectory: string;
  /** Undefined while the house keeps its data in files, in `dataDirectory`. */
  readonly database: DatabaseSettings | undefined;
  readonly keysDirectory: string;
  readonly keyPassphrase: string | undefined;
  /** Where new keys are made and sign; undefined while that is the key folder. */
  readonly signer: SignerSettings | undefined;
  readonly didMethod: 'web' | 'key';
  readonly proofSuites: readonly ProofSuite[];
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info';
  /** Number of the LinkedIn page of the first issuer, where its record states none. */
  readonly linkedInOrganizationId: string | undefined;
  /** Whether a status list may be of another issuer than the badge: `any` warns, `same` refuses. */
  readonly statusIssuer: 'any' | 'same';
  /** Verifications a minute and address; 0 for no limit. */
  readonly rateVerify: number;
  /** Claim links tried a minute and address; 0 for no limit. */
  readonly rateClaim: number;
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** Where letters to holders leave the house; undefined while it sends none. */
  readonly mail: { readonly smtpUrl: string; readonly from: MailSender } | undefined;
  /** What whoever reads `/metrics` has to show; undefined where none is set. */
  readonly metricsToken: string | undefined;
  /** How long requests under way may take once the service is told to stop. */
  readonly drainSeconds: number;
  /** Documented settings that are set but that this version does not use yet. */
  readonly notUsed: readonly string[];
}

interface SettingMistake {
  readonly setting: string;
  readonly problem: Localized;
}

/** The environment does not make sense; lists every mistake at once. */
export class ConfigError extends DomainError {
  override readonly code = 'config-invalid';
  readonly localized: Localized;

  constructor(mistakes: readonly SettingMistake[]) {
    const list = (language: 'fr' | 'en', colon: string) =>
      mistakes.map(({ setting, problem }) => `\n  ${setting}${colon}${problem[language]}`).join('');
    const localized = {
      fr: `la configuration ne convient pas :${list('fr', ' : ')}`,
      en: `the configuration does not make sense:${list('en', ': ')}`,
    };
    super(localized.en);
    this.localized = localized;
  }
}

/** Settings of the documented interface that this version does not use yet: accepted, and named in a warning. */
const NOT_USED_YET: readonly string[] = ['SCEAU_OIDC_ISSUER', 'SCEAU_OIDC_CLIENT_ID', 'SCEAU_OIDC_CLIENT_SECRET'];

/** Every name of the environment that is read. */
export const KNOWN_SETTINGS: ReadonlySet<string> = new Set([
  ...Object.keys(zEnvironment.shape),
  ...SECRET_SETTINGS.map((name) => `${name}_FILE`),
  ...NOT_USED_YET,
]);

/**
 * Reads the settings table of the README. @param environment as `process.env`. @param cwd base of relative paths.
 * @throws {ConfigError} for bad values and for unknown `SCEAU_*` names.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const secrets = readSecretFiles(environment, cwd);
  const mistakes: SettingMistake[] = Object.keys(environment)
    .filter((name) => name.startsWith('SCEAU_') && !KNOWN_SETTINGS.has(name))
    .map((name) => ({ setting: name, problem: { fr: 'réglage inconnu', en: 'unknown setting' } }));
  mistakes.push(...secrets.mistakes);
  const present = Object.fromEntries(
    [...Object.entries(environment), ...secrets.values].filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = zEnvironment.safeParse(present);
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map((issue) => issue.path[0]));
    for (const [setting, problem] of Object.entries(EXPECTED)) {
      if (!wrong.has(setting)) continue;
      mistakes.push({ setting: secrets.values.has(setting) ? `${setting}_FILE` : setting, problem });
    }
  }
  if (parsed.success && parsed.data.SMTP_URL !== undefined && parsed.data.SCEAU_MAIL_FROM === undefined) {
    mistakes.push({
      setting: 'SCEAU_MAIL_FROM',
      problem: {
        fr: 'manque, alors que SMTP_URL est renseignée : de quelle adresse viennent les courriels ?',
        en: 'is missing while SMTP_URL is set: which address do mails come from?',
      },
    });
  }
  const signer = parsed.success ? readSignerSettings(parsed.data, cwd) : undefined;
  mistakes.push(...(signer?.mistakes ?? []));
  if (!parsed.success || mistakes.length > 0) throw new ConfigError(mistakes);
  const values = parsed.data;
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.SCEAU_PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    dataDirectory: resolve(cwd, values.SCEAU_DATA_DIR),
    database: databaseSettings(values),
    keysDirectory: resolve(cwd, values.SCEAU_KEYS_DIR),
    keyPassphrase: values.SCEAU_KEY_PASSPHRASE,
    signer: signer?.settings,
    didMethod: values.SCEAU_DID_METHOD,
    proofSuites: values.SCEAU_PROOFS,
    logLevel: values.SCEAU_LOG_LEVEL,
    linkedInOrganizationId: values.SCEAU_LINKEDIN_ORGANIZATION_ID,
    statusIssuer: values.SCEAU_STATUS_ISSUER,
    rateVerify: values.SCEAU_RATE_VERIFY,
    rateClaim: values.SCEAU_RATE_CLAIM,
    trustedProxies: values.SCEAU_TRUSTED_PROXIES,
    mail: mailSettings(values),
    metricsToken: values.SCEAU_METRICS_TOKEN,
    drainSeconds: values.SCEAU_DRAIN_SECONDS,
    notUsed: NOT_USED_YET.filter((name) => environment[name] !== undefined),
  });
}

function databaseSettings(values: z.infer<typeof zEnvironment>): DatabaseSettings | undefined {
  const { DATABASE_URL: url, SCEAU_DATABASE_CONNECTIONS: connections, SCEAU_DATABASE_TIMEOUT: seconds } = values;
  return url === undefined ? undefined : { url, connections, timeoutMs: seconds * 1_000 };
}

function mailSettings({ SMTP_URL, SCEAU_MAIL_FROM }: z.infer<typeof zEnvironment>): Config['mail'] {
  return SMTP_URL === undefined || SCEAU_MAIL_FROM === undefined
    ? undefined
    : { smtpUrl: SMTP_URL, from: SCEAU_MAIL_FROM };
}

function isAddressOrNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 6 ? 128 : 32));
}

/** True for a public URL that only this machine can reach. */
export function isLoopbackUrl(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname) || hostname.endsWith('.localhost');
}
