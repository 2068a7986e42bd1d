import type { HolderTexts } from './holder.js';

/** English sentences of the holder's own pages. */
export const HOLDER_EN: HolderTexts = {
  claim: {
    title: (institution) => `Your badges from ${institution}`,
    lead: (sentTo) => `This link was sent to ${sentTo}. If that is you, open your page.`,
    button: 'Open my page',
    once: 'The link opens once. Your page stays open in this browser for an hour after you last used it.',
    closed: {
      opened: {
        title: 'This link was used already',
        detail: 'It opens once, so that nobody who finds it later can take your place.',
      },
      replaced: { title: 'This link was replaced', detail: 'A newer one was sent to you. Look for the latest mail.' },
      expired: { title: 'This link has expired', detail: 'Links work for thirty days.' },
      unknown: {
        title: 'This link leads nowhere',
        detail:
          'It may have been cut when it was copied. Open it from the mail itself, or ask the office that awarded your badge for a new one.',
      },
    },
    again: 'Send me a new link',
    againHint: 'It goes to the address the institution has of you, not to another one.',
    asked: {
      title: 'Look in your mailbox',
      detail:
        'If the link was one of ours, a new one is on its way to the same address. It takes a few minutes; only one is sent every ten minutes.',
    },
  },
  home: {
    title: 'My badges',
    greeting: (name) => (name === '' ? 'Hello' : `Hello ${name}`),
    lead: (institution) => `Your badges from ${institution}. You decide who sees them, and what they show.`,
    none: 'There is no badge here yet.',
    open: (badge) => `Share, download or choose what “${badge}” shows`,
    awarded: (day) => `awarded on ${day}`,
    states: { active: 'valid', suspended: 'suspended', revoked: 'revoked', expired: 'expired' },
    shared: 'Whoever has the link sees it',
    withdrawn: 'Not shared: only you see it',
    signOut: 'Sign out',
    back: 'All my badges',
  },
  badge: {
    seePage: 'See the page others see',
    copyLink: 'Link to share',
    withdrawnNote: 'Its page, files and pictures answer as if there were no such badge.',
    reach: 'Show it and keep it',
    downloads: 'Files',
    formats: {
      json: { title: 'Signed badge (JSON)', detail: 'for wallets and verifiers' },
      png: { title: 'Picture (PNG)', detail: 'with the signed badge inside' },
      svg: { title: 'Picture (SVG)', detail: 'with the signed badge inside' },
      pdf: { title: 'Attestation (PDF)', detail: 'one page to print or attach' },
      qr: { title: 'QR code', detail: 'of the badge’s page' },
    },
    ownCopy: 'your own copy; only you can have it while the badge is not shared',
    linkedIn: {
      title: 'LinkedIn',
      add: 'Add to my LinkedIn profile',
      note: 'LinkedIn opens with the form filled in. Nothing is sent before you press the button there.',
    },
    wallet: {
      title: 'Wallet',
      send: 'Send to a wallet',
      bound: 'This badge is bound to the key of your wallet.',
    },
    choose: 'What this badge shows',
    chooseLead: 'What you hide is left out of the signed badge itself: it is signed anew without it.',
    showName: 'My name',
    nameNeeded: 'Your name cannot be hidden: nothing else in this badge says whose it is.',
    evidence: 'Evidence',
    noChoice: 'This badge shows neither a name nor evidence: there is nothing to hide.',
    saveChoice: 'Save and sign anew',
    olderCopies: {
      title: 'What happens to older copies?',
      detail:
        'A copy somebody saved or downloaded earlier stays as it was, and stays valid; whoever checks it here is told that there is a newer version. Our page, files and pictures show only the newest. What was once shown cannot be taken out of other people’s hands.',
    },
    sharing: 'Who sees it',
    sharedNow:
      'Whoever has the link or the QR code sees the page of this badge. Search engines are told not to list it.',
    withdraw: 'Stop sharing',
    withdrawNote:
      'The page, the files and the pictures then answer as if there were no such badge, until you share it again. Copies people have keep verifying.',
    restore: 'Share again',
    cannotChoose: {
      suspended: 'The institution has suspended this badge; what it shows cannot be changed meanwhile.',
      revoked: 'The institution has revoked this badge; what it shows can no longer be changed.',
      expired: 'This badge has expired; it can still be shared as what it was.',
    },
    versions: (count, signed) => (count === 1 ? `Signed on ${signed}.` : `Version ${count}, signed on ${signed}.`),
  },
  done: {
    changed: 'Done: the badge was signed anew and shows what you chose.',
    unchanged: 'The badge shows this already; nothing was changed.',
    'too-often': 'This badge was signed anew very often today. Please go on tomorrow.',
    'not-active': 'The badge is not in force, so what it shows cannot be changed.',
    'name-needed': 'The name cannot be hidden: nothing else says whose badge it is.',
    'not-possible': 'That choice does not fit this badge. Nothing was changed.',
    withdrawn: 'Done: the badge is no longer shared.',
    restored: 'Done: the badge is shared again.',
    'erasure-asked': 'Your request is recorded; the institution sees it.',
    'erasure-taken-back': 'Your request is taken back.',
  },
  data: {
    title: 'My data',
    export: 'Download everything held on me (JSON)',
    exportNote: 'Record, dossiers, verdicts, badges in all versions, mails, choices.',
    erase: 'Have everything erased',
    eraseNote: (institution) =>
      `${institution} then erases what it holds on you here: dossiers, badges, this page. Copies in your hands keep verifying, but no page of theirs will answer, and no new copy can be made. It may have to keep an award for legal reasons, and will tell you so. There is no way back.`,
    eraseConfirm: 'I understand that there is no way back',
    askErasure: 'Ask to be erased',
    asked: (day) => `You asked to be erased on ${day}. The institution has not done it yet.`,
    takeBack: 'Take the request back',
    contact: (address) => `Questions? Write to ${address}.`,
  },
};
