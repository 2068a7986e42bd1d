import type { Localized } from '../text/localized.js';

/** Refusals of the operating system that a person can mend, by their code. */
const REFUSALS: Readonly<Record<string, Localized>> = {
  EACCES: { fr: 'cet utilisateur n’en a pas le droit', en: 'this user may not' },
  EPERM: { fr: 'cet utilisateur n’en a pas le droit', en: 'this user may not' },
  EROFS: { fr: 'le disque est en lecture seule', en: 'the disk is read-only' },
  EEXIST: { fr: 'un fichier se trouve là où il faut un dossier', en: 'a file stands where a folder is needed' },
  ENOTDIR: { fr: 'un fichier se trouve là où il faut un dossier', en: 'a file stands where a folder is needed' },
};

/** Exhaustion: nothing is wrong with the call, the machine has no room left. */
const EXHAUSTED: Readonly<Record<string, Localized>> = {
  ENOSPC: { fr: 'le disque est plein', en: 'the disk is full' },
  EDQUOT: { fr: 'le quota de cet utilisateur est atteint', en: 'this user’s quota is used up' },
  EMFILE: { fr: 'trop de fichiers sont ouverts', en: 'too many files are open' },
};

/** A refusal of the operating system. */
export interface SystemRefusal {
  readonly path: string | undefined;
  readonly why: Localized;
  /** True when another call or configuration mends it; false when the machine ran out of something. */
  readonly isOfTheCall: boolean;
}

/** The operating system's refusal at the bottom of an error, if that is what it comes from. */
export function systemRefusal(error: unknown): SystemRefusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path } = error as NodeJS.ErrnoException;
  const why = code === undefined ? undefined : (REFUSALS[code] ?? EXHAUSTED[code]);
  if (code === undefined || why === undefined) return systemRefusal(error.cause);
  return { path, why, isOfTheCall: code in REFUSALS };
}
