import { Hono } from 'hono';
import { isJsonObject, type JsonObject } from '../../ports/json.js';
import { type InputProblem, problemAt } from '../../verification/inputs/input-problem.js';
import type { AskedOfHolder } from '../../verification/presentation-holder.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { jsonBodyLimit } from '../json-body.js';
import { readerLanguage } from '../reader.js';
import { readQuestion, refusalAnswer, verdictAnswer } from '../vc-api-answer.js';
import { verificationLimit } from '../verification-limit.js';

/**
 * `POST /presentations/verify` of the VC-API: the holder's proof over the challenge and the domain the caller passes, and
 * every credential presented. Challenges are the caller's own: none is given out or remembered here.
 */
export function presentationsVerifyRoutes({ verification }: Pick<AppDeps, 'verification'>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.post('/presentations/verify', verificationLimit(verification), jsonBodyLimit(), async (c) => {
    const question = await readQuestion(c, 'verifiablePresentation');
    if (!question.ok) return refusalAnswer(c, question.problem);
    const { document, options } = question;
    const asked = readAsked(options);
    if ('kind' in asked) return refusalAnswer(c, asked);
    if (!isJsonObject(document)) return refusalAnswer(c, notRead('/verifiablePresentation'));
    return verdictAnswer(c, await verification.presentation(document, { ...asked, language: readerLanguage(c) }));
  });
  return app;
}

/** A challenge is a text, a domain one or several; anything else must not pass for "none asked". */
function readAsked({ challenge, domain }: JsonObject): AskedOfHolder | InputProblem {
  if (challenge !== undefined && typeof challenge !== 'string') return notRead('/options/challenge');
  const domains = domain === undefined || Array.isArray(domain) ? domain : [domain];
  const isNames = domains?.every((name): name is string => typeof name === 'string') ?? true;
  if (!isNames || domains?.length === 0) return notRead('/options/domain');
  return {
    ...(challenge === undefined ? {} : { challenge }),
    ...(domains === undefined ? {} : { domain: domains }),
  };
}

function notRead(pointer: string): InputProblem {
  const member = pointer.slice(pointer.lastIndexOf('/') + 1);
  return problemAt(400, pointer, 'malformed-request', { member });
}
