import type { PageTexts } from './pages.js';

/** French sentences of the public pages. `\u00a0` is the space that must not break a line. */
export const PAGES_FR: PageTexts = {
  languageName: 'Français',
  skipToContent: 'Aller au contenu',
  languageSwitch: 'Langue',
  tagline: 'Reconnaissance signée de l’engagement étudiant',
  footer: 'Sceau délivre et vérifie des Open Badges 3.0. Cette page ne charge rien d’ailleurs.',
  opensElsewhere: 'autre site',

  verdict: {
    label: 'Résultat de la vérification',
    valid: {
      title: 'Ce badge est valide',
      meaning: 'L’établissement nommé ici l’a signé, rien n’a été modifié depuis et il n’a pas été retiré.',
    },
    revoked: {
      title: 'Ce badge a été révoqué',
      meaning: 'L’établissement qui l’a délivré l’a retiré définitivement. Il n’atteste plus rien.',
    },
    suspended: {
      title: 'Ce badge est suspendu',
      meaning: 'L’établissement qui l’a délivré l’a suspendu. Ne vous y fiez pas tant que cette page l’indique.',
    },
    superseded: {
      title: 'Cet exemplaire a été remplacé',
      meaning: 'L’établissement a corrigé un fait et délivré une nouvelle version. Seule la nouvelle compte.',
    },
    expired: {
      title: 'Ce badge a expiré',
      meaning: 'Il est authentique, mais la période pour laquelle il a été délivré est terminée.',
    },
    'not-yet-valid': {
      title: 'Ce badge n’est pas encore valide',
      meaning: 'Il est authentique, mais la période pour laquelle il a été délivré n’a pas commencé.',
    },
    altered: {
      title: 'Ne vous fiez pas à ce badge',
      meaning:
        'Sa signature ne correspond pas\u00a0: il a été modifié après signature, ou n’a pas été signé par l’établissement qu’il nomme.',
    },
    invalid: {
      title: 'Ce badge n’est pas valide',
      meaning: 'Au moins un contrôle a échoué. La liste ci-dessous dit lequel.',
    },
    unchecked: {
      title: 'Ce badge n’a pas pu être vérifié',
      meaning:
        'Un document nécessaire au contrôle n’a pas pu être lu. Ce n’est pas un verdict\u00a0: réessayez plus tard.',
    },
  },
  nothingShown: 'Ce qu’il affirme n’est pas affiché ici, car rien ne le prouve.',
  stillShown: 'Ce qui a été signé est affiché ci-dessous pour information.',
  warnings: 'À noter',

  badge: {
    awardedTo: 'Décerné à',
    by: 'par',
    nameHashed: 'Le nom du titulaire est signé sous une forme protégée\u00a0: il peut être comparé, pas lu.',
    nameAbsent: 'Le badge ne montre pas le nom du titulaire.',
    facts: 'Faits',
    signer: 'Signé par',
    signerDomain: (domain) => `Clé publiée sur ${domain}`,
    identifier: 'Identifiant',
    achievement: 'Reconnaissance',
    awardedBecause: 'Ce qui a été fait',
    period: 'Période',
    from: (day) => `à partir du ${day}`,
    until: (day) => `jusqu’au ${day}`,
    range: (start, end) => `du ${start} au ${end}`,
    juryDate: 'Décision du jury',
    awardedDate: 'Décerné le',
    validFrom: 'Signé le',
    validUntil: 'Valable jusqu’au',
    term: 'Année universitaire',
    role: 'Rôle',
    credits: 'Crédits',
    creditsValue: (credits, available) => (available === null ? `${credits} ECTS` : `${credits} sur ${available} ECTS`),
    competences: 'Compétences',
    level: (level, steps) => `Niveau ${level} sur ${steps}`,
    levelMeaning: 'Ce que signifie ce niveau',
    scale: 'Niveaux, du plus bas au plus haut',
    reached: 'atteint',
    results: 'Résultats',
    resultRange: (min, max) => `plage de ${min} à ${max}`,
    resultMinimum: (min) => `minimum requis\u00a0: ${min}`,
    resultMaximum: (max) => `maximum\u00a0: ${max}`,
    evidence: 'Preuves',
    evidenceNote: 'Les liens mènent à d’autres sites, que cette page n’a pas consultés.',
    evidenceUntitled: 'Preuve sans titre',
    digest: {
      matches: 'inchangée depuis la signature du badge',
      differs: 'modifiée depuis la signature du badge',
      'not-read': 'non comparée à l’empreinte signée',
    },
    description: 'À propos de cette reconnaissance',
    criteria: 'Comment elle s’obtient',
    criteriaLink: 'Description complète et critères',
    alignments: 'Référentiels associés',
    inLanguage: { fr: 'Le badge est rédigé en français.', en: 'Le badge est rédigé en anglais.' },
  },

  checks: {
    title: 'Contrôles effectués',
    made: (time) => `Vérifié le ${time}, à partir du document signé lui-même.`,
    states: { pass: 'réussi', fail: 'échoué', unknown: 'impossible à vérifier', skipped: 'non contrôlé' },
    names: {
      parse: 'Lisible',
      context: 'Vocabulaire',
      type: 'Nature du document',
      schema: 'Structure',
      subject: 'Titulaire et reconnaissance',
      issuer: 'Établissement',
      proof: 'Signature',
      key: 'Clé de signature',
      status: 'Retrait',
      validity: 'Dates',
      evidence: 'Fichiers de preuve',
      endorsements: 'Appuis',
      refresh: 'Version plus récente',
      recipient: 'Destinataire',
    },
  },

  share: {
    title: 'Vérifiez vous-même',
    qr: (url) => `Code QR menant à ${url}`,
    scan: 'Scannez pour ouvrir cette page, ou vérifiez le badge avec tout vérificateur Open Badges 3.0.',
    json: 'Badge signé (JSON)',
    number: 'Numéro du badge',
  },

  front: {
    title: 'Ce badge est-il authentique\u00a0?',
    lead: 'Ce service délivre des badges numériques qui reconnaissent ce que des étudiants ont fait, et permet à chacun de les vérifier\u00a0: sans compte, sans frais, sans rien installer.',
    check: 'Vérifier un badge',
    field: 'Numéro ou lien du badge',
    hint: 'Les 26 caractères sous le code QR, ou le lien entier.',
    submit: 'Vérifier',
    notRead: 'Ce n’est ni le numéro ni le lien d’un badge de ce service. Un numéro compte 26 lettres et chiffres.',
    anyTitle: 'Vérifier n’importe quel Open Badge',
    anyFile: 'Le fichier du badge (JSON, PNG ou SVG)',
    anyText: 'ou son contenu, ou son adresse https',
    anyHint:
      'Le badge est vérifié, il n’est pas conservé. Le signataire d’un badge venu d’ailleurs est montré pour ce qu’il est\u00a0: un domaine ou une simple clé.',
    howTitle: 'Ce qu’un badge vous dit',
    how: [
      {
        title: 'Qui s’en porte garant',
        meaning: 'Chaque badge est signé avec une clé que l’établissement publie sous son propre nom.',
      },
      {
        title: 'Ce qui a été fait',
        meaning: 'Activité, rôle, heures, compétences et niveau atteint, tels qu’un jury les a confirmés.',
      },
      {
        title: 'S’il vaut toujours',
        meaning: 'Un badge retiré l’indique dans la minute, sur cette page et à tout autre vérificateur.',
      },
    ],
    issuer: 'Service tenu par',
  },

  issuer: {
    title: 'Émetteur',
    partOf: 'Rattaché à',
    country: 'Pays',
    website: 'Site web',
    contact: 'Contact',
    did: 'Identifiant décentralisé',
    didDocument: 'Document DID (JSON)',
    profile: 'Profil (JSON)',
    keys: 'Clés publiques',
    achievements: 'Reconnaissances décernées',
    noAchievements: 'Aucune publiée pour l’instant.',
  },

  achievement: {
    kind: 'Reconnaissance',
    version: 'Version',
    type: 'Nature',
    issuedBy: 'Décernée par',
    credits: 'Crédits possibles',
    competences: 'Compétences et niveaux',
    results: 'Résultats qu’elle peut indiquer',
    json: 'Définition (JSON)',
    otherLanguage: 'La même en anglais',
  },

  error: {
    code: 'Erreur',
    request: 'Référence pour l’exploitant',
    home: 'Vérifier un autre badge',
  },
};
