import { isJsonObject } from '../../ports/json.js';
import { missingDetail } from '../../ports/resolver.js';
import type { Check } from '../examination.js';
import { fail, pass, unknown } from '../finding.js';
import { shownValue } from '../members.js';

/** The badge names an issuer, and that issuer's controller document could be had. */
export const issuerCheck: Check = {
  id: 'issuer',
  needs: ['parse'],
  async run({ credential, issuer, controllerDocument }) {
    const named = credential['issuer'];
    const pointer = isJsonObject(named) ? '/issuer/id' : '/issuer';
    if (issuer === undefined) {
      return [fail('malformed-issuer', pointer, { found: shownValue(isJsonObject(named) ? named['id'] : named) })];
    }
    const resolution = await controllerDocument();
    if (resolution.outcome === 'found') return [pass(pointer)];
    return [unknown('did-unresolved', pointer, { issuer, detail: missingDetail(resolution) })];
  },
};
