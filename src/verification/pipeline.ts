import { contextCheck } from './checks/context.js';
import { endorsementsCheck } from './checks/endorsements.js';
import { evidenceCheck } from './checks/evidence.js';
import { issuerCheck } from './checks/issuer.js';
import { keyCheck } from './checks/key.js';
import { proofCheck } from './checks/proof.js';
import { recipientCheck } from './checks/recipient.js';
import { refreshCheck } from './checks/refresh.js';
import { schemaCheck } from './checks/schema.js';
import { statusCheck } from './checks/status.js';
import { subjectCheck } from './checks/subject.js';
import { typeCheck } from './checks/type.js';
import { validityCheck } from './checks/validity.js';
import type { Check } from './examination.js';

/** The checks of a parsed badge, in the order they are made and reported; `parse` came before. */
export const PIPELINE: readonly Check[] = [
  contextCheck,
  typeCheck,
  schemaCheck,
  subjectCheck,
  issuerCheck,
  proofCheck,
  keyCheck,
  statusCheck,
  validityCheck,
  evidenceCheck,
  endorsementsCheck,
  refreshCheck,
  recipientCheck,
];
