import type { Command } from './command.js';
import { auditCheck, auditCheckpoint } from './commands/audit.js';
import { backup } from './commands/backup.js';
import { claimLink } from './commands/claim.js';
import { credentialGet } from './commands/credential.js';
import { demo } from './commands/demo.js';
import { erase } from './commands/erase.js';
import { erasuresList } from './commands/erasures.js';
import { evaluate } from './commands/evaluate.js';
import { obligations, report } from './commands/figures.js';
import { halt, resume } from './commands/halt.js';
import { init } from './commands/init.js';
import { issue } from './commands/issue.js';
import { issuerAdd, issuerList, issuerSet } from './commands/issuer.js';
import { keysCreate, keysList } from './commands/keys.js';
import { keysCompromised, keysResign } from './commands/keys-compromised.js';
import { keysRotate } from './commands/keys-rotate.js';
import { mailCancel, mailList, mailResend } from './commands/mail.js';
import { migrate } from './commands/migrate.js';
import { programmeAdd, programmeCheck, programmeList } from './commands/programme.js';
import { restore, restoreAfterDump } from './commands/restore.js';
import { serve } from './commands/serve.js';
import { reinstate, revoke, suspend } from './commands/status.js';
import { supplement } from './commands/supplement.js';
import { tokenCreate, tokenList, tokenRevoke } from './commands/token.js';
import { verify } from './commands/verify.js';

/**
 * Every command, in the order of the overview. All are loaded at every start: what signs, verifies or serves is loaded by
 * the command that does, inside its `run`, so that the others answer at once.
 */
export const COMMANDS: readonly Command[] = [
  demo,
  serve,
  init,
  issuerAdd,
  issuerSet,
  issuerList,
  programmeCheck,
  programmeAdd,
  programmeList,
  evaluate,
  issue,
  credentialGet,
  verify,
  revoke,
  suspend,
  reinstate,
  supplement,
  obligations,
  report,
  mailList,
  mailResend,
  mailCancel,
  claimLink,
  erasuresList,
  erase,
  tokenCreate,
  tokenList,
  tokenRevoke,
  keysList,
  keysCreate,
  keysRotate,
  keysCompromised,
  keysResign,
  halt,
  resume,
  auditCheck,
  auditCheckpoint,
  backup,
  restore,
  migrate,
  restoreAfterDump,
];
