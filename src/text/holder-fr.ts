import type { HolderTexts } from './holder.js';

/** French sentences of the holder's own pages. */
export const HOLDER_FR: HolderTexts = {
  claim: {
    title: (institution) => `Vos badges – ${institution}`,
    lead: (sentTo) => `Ce lien a été envoyé à ${sentTo}. Si c’est vous, ouvrez votre page.`,
    button: 'Ouvrir ma page',
    once: 'Le lien ne s’ouvre qu’une fois. Votre page reste ouverte dans ce navigateur une heure après votre dernière visite.',
    closed: {
      opened: {
        title: 'Ce lien a déjà servi',
        detail: 'Il ne s’ouvre qu’une fois, pour que personne ne puisse prendre votre place en le trouvant plus tard.',
      },
      replaced: {
        title: 'Ce lien a été remplacé',
        detail: 'Un lien plus récent vous a été envoyé. Cherchez le dernier courriel.',
      },
      expired: { title: 'Ce lien a expiré', detail: 'Les liens valent trente jours.' },
      unknown: {
        title: 'Ce lien ne mène nulle part',
        detail:
          'Il a peut-être été coupé en le copiant. Ouvrez-le depuis le courriel, ou demandez-en un nouveau au service qui vous a délivré votre badge.',
      },
    },
    again: 'M’envoyer un nouveau lien',
    againHint: 'Il part à l’adresse que l’établissement connaît de vous, jamais à une autre.',
    asked: {
      title: 'Regardez votre boîte aux lettres',
      detail:
        'Si ce lien était l’un des nôtres, un nouveau part à la même adresse. Comptez quelques minutes ; il n’en part qu’un toutes les dix minutes.',
    },
  },
  home: {
    title: 'Mes badges',
    greeting: (name) => (name === '' ? 'Bonjour' : `Bonjour ${name}`),
    lead: (institution) => `Vos badges délivrés par ${institution}. Vous décidez qui les voit, et ce qu’ils montrent.`,
    none: 'Il n’y a pas encore de badge ici.',
    open: (badge) => `Partager, télécharger « ${badge} » ou choisir ce qu’il montre`,
    awarded: (day) => `délivré le ${day}`,
    states: { active: 'valide', suspended: 'suspendu', revoked: 'révoqué', expired: 'expiré' },
    shared: 'Qui a le lien le voit',
    withdrawn: 'Non partagé : vous seul le voyez',
    signOut: 'Fermer ma page',
    back: 'Tous mes badges',
  },
  badge: {
    seePage: 'Voir la page que voient les autres',
    copyLink: 'Lien à partager',
    withdrawnNote: 'Sa page, ses fichiers et ses images répondent comme si ce badge n’existait pas.',
    reach: 'Le montrer et le garder',
    downloads: 'Fichiers',
    formats: {
      json: { title: 'Badge signé (JSON)', detail: 'pour portefeuilles et vérificateurs' },
      png: { title: 'Image (PNG)', detail: 'avec le badge signé dedans' },
      svg: { title: 'Image (SVG)', detail: 'avec le badge signé dedans' },
      pdf: { title: 'Attestation (PDF)', detail: 'une page à imprimer ou à joindre' },
      qr: { title: 'Code QR', detail: 'de la page du badge' },
    },
    ownCopy: 'votre propre copie ; vous seul y avez accès tant que le badge n’est pas partagé',
    linkedIn: {
      title: 'LinkedIn',
      add: 'Ajouter à mon profil LinkedIn',
      note: 'LinkedIn s’ouvre avec le formulaire rempli. Rien n’est envoyé avant que vous n’y appuyiez sur le bouton.',
    },
    wallet: {
      title: 'Portefeuille',
      send: 'Envoyer vers un portefeuille',
      bound: 'Ce badge est lié à la clé de votre portefeuille.',
    },
    choose: 'Ce que ce badge montre',
    chooseLead: 'Ce que vous cachez est retiré du badge signé lui-même : il est signé à nouveau, sans cela.',
    showName: 'Mon nom',
    nameNeeded: 'Votre nom ne peut pas être caché : rien d’autre dans ce badge ne dit à qui il est.',
    evidence: 'Preuves',
    noChoice: 'Ce badge ne montre ni nom ni preuve : il n’y a rien à cacher.',
    saveChoice: 'Enregistrer et signer à nouveau',
    olderCopies: {
      title: 'Que deviennent les copies d’avant ?',
      detail:
        'Une copie enregistrée ou téléchargée auparavant reste telle quelle, et reste valide ; qui la vérifie ici apprend qu’il existe une version plus récente. Notre page, nos fichiers et nos images ne montrent que la plus récente. Ce qui a été montré une fois ne peut pas être repris des mains d’autrui.',
    },
    sharing: 'Qui le voit',
    sharedNow:
      'Qui a le lien ou le code QR voit la page de ce badge. Les moteurs de recherche sont priés de ne pas la répertorier.',
    withdraw: 'Ne plus partager',
    withdrawNote:
      'La page, les fichiers et les images répondent alors comme si ce badge n’existait pas, jusqu’à ce que vous le partagiez à nouveau. Les copies que d’autres ont restent vérifiables.',
    restore: 'Partager à nouveau',
    cannotChoose: {
      suspended: 'L’établissement a suspendu ce badge ; ce qu’il montre ne peut pas être changé pour l’instant.',
      revoked: 'L’établissement a révoqué ce badge ; ce qu’il montre ne peut plus être changé.',
      expired: 'Ce badge a expiré ; vous pouvez encore le partager pour ce qu’il a été.',
    },
    versions: (count, signed) => (count === 1 ? `Signé le ${signed}.` : `Version ${count}, signée le ${signed}.`),
  },
  done: {
    changed: 'C’est fait : le badge a été signé à nouveau et montre ce que vous avez choisi.',
    unchanged: 'Le badge montre déjà cela ; rien n’a été changé.',
    'too-often': 'Ce badge a été signé à nouveau très souvent aujourd’hui. Continuez demain.',
    'not-active': 'Le badge n’est pas en vigueur ; ce qu’il montre ne peut pas être changé.',
    'name-needed': 'Le nom ne peut pas être caché : rien d’autre ne dit à qui est le badge.',
    'not-possible': 'Ce choix ne convient pas à ce badge. Rien n’a été changé.',
    withdrawn: 'C’est fait : le badge n’est plus partagé.',
    restored: 'C’est fait : le badge est à nouveau partagé.',
    'erasure-asked': 'Votre demande est enregistrée ; l’établissement la voit.',
    'erasure-taken-back': 'Votre demande est retirée.',
  },
  data: {
    title: 'Mes données',
    export: 'Télécharger tout ce qui est gardé sur moi (JSON)',
    exportNote: 'Fiche, dossiers, décisions, badges dans toutes leurs versions, courriels, choix.',
    erase: 'Tout faire effacer',
    eraseNote: (institution) =>
      `L’établissement (${institution}) efface alors ce qu’il garde ici sur vous : dossiers, badges, cette page. Les copies que vous avez restent vérifiables, mais aucune page ne répondra plus, et aucune nouvelle copie ne pourra être faite. Il peut devoir garder un titre pour des raisons légales, et vous le dira. C’est sans retour.`,
    eraseConfirm: 'Je comprends que c’est sans retour',
    askErasure: 'Demander l’effacement',
    asked: (day) => `Vous avez demandé l’effacement le ${day}. L’établissement ne l’a pas encore fait.`,
    takeBack: 'Retirer la demande',
    contact: (address) => `Des questions ? Écrivez à ${address}.`,
  },
};
