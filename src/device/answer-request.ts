import { verificationPage } from '../pages/verification-page.js';
import { readRecipient } from '../verification/recipient.js';
import type { DeviceChecker } from './device-checker.js';
import type { CheckAnswer, CheckRequest } from './messages.js';

/** Checks what a page handed in, and draws the report as the house draws it. */
export async function answerRequest(
  check: DeviceChecker,
  { input, language, recipient: written = '' }: CheckRequest,
): Promise<CheckAnswer> {
  const recipient = readRecipient(written);
  const { answer, ownId } = await check(input, { language, ...(recipient === undefined ? {} : { recipient }) });
  const { report } = answer;
  const page = verificationPage({
    frame: { language, path: '/' },
    report,
    source: 'api',
    onDevice: true,
    ...(ownId === undefined ? {} : { ownPage: `/v/${ownId}?lang=${language}` }),
  });
  return { report, page };
}
