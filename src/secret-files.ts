import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Localized } from './text/localized.js';

/** Settings that hold a secret. Each may lie in a file instead, which `<NAME>_FILE` names: nothing lists a file's text. */
export const SECRET_SETTINGS = ['DATABASE_URL', 'SMTP_URL', 'SCEAU_KEY_PASSPHRASE', 'SCEAU_METRICS_TOKEN'] as const;

export interface SecretsRead {
  /** By setting: the text of its file, without its last line feed. */
  readonly values: ReadonlyMap<string, string>;
  readonly mistakes: readonly { readonly setting: string; readonly problem: Localized }[];
}

/** Reads the secrets that are given as files. @param cwd base of relative paths. */
export function readSecretFiles(environment: Readonly<Record<string, string | undefined>>, cwd: string): SecretsRead {
  const values = new Map<string, string>();
  const mistakes: { setting: string; problem: Localized }[] = [];
  for (const name of SECRET_SETTINGS) {
    const setting = `${name}_FILE`;
    const file = environment[setting];
    if (file === undefined || file === '') continue;
    const wrong = (problem: Localized) => mistakes.push({ setting, problem });
    if (environment[name]) {
      wrong({ fr: `renseignez soit ceci, soit ${name}, pas les deux`, en: `set either this or ${name}, not both` });
    }
    const read = readSettingFile(resolve(cwd, file));
    if (read.ok) values.set(name, read.text);
    else wrong(read.problem);
  }
  return { values, mistakes };
}

/** The text of a file a setting names, without its last line feed, or why there is none. */
export function readSettingFile(
  path: string,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: Localized } {
  try {
    const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    if (text !== '') return { ok: true, text };
    return { ok: false, problem: { fr: 'le fichier est vide', en: 'the file is empty' } };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const problem = { fr: `le fichier ne peut pas être lu (${code})`, en: `the file cannot be read (${code})` };
    return { ok: false, problem };
  }
}
