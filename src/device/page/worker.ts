import { createBrowserCrypto } from '../../platform/browser-crypto.js';
import type { JsonObject } from '../../ports/json.js';
import { createPinnedContexts } from '../../proof/pinned-contexts.js';
import { answerRequest } from '../answer-request.js';
import { createAskHouse } from '../ask-house.js';
import { createDeviceChecker } from '../device-checker.js';
import type { CheckRequest } from '../messages.js';

/** The composition root of the worker: a check for each message, answered with its report. @param contexts by URL, bundled. */
export function serveChecks(contexts: readonly (readonly [string, JsonObject])[]): void {
  const check = createDeviceChecker({
    contexts: createPinnedContexts(new Map(contexts)),
    crypto: createBrowserCrypto(),
    clock: { now: () => Date.now() },
    ask: createAskHouse((path, options) => fetch(path, options)),
  });
  addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => {
    void answerRequest(check, data).then(
      (answer) => postMessage(answer),
      () => postMessage(null),
    );
  });
}
