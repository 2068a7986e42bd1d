import type { Language } from './localized.js';

/** Sentences of the checks that are made in the reader's own browser. */
export interface DeviceTexts {
  readonly button: string;
  /** On the page of a badge: the document is asked for, and checked here. */
  readonly again: string;
  readonly hint: string;
  /** The box is empty, and what comes into it will be checked here. */
  readonly waiting: string;
  readonly busy: string;
  readonly failed: string;
  /** Under a report made here. */
  readonly made: string;
}

const FR: DeviceTexts = {
  button: 'Vérifier sur cet appareil',
  again: 'Revérifier sur cet appareil',
  hint: 'Le badge ne quitte pas votre appareil\u00A0: seules les clés et les listes de ce service sont demandées.',
  waiting: 'Choisissez, collez ou déposez maintenant le badge\u00A0: il sera vérifié ici, sans être envoyé.',
  busy: 'Vérification en cours sur cet appareil…',
  failed: 'La vérification sur cet appareil n’a pas abouti. Rien n’a été envoyé, et rien n’est dit du badge.',
  made: 'Vérifié sur votre appareil\u00A0: le badge ne l’a pas quitté. Seul ce service a été interrogé\u00A0; ce qui se trouve ailleurs reste inconnu.',
};

const EN: DeviceTexts = {
  button: 'Check on this device',
  again: 'Check again on this device',
  hint: 'The badge does not leave your device: only this service’s keys and lists are asked for.',
  waiting: 'Now choose, paste or drop the badge: it will be checked here, and not sent.',
  busy: 'Checking on this device…',
  failed: 'The check on this device came to no end. Nothing was sent, and nothing is said of the badge.',
  made: 'Checked on your device: the badge did not leave it. Only this service was asked; what lies elsewhere stays unknown.',
};

const TEXTS: Readonly<Record<Language, DeviceTexts>> = { fr: FR, en: EN };

/** The sentences in one language. */
export function deviceTexts(language: Language): DeviceTexts {
  return TEXTS[language];
}
