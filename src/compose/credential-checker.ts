import type { CredentialChecker } from '../verification/credential-checker.js';
import { verifyPresentation } from '../verification/verify-presentation.js';
import { verifyPresented } from '../verification/verify-presented.js';
import { openVerification, type VerificationParts } from './verification-means.js';

/** The checks of `POST /verify`, for any credential. */
export function createCredentialChecker(parts: VerificationParts): CredentialChecker {
  return {
    credential: (credential, { language }) =>
      verifyPresented(credential, { ...openVerification(parts).means, language }),
    presentation: (presentation, { language, ...asked }) =>
      verifyPresentation({ ...openVerification(parts).means, presentation, asked, language }),
  };
}
