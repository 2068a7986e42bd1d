import { DOCUMENT_MESSAGES } from './check-messages-document.js';
import { INPUT_MESSAGES } from './check-messages-input.js';
import { JWT_MESSAGES } from './check-messages-jwt.js';
import { PROOF_MESSAGES } from './check-messages-proof.js';
import { STATUS_MESSAGES } from './check-messages-status.js';
import { VC_MESSAGES } from './check-messages-vc.js';
import type { Localized } from './localized.js';

export { quoted } from './check-messages-quote.js';

const CATALOGUE = {
  ...INPUT_MESSAGES,
  ...DOCUMENT_MESSAGES,
  ...JWT_MESSAGES,
  ...PROOF_MESSAGES,
  ...STATUS_MESSAGES,
  ...VC_MESSAGES,
};

/** Everything verification can say besides "passed". A code without sentences does not exist. */
export type CheckCode = keyof typeof CATALOGUE;
/** What the sentences of a code name: the value found, the value needed. Empty for most. */
export type CheckFacts<Code extends CheckCode> = Parameters<(typeof CATALOGUE)[Code]>;

const MESSAGES: { readonly [Code in CheckCode]: (...facts: CheckFacts<Code>) => Localized } = CATALOGUE;

/** Every code, in the order of the catalogue. */
export const CHECK_CODES: readonly CheckCode[] = Object.keys(CATALOGUE).filter(isCheckCode);

function isCheckCode(name: string): name is CheckCode {
  return Object.hasOwn(CATALOGUE, name);
}

/** The sentences of a code, for somebody who wants to know whether to trust a badge. */
export function checkMessage<Code extends CheckCode>(code: Code, ...facts: CheckFacts<Code>): Localized {
  return MESSAGES[code](...facts);
}

/** What it means that a check passed. */
export const PASS_MESSAGES = {
  parse: { fr: 'Le document est lisible sans ambiguïté.', en: 'The document reads without ambiguity.' },
  context: {
    fr: 'Ses mots sont ceux des vocabulaires officiels.',
    en: 'Its words are those of the official vocabularies.',
  },
  type: { fr: 'C’est un Open Badge 3.0.', en: 'It is an Open Badge 3.0.' },
  schema: {
    fr: 'Il suit le schéma officiel Open Badges 3.0.',
    en: 'It follows the official Open Badges 3.0 schema.',
  },
  subject: {
    fr: 'Il dit à qui il est remis, et ses résultats renvoient à ce qu’il décrit.',
    en: 'It says who it was awarded to, and its results refer to what it describes.',
  },
  issuer: {
    fr: 'L’émetteur est nommé et publie ses clés.',
    en: 'The issuer is named and publishes its keys.',
  },
  proof: {
    fr: 'La signature est exacte : rien n’a été modifié depuis.',
    en: 'The signature is correct: nothing was altered since.',
  },
  key: {
    fr: 'La clé de signature est bien celle de l’émetteur, qui l’autorise à signer des badges.',
    en: 'The signing key is the issuer’s own, authorised to sign badges.',
  },
  status: { fr: 'Il n’est ni révoqué ni suspendu.', en: 'It is neither revoked nor suspended.' },
  validity: { fr: 'Il est dans sa période de validité.', en: 'It is within its period of validity.' },
  evidence: {
    fr: 'Les fichiers de preuve sont ceux qui avaient été signés.',
    en: 'The evidence files are those that were signed for.',
  },
  endorsements: { fr: 'Les appuis de tiers sont authentiques.', en: 'The endorsements are authentic.' },
  refresh: { fr: 'C’est la version la plus récente.', en: 'It is the newest version.' },
  recipient: {
    fr: 'Il a bien été remis à la personne indiquée.',
    en: 'It was awarded to the person named.',
  },
} as const satisfies Record<string, Localized>;
