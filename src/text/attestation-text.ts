import type { Language } from './localized.js';

/** A no-break space, as French puts before `: ; ! ?` and inside quotation marks. */
const NBSP = '\u00a0';

/** The phrases of an attestation. Names, numbers and days come in already written. */
export interface AttestationText {
  /** What the page is called where the programme has no name of its own for it. */
  readonly title: string;
  /** Between the institution and the holder, and between the holder and the achievement. */
  readonly certifies: string;
  readonly awarded: string;
  /** In place of a name the badge does not show. */
  readonly nameHashed: string;
  readonly nameAbsent: string;
  quoted(text: string): string;
  /** Parts of a list on one line. */
  list(parts: readonly string[]): string;
  readonly facts: string;
  readonly host: string;
  readonly contractor: string;
  readonly role: string;
  readonly period: string;
  range(from: string, to: string): string;
  from(day: string): string;
  until(day: string): string;
  readonly term: string;
  readonly credits: string;
  ects(credits: string): string;
  readonly recognisedAs: string;
  readonly supervisedBy: string;
  readonly decision: string;
  readonly awardedOn: string;
  readonly validUntil: string;
  decided(by: string, day: string): string;
  certifiedBy(roles: readonly string[]): string;
  readonly competences: string;
  confirmedBy(roles: readonly string[]): string;
  level(step: string, steps: string): string;
  /** How many competences the page has no room for. */
  more(count: number): string;
  readonly narrative: string;
  readonly criteria: string;
  /** What this certificate asked for besides. */
  demanded(conditions: readonly string[]): string;
  readonly evidence: string;
  readonly signature: string;
  validFrom(day: string): string;
  /** Where the key is published. */
  keyAt(host: string): string;
  readonly check: string;
  /** Before the address of the page. */
  readonly scan: string;
  drop(url: string): string;
  status(moment: string): string;
  readonly paper: string;
  qr(url: string): string;
  seal(signer: string): string;
  logo(name: string): string;
  readonly attachment: string;
  /** The document's title. */
  document(title: string, achievement: string, holder: string | null): string;
}

const fr: AttestationText = {
  title: 'Attestation',
  certifies: 'atteste que',
  awarded: 'a obtenu',
  nameHashed: 'la personne dont le badge porte le nom sous une forme protégée',
  nameAbsent: 'la personne titulaire de ce badge',
  quoted: (text) => `«${NBSP}${text}${NBSP}»`,
  list: (parts) => parts.join(`${NBSP}; `),
  facts: 'Faits',
  host: 'Structure d’accueil',
  contractor: 'Commanditaire',
  role: 'Rôle',
  period: 'Période',
  range: (from, to) => (from === to ? `le ${from}` : `du ${from} au ${to}`),
  from: (day) => `à partir du ${day}`,
  until: (day) => `jusqu’au ${day}`,
  term: 'Année universitaire',
  credits: 'Crédits',
  ects: (credits) => `${credits}${NBSP}ECTS`,
  recognisedAs: 'Valorisation',
  supervisedBy: 'Encadrement et suivi',
  decision: 'Décision',
  awardedOn: 'Décerné le',
  validUntil: 'Valable jusqu’au',
  decided: (by, day) => `${by}, le ${day}`,
  certifiedBy: (roles) => `attestation${NBSP}: ${fr.list(roles)}`,
  competences: 'Compétences et niveaux atteints',
  confirmedBy: (roles) => `confirmé par${NBSP}: ${fr.list(roles)}`,
  level: (step, steps) => `niveau ${step} sur ${steps}`,
  more: (count) => (count === 1 ? 'Une autre, dans le badge joint.' : `${count} autres, dans le badge joint.`),
  narrative: 'Ce qui a été fait',
  criteria: 'Ce qui était demandé',
  demanded: (conditions) => `Pour ce document, en outre${NBSP}: ${fr.list(conditions)}.`,
  evidence: 'Preuves publiques',
  signature: 'Signature électronique',
  validFrom: (day) => `Badge valable depuis le ${day}.`,
  keyAt: (host) => `Clé publiée sur ${host}`,
  check: 'Vérifier',
  scan: `Scannez le code, ou ouvrez cette page${NBSP}:`,
  drop: (url) => `Ou déposez ce fichier PDF sur ${url}${NBSP}: le badge signé qu’il contient y est vérifié.`,
  status: (moment) =>
    `Valable à l’établissement de cette page, le ${moment}. Un badge peut être retiré ensuite${NBSP}: son état du jour se lit à cette adresse.`,
  paper: 'Seul le badge joint est signé. Ce qui est imprimé ici n’en est que la lecture.',
  qr: (url) => `Code QR menant à la page de vérification, ${url}`,
  seal: (signer) => `Sceau${NBSP}: badge signé par ${signer}`,
  logo: (name) => `Logo${NBSP}: ${name}`,
  attachment: 'Le badge signé (Open Badges 3.0)',
  document: (title, achievement, holder) => [title, achievement, holder].filter((part) => part !== null).join(' – '),
};

const en: AttestationText = {
  title: 'Attestation',
  certifies: 'certifies that',
  awarded: 'has been awarded',
  nameHashed: 'the person whose name the badge holds in a protected form',
  nameAbsent: 'the holder of this badge',
  quoted: (text) => `“${text}”`,
  list: (parts) => parts.join('; '),
  facts: 'Facts',
  host: 'Host organisation',
  contractor: 'Contractor',
  role: 'Role',
  period: 'Period',
  range: (from, to) => (from === to ? `on ${from}` : `from ${from} to ${to}`),
  from: (day) => `from ${day}`,
  until: (day) => `until ${day}`,
  term: 'Academic year',
  credits: 'Credits',
  ects: (credits) => `${credits}${NBSP}ECTS`,
  recognisedAs: 'Recognised as',
  supervisedBy: 'Supervision and follow-up',
  decision: 'Decision',
  awardedOn: 'Awarded on',
  validUntil: 'Valid until',
  decided: (by, day) => `${by}, ${day}`,
  certifiedBy: (roles) => `certified by: ${en.list(roles)}`,
  competences: 'Competences and levels reached',
  confirmedBy: (roles) => `confirmed by: ${en.list(roles)}`,
  level: (step, steps) => `level ${step} of ${steps}`,
  more: (count) => (count === 1 ? 'One more, in the badge attached.' : `${count} more, in the badge attached.`),
  narrative: 'What was done',
  criteria: 'What was asked',
  demanded: (conditions) => `For this document, besides: ${en.list(conditions)}.`,
  evidence: 'Public evidence',
  signature: 'Electronic signature',
  validFrom: (day) => `Badge valid from ${day}.`,
  keyAt: (host) => `Key published at ${host}`,
  check: 'Verify',
  scan: 'Scan the code, or open this page:',
  drop: (url) => `Or drop this PDF file at ${url}: the signed badge inside is verified there.`,
  status: (moment) =>
    `Valid when this page was made, on ${moment}. A badge can be withdrawn later: its state today is told at this address.`,
  paper: 'Only the badge attached is signed. What is printed here is no more than a reading of it.',
  qr: (url) => `QR code leading to the verification page, ${url}`,
  seal: (signer) => `Seal: badge signed by ${signer}`,
  logo: (name) => `Logo: ${name}`,
  attachment: 'The signed badge (Open Badges 3.0)',
  document: (title, achievement, holder) => [title, achievement, holder].filter((part) => part !== null).join(' – '),
};

/** Phrases of attestations by language. */
export const ATTESTATION_TEXT: Readonly<Record<Language, AttestationText>> = { fr, en };
