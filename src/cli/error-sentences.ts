import type { DomainError } from '../ports/error.js';
import type { Localized } from '../text/localized.js';

/**
 * Reads a member of an error as text; empty when there is none. Members are read by name, not through the classes: those
 * live beside the code that throws them, and loading that code for every call would make each command slow to start.
 */
type Fact = (member: string) => string;

const STATES: Readonly<Record<string, Localized>> = {
  active: { fr: 'en vigueur', en: 'active' },
  suspended: { fr: 'suspendu', en: 'suspended' },
  revoked: { fr: 'révoqué', en: 'revoked' },
  reinstated: { fr: 'rétabli', en: 'reinstated' },
  reserved: { fr: 'en cours d’émission', en: 'being issued' },
  voided: { fr: 'annulé avant signature', en: 'voided before it was signed' },
};

const LISTEN_FAILURES: Readonly<Record<string, Localized>> = {
  'port-taken': {
    fr: 'un autre processus utilise ce port ; arrêtez-le ou choisissez-en un autre avec PORT',
    en: 'another process uses this port; stop it or choose another one with PORT',
  },
  'not-permitted': {
    fr: 'cet utilisateur n’a pas droit à ce port ; choisissez-en un au-dessus de 1023 avec PORT',
    en: 'this user may not use this port; choose one above 1023 with PORT',
  },
  'no-such-address': {
    fr: 'cette machine n’a pas cette adresse ; vérifiez HOST',
    en: 'this machine has no such address; check HOST',
  },
  other: { fr: 'le système d’exploitation a refusé', en: 'the operating system refused' },
};

const KEY_FILE_PROBLEMS: Readonly<Record<string, Localized>> = {
  damaged: {
    fr: 'est abîmé : ce n’est pas un fichier de clé de Sceau, ou il n’est pas entier',
    en: 'is damaged: it is no key file of Sceau, or not whole',
  },
  mismatch: {
    fr: 'est abîmé : sa moitié publique ne va ni avec sa moitié privée ni avec son nom',
    en: 'is damaged: its public half does not fit its private half and its name',
  },
  'passphrase-missing': {
    fr: 'est chiffré : renseignez SCEAU_KEY_PASSPHRASE ou SCEAU_KEY_PASSPHRASE_FILE',
    en: 'is encrypted: set SCEAU_KEY_PASSPHRASE or SCEAU_KEY_PASSPHRASE_FILE',
  },
  'passphrase-wrong': {
    fr: 'ne s’ouvre pas : la phrase de passe n’est pas la sienne, ou il a été altéré',
    en: 'does not open: the passphrase is not the one it was encrypted with, or it was altered',
  },
  unreadable: { fr: 'ne peut pas être lu', en: 'cannot be read' },
};

const NOT_OUR_BACKUP: Readonly<Record<string, Localized>> = {
  none: {
    fr: 'cette sauvegarde n’est pas signée\u00a0: rien n’est restauré\u00a0; si vous savez d’où elle vient, ajoutez --unsigned',
    en: 'this backup is not signed: nothing was restored; if you know where it comes from, add --unsigned',
  },
  'no-key-here': {
    fr: 'la clé qui a signé cette sauvegarde n’est pas dans SCEAU_KEYS_DIR\u00a0: rien n’est restauré\u00a0; mettez-y les clés, ou, si vous savez d’où elle vient, ajoutez --unsigned',
    en: 'the key that signed this backup is not in SCEAU_KEYS_DIR: nothing was restored; put the keys there or, if you know where it comes from, add --unsigned',
  },
  'doubted-key': {
    fr: 'la clé qui a signé cette sauvegarde est compromise, d’après un point de contrôle plus récent\u00a0: un autre peut l’avoir faite, rien n’est restauré\u00a0; si vous savez d’où elle vient, ajoutez --unsigned',
    en: 'the key that signed this backup is compromised, as a newer checkpoint knows: somebody else may have made it, nothing was restored; if you know where it comes from, add --unsigned',
  },
};

