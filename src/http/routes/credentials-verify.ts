import { Hono } from 'hono';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { jsonBodyLimit } from '../json-body.js';
import { readerLanguage } from '../reader.js';
import { readQuestion, refusalAnswer, verdictAnswer } from '../vc-api-answer.js';
import { verificationLimit } from '../verification-limit.js';

/**
 * `POST /credentials/verify` of the VC-API: any verifiable credential, through the checks of `POST /verify`; 200 when it
 * holds, 400 with the reasons when not.
 */
export function credentialsVerifyRoutes({ verification }: Pick<AppDeps, 'verification'>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.post('/credentials/verify', verificationLimit(verification), jsonBodyLimit(), async (c) => {
    const question = await readQuestion(c, 'verifiableCredential');
    if (!question.ok) return refusalAnswer(c, question.problem);
    return verdictAnswer(c, await verification.credential(question.document, { language: readerLanguage(c) }));
  });
  return app;
}
