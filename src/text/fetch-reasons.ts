import type { MissingDetail } from '../ports/fetcher.js';
import type { Localized } from './localized.js';

/** Said alike of a name nobody knows and of one known inside only: nobody is to map an inner network by asking. */
const NO_PUBLIC_ADDRESS: Localized = {
  fr: 'le nom de l’hôte ne mène à aucune adresse publique',
  en: 'the name of the host leads to no public address',
};

/** Why a document could not be had, as a clause of a sentence: "… could not be asked ({reason})". */
export const FETCH_REASONS: Readonly<Record<MissingDetail, Localized>> = {
  'malformed-url': { fr: 'l’adresse est mal écrite', en: 'the address is not well written' },
  'scheme-not-allowed': { fr: 'seules les adresses https sont consultées', en: 'only https addresses are asked' },
  'host-not-allowed': { fr: 'l’hôte n’a pas de nom public', en: 'the host has no public name' },
  'port-not-allowed': { fr: 'ce port n’est pas consulté', en: 'this port is not asked' },
  'address-not-public': NO_PUBLIC_ADDRESS,
  'own-address': { fr: 'l’adresse est celle de ce service', en: 'the address is that of this service' },
  'fetch-budget-spent': {
    fr: 'le badge renvoie à trop de documents',
    en: 'the badge points to too many documents',
  },
  'host-rate-limited': {
    fr: 'cet hôte a été consulté trop souvent ; réessayez dans un instant',
    en: 'this host was asked too often; try again in a moment',
  },
  'too-busy': {
    fr: 'trop de consultations sont en cours ; réessayez dans un instant',
    en: 'too much is being asked at once; try again in a moment',
  },
  'name-not-resolved': NO_PUBLIC_ADDRESS,
  'connect-failed': { fr: 'l’hôte n’a pas accepté la connexion', en: 'the host did not accept the connection' },
  'connect-timed-out': { fr: 'l’hôte n’a pas répondu à temps', en: 'the host did not answer in time' },
  'certificate-not-valid': {
    fr: 'le certificat du site n’est pas valable',
    en: 'the certificate of the site is not valid',
  },
  'tls-failed': { fr: 'la connexion n’a pas pu être sécurisée', en: 'the connection could not be secured' },
  'timed-out': { fr: 'la réponse n’est pas arrivée à temps', en: 'the answer did not arrive in time' },
  'connection-lost': { fr: 'la connexion a été coupée', en: 'the connection was cut' },
  'not-http': { fr: 'la réponse n’est pas celle d’un site', en: 'the answer is not that of a web site' },
  'headers-too-large': { fr: 'l’en-tête de la réponse est trop long', en: 'the head of the answer is too long' },
  'too-large': { fr: 'le document est trop volumineux', en: 'the document is too large' },
  'content-encoding': { fr: 'le codage de la réponse est illisible', en: 'the coding of the answer cannot be read' },
  redirected: { fr: 'l’adresse renvoie ailleurs', en: 'the address leads elsewhere' },
  'too-many-redirects': { fr: 'l’adresse renvoie trop de fois ailleurs', en: 'the address leads elsewhere too often' },
  'http-status': { fr: 'le site a répondu par une erreur', en: 'the site answered with an error' },
  aborted: { fr: 'la vérification avait pris tout son temps', en: 'the verification had taken all its time' },
  'not-found': { fr: 'il n’y a rien à cette adresse', en: 'there is nothing at this address' },
  'not-given': { fr: 'il ne figure pas parmi les documents donnés', en: 'it is not among the documents given' },
  'asks-house-only': {
    fr: 'sur votre appareil, seul ce service est interrogé',
    en: 'on your device, only this service is asked',
  },
  'file-unreadable': { fr: 'le fichier donné est illisible', en: 'the file given cannot be read' },
  'not-held-here': { fr: 'ce service ne le détient pas', en: 'this service does not hold it' },
  'not-signed-now': {
    fr: 'ce service ne peut pas la signer pour l’instant',
    en: 'this service cannot sign it for now',
  },
  'malformed-did': { fr: 'le DID est mal écrit', en: 'the DID is not well written' },
  'issuer-id-not-supported': {
    fr: 'les identifiants de cette sorte ne sont pas pris en charge',
    en: 'identifiers of this kind are not supported',
  },
  'not-json': { fr: 'ce qui est publié n’est pas un document JSON', en: 'what is published is no JSON document' },
  'too-complex': { fr: 'le document est trop complexe', en: 'the document is too complex' },
};