const SENTENCES: Readonly<Record<string, (fact: Fact) => Localized>> = {
  'issuer-not-found': (fact) => ({
    fr: `aucun émetteur « ${fact('slug')} » ici ; « sceau issuer list » les montre`,
    en: `no issuer "${fact('slug')}" here; "sceau issuer list" shows them`,
  }),
  'issuer-exists': (fact) => ({
    fr: `l’émetteur « ${fact('slug')} » existe déjà ; « sceau issuer set » le modifie`,
    en: `the issuer "${fact('slug')}" exists already; "sceau issuer set" changes it`,
  }),
  'issuer-key-missing': (fact) => ({
    fr: `l’émetteur « ${fact('slug')} » n’a pas de clé utilisable ; voyez « sceau keys list »`,
    en: `the issuer "${fact('slug')}" has no usable key; see "sceau keys list"`,
  }),
  'programme-not-found': (fact) => ({
    fr: `aucun programme « ${fact('programme')} » n’est installé ici ; donnez un fichier, ou « sceau programme add »`,
    en: `no programme "${fact('programme')}" is installed here; give a file, or use "sceau programme add"`,
  }),
  'programme-conflict': (fact) =>
    fact('conflict') === 'other-issuer'
      ? {
          fr: `le programme « ${fact('programme')} » appartient à un autre émetteur ; donnez au nouveau son propre « id »`,
          en: `the programme "${fact('programme')}" belongs to another issuer; give the new one an "id" of its own`,
        }
      : {
          fr: `cette version de « ${fact('programme')} » est déjà installée avec un autre contenu, et une version publiée ne change jamais : donnez au fichier une nouvelle « version »`,
          en: `this version of "${fact('programme')}" is installed with another content, and a published version never changes: give the file a new "version"`,
        },
  'credential-not-found': (fact) => ({
    fr: `aucun badge ${fact('credential')} ici`,
    en: `no credential ${fact('credential')} here`,
  }),
  'status-change-refused': (fact) => {
    const [state, change] = [STATES[fact('state')], STATES[fact('change')]];
    return {
      fr: `le badge ${fact('credential')} est ${state?.fr ?? fact('state')} : il ne peut pas être ${change?.fr ?? fact('change')}`,
      en: `the credential ${fact('credential')} is ${state?.en ?? fact('state')}: it cannot be ${change?.en ?? fact('change')}`,
    };
  },
  'badge-not-active': (fact) => ({
    fr: `le badge ${fact('credential')} n’est pas valable en ce moment : il n’y en a pas d’attestation`,
    en: `the credential ${fact('credential')} is not valid at the moment: there is no attestation of it`,
  }),
  'students-badge': (fact) => ({
    fr: `le badge ${fact('credential')} vient d’un jury : on efface l’étudiant, avec « sceau erase --student ID »`,
    en: `the badge ${fact('credential')} was awarded by a jury: erase the student, with "sceau erase --student ID"`,
  }),
  'student-not-found': (fact) => ({
    fr: `aucun étudiant « ${fact('student')} » ici`,
    en: `no student "${fact('student')}" here`,
  }),
  'cannot-listen': (fact) => ({
    fr: `écoute impossible sur ${fact('host')}, port ${fact('port')} : ${LISTEN_FAILURES[fact('reason')]?.fr ?? ''}`,
    en: `cannot listen on ${fact('host')}, port ${fact('port')}: ${LISTEN_FAILURES[fact('reason')]?.en ?? ''}`,
  }),
  'key-change-refused': (fact) => keyChangeRefusal(fact('reason'), fact('about')),
  'batch-cancelled': (fact) => ({
    fr: `le lot s’arrête après ${fact('done')} lignes sur ${fact('total')}\u00a0; ce qui est fait reste, la même commande fait le reste`,
    en: `the batch stops after ${fact('done')} of ${fact('total')} rows; what is done stays, the same command does the rest`,
  }),
  'data-folder-not-empty': (fact) => ({
    fr: `${fact('directory')} n’est pas vide : une sauvegarde se restaure dans un dossier vide (SCEAU_DATA_DIR)`,
    en: `${fact('directory')} is not empty: a backup is restored into an empty folder (SCEAU_DATA_DIR)`,
  }),
  'backup-damaged': (fact) => ({
    fr: `cette sauvegarde est abîmée ou n’en est pas une, rien n’est restauré ; première entrée en cause : ${fact('entry')}`,
    en: `this backup is damaged or is none, nothing was restored; first entry at fault: ${fact('entry')}`,
  }),
  'backup-too-large': (fact) => tooLargeBackup(fact('bound'), fact('entry'), fact('most')),
  'backup-not-ours': (fact) => NOT_OUR_BACKUP[fact('signature')] ?? { fr: '', en: '' },
  'foreign-path': (fact) => ({
    fr: `ceci n’est pas une sauvegarde de Sceau, rien n’est restauré : elle contient ${fact('path')}`,
    en: `this is no backup of Sceau, nothing was restored: it holds ${fact('path')}`,
  }),
  'checkpoint-not-believed': (fact) => ({
    fr: `${fact('checkpoint')} n’est pas signé d’une clé d’ici, ou a été modifié ; rien n’est fait`,
    en: `${fact('checkpoint')} is not signed with a key of this house, or was altered; nothing was done`,
  }),
  'key-file-unsafe': (fact) => ({
    fr: `une clé n’est pas protégée, rien n’est signé : ${fact('path')}${fact('mode') && ` (droits ${fact('mode')})`} doit être à vous seul ; lancez : ${fact('remedy')}`,
    en: `a key is not protected, nothing is signed: ${fact('path')}${fact('mode') && ` (mode ${fact('mode')})`} must be yours alone; run: ${fact('remedy')}`,
  }),
  'key-file-unusable': (fact) => ({
    fr: `le fichier de clé ${fact('path')} ${KEY_FILE_PROBLEMS[fact('problem')]?.fr ?? ''}`,
    en: `the key file ${fact('path')} ${KEY_FILE_PROBLEMS[fact('problem')]?.en ?? ''}`,
  }),
};

