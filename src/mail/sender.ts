import { isEmailAddress } from '../text/email-address.js';

/** Whom letters come from. */
export interface MailSender {
  /** Empty when there is only an address. */
  readonly name: string;
  readonly address: string;
}

/**
 * Reads `badges@univ.example` or `Badges <badges@univ.example>`, the name in quotation marks if it likes.
 * @returns undefined for anything else: a line break, two addresses.
 */
export function readMailSender(text: string): MailSender | undefined {
  const parts = /^(?:([^<>"\p{Cc}]*|"[^<>"\p{Cc}]*"\s*)<([^<>]*)>|([^<>]*))$/u.exec(text.trim());
  const address = (parts?.[2] ?? parts?.[3] ?? '').trim();
  if (!isEmailAddress(address)) return undefined;
  return { name: (parts?.[1] ?? '').trim().replace(/^"|"$/g, '').trim(), address };
}
