import { resolve } from 'node:path';
import { readSettingFile } from './secret-files.js';
import type { Localized } from './text/localized.js';

/** A key service: the Transit engine of HashiCorp Vault or OpenBao. Paths are absolute. */
export interface SignerSettings {
  /** No trailing slash. */
  readonly url: string;
  readonly tokenFile: string;
  readonly caFile: string | undefined;
  readonly prefix: string;
  readonly timeoutMilliseconds: number;
}

interface SignerEnvironment {
  readonly SCEAU_SIGNER_URL?: string | undefined;
  readonly SCEAU_SIGNER_TOKEN_FILE?: string | undefined;
  readonly SCEAU_SIGNER_CA_FILE?: string | undefined;
  readonly SCEAU_SIGNER_KEY_PREFIX: string;
  readonly SCEAU_SIGNER_TIMEOUT: number;
}

const WITHOUT_SIGNER: Localized = {
  fr: 'renseigné alors que SCEAU_SIGNER_URL manque',
  en: 'is set while SCEAU_SIGNER_URL is missing',
};
const TOKEN_MISSING: Localized = {
  fr: 'manque, alors que SCEAU_SIGNER_URL est renseignée : le fichier où lire le jeton',
  en: 'is missing while SCEAU_SIGNER_URL is set: the file to read the token from',
};

/** What the settings of a key service say together; its files are read once, to know at the start that they can be. */
export function readSignerSettings(
  values: SignerEnvironment,
  cwd: string,
): {
  readonly settings: SignerSettings | undefined;
  readonly mistakes: readonly { readonly setting: string; readonly problem: Localized }[];
} {
  const { SCEAU_SIGNER_URL: url, SCEAU_SIGNER_KEY_PREFIX: prefix, SCEAU_SIGNER_TIMEOUT: seconds } = values;
  const given = (['SCEAU_SIGNER_TOKEN_FILE', 'SCEAU_SIGNER_CA_FILE'] as const).flatMap((setting) => {
    const file = values[setting];
    return file === undefined ? [] : [{ setting, path: resolve(cwd, file) }];
  });
  if (url === undefined) {
    return { settings: undefined, mistakes: given.map(({ setting }) => ({ setting, problem: WITHOUT_SIGNER })) };
  }
  const pathOf = (name: string) => given.find(({ setting }) => setting === name)?.path;
  const mistakes = given.flatMap(({ setting, path }) => {
    const read = readSettingFile(path);
    return read.ok ? [] : [{ setting, problem: read.problem }];
  });
  const tokenFile = pathOf('SCEAU_SIGNER_TOKEN_FILE');
  if (tokenFile === undefined) {
    return {
      settings: undefined,
      mistakes: [...mistakes, { setting: 'SCEAU_SIGNER_TOKEN_FILE', problem: TOKEN_MISSING }],
    };
  }
  const caFile = pathOf('SCEAU_SIGNER_CA_FILE');
  return { settings: { url, tokenFile, caFile, prefix, timeoutMilliseconds: seconds * 1_000 }, mistakes };
}