function tooLargeBackup(bound: string, entry: string, most: string): Localized {
  switch (bound) {
    case 'disk':
      return {
        fr: `il n’y a pas assez de place pour cette sauvegarde, rien n’est restauré\u00a0: ${most} octets libres dans SCEAU_DATA_DIR, dépassés à l’entrée ${entry}\u00a0; faites de la place ou choisissez un autre disque`,
        en: `there is not enough room for this backup, nothing was restored: ${most} bytes free in SCEAU_DATA_DIR, exceeded at entry ${entry}; make room or choose another disk`,
      };
    case 'stated':
      return {
        fr: `cette sauvegarde contient plus que les ${most} octets qu’elle annonce, rien n’est restauré\u00a0; entrée en cause\u00a0: ${entry}\u00a0; elle a été modifiée, prenez-en une autre copie`,
        en: `this backup holds more than the ${most} bytes it states, nothing was restored; entry at fault: ${entry}; it was altered, take another copy of it`,
      };
    default:
      return {
        fr: `cette archive se déploie au-delà de ce qu’une sauvegarde de Sceau peut contenir, rien n’est restauré\u00a0; entrée en cause\u00a0: ${entry} (limite ${most})\u00a0; elle est abîmée ou malveillante, prenez une autre copie`,
        en: `this archive unpacks to more than a backup of Sceau can hold, nothing was restored; entry at fault: ${entry} (limit ${most}); it is damaged or hostile, take another copy`,
      };
  }
}

function keyChangeRefusal(reason: string, about: string): Localized {
  switch (reason) {
    case 'did-key':
      return {
        fr: `${about} est un émetteur did:key : son identifiant est sa clé, il ne peut pas en changer ; créez un autre émetteur`,
        en: `${about} is a did:key issuer: its identifier is its key, so it cannot have another; make another issuer`,
      };
    case 'since-in-future':
      return { fr: '--since est un instant à venir', en: '--since is an instant to come' };
    case 'since-not-earlier':
      return {
        fr: `${about} est déjà déclarée compromise, depuis cet instant ou plus tôt`,
        en: `${about} is recorded as compromised already, since then or since earlier`,
      };
    default:
      return {
        fr: `aucun émetteur d’ici n’a la clé « ${about} » ; « sceau keys list » les montre`,
        en: `no issuer here has the key "${about}"; "sceau keys list" shows them`,
      };
  }
}

/** What a domain error says to a person, from its own facts; undefined for a code that has no sentence here. */
export function errorSentence(error: DomainError): Localized | undefined {
  const facts = new Map(Object.entries(error));
  return SENTENCES[error.code]?.((member) => String(facts.get(member) ?? ''));
}
