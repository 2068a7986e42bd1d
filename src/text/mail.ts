import type { Language } from './localized.js';

/** The sentences of a letter, in the order they stand. */
export interface LetterTexts {
  readonly subject: string;
  readonly greeting: string;
  readonly opening: string;
  /** What the page behind the link is for. */
  readonly invitation: string;
  readonly button: string;
  /** Before the link as text, for those who cannot press the button. */
  readonly orCopy: string;
  readonly once: string;
  readonly notYou: string;
  readonly signature: string;
  readonly automatic: string;
}

interface LetterFacts {
  readonly givenName: string;
  readonly badgeName: string;
  readonly institution: string;
  /** Where to write to; undefined when the institution gave no address. */
  readonly contact: string | undefined;
  /** The last day of the link, in words. */
  readonly until: string;
}

type Wording = (facts: LetterFacts) => LetterTexts;
type LetterKind = 'badge-issued' | 'new-link';

const greetFr = (name: string) => (name === '' ? 'Bonjour,' : `Bonjour ${name},`);
const greetEn = (name: string) => (name === '' ? 'Hello,' : `Hello ${name},`);

const commonFr = ({ givenName, institution, contact, until }: LetterFacts) => ({
  greeting: greetFr(givenName),
  orCopy: 'Ou copiez ce lien dans votre navigateur :',
  once: `Ce lien ne s’ouvre qu’une fois, jusqu’au ${until}. S’il ne s’ouvre plus, la page propose de vous en envoyer un nouveau. Ne le transférez pas : qui l’ouvre est pris pour vous.`,
  notYou: `Vous ne reconnaissez pas ce message ? ${contact === undefined ? `Prévenez ${institution}` : `Écrivez à ${contact}`} ; sans votre clic, il ne se passe rien.`,
  signature: institution,
  automatic: 'Message automatique. Il ne charge aucune image et ne suit pas votre lecture.',
});

const commonEn = ({ givenName, institution, contact, until }: LetterFacts) => ({
  greeting: greetEn(givenName),
  orCopy: 'Or copy this link into your browser:',
  once: `The link opens once, until ${until}. When it no longer opens, its page offers to send you a new one. Do not forward it: whoever opens it is taken for you.`,
  notYou: `Not expecting this? ${contact === undefined ? `Tell ${institution}` : `Write to ${contact}`}; without your click nothing happens.`,
  signature: institution,
  automatic: 'Sent automatically. It loads no image and does not follow what you read.',
});

const LETTERS: Readonly<Record<Language, Readonly<Record<LetterKind, Wording>>>> = {
  fr: {
    'badge-issued': (facts) => ({
      ...commonFr(facts),
      subject: `Votre badge : ${facts.badgeName}`,
      opening: `${facts.institution} vous a délivré le badge « ${facts.badgeName} ». Félicitations !`,
      invitation:
        'Sur votre page, vous pouvez l’ajouter à LinkedIn, le télécharger, choisir ce qu’il montre, ou ne pas le partager du tout.',
      button: 'Ouvrir ma page',
    }),
    'new-link': (facts) => ({
      ...commonFr(facts),
      subject: `Votre nouveau lien vers vos badges (${facts.institution})`,
      opening: `Un nouveau lien vers vos badges (${facts.institution}) a été demandé.`,
      invitation: 'Il ouvre la page de tous vos badges de cet établissement.',
      button: 'Ouvrir ma page',
    }),
  },
  en: {
    'badge-issued': (facts) => ({
      ...commonEn(facts),
      subject: `Your badge: ${facts.badgeName}`,
      opening: `${facts.institution} has awarded you the badge “${facts.badgeName}”. Congratulations!`,
      invitation: 'On your page you can add it to LinkedIn, download it, choose what it shows, or not share it at all.',
      button: 'Open my page',
    }),
    'new-link': (facts) => ({
      ...commonEn(facts),
      subject: `Your new link to your badges (${facts.institution})`,
      opening: `A new link to your badges from ${facts.institution} was asked for.`,
      invitation: 'It opens the page of all your badges from this institution.',
      button: 'Open my page',
    }),
  },
};

/** The sentences of a letter in one language. Names come in as they shall be read: one line each, nothing escaped. */
export function letterTexts(kind: LetterKind, language: Language, facts: LetterFacts): LetterTexts {
  return LETTERS[language][kind](facts);
}
