import type { JsonObject } from '../../ports/json.js';
import { READINESS_CHECKS } from '../../ports/readiness.js';
import { CHECK_IDS } from '../../verification/report.js';

const text = { type: 'string' };
const localized = {
  type: 'object',
  required: ['fr', 'en'],
  properties: { fr: text, en: text },
};
const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: text,
    status: { type: 'integer' },
    detail: text,
    instance: { type: 'string', format: 'uri' },
    errors: {
      type: 'array',
      items: { type: 'object', required: ['pointer', 'detail'], properties: { pointer: text, detail: text } },
    },
  },
};
/** A document a standard describes better than could be repeated here. */
const standard = (url: string) => ({ type: 'object', externalDocs: { url } });

/** What bodies look like, as JSON Schema 2020-12. Members beyond those named may stand in any of them. */
export const SCHEMAS = {
  Problem: problem,
  VerifiableCredential: standard('https://www.imsglobal.org/spec/ob/v3p0#achievementcredential'),
  Profile: standard('https://www.imsglobal.org/spec/ob/v3p0#profile'),
  Achievement: standard('https://www.imsglobal.org/spec/ob/v3p0#achievement'),
  DidDocument: standard('https://www.w3.org/TR/did-core/'),
  StatusListCredential: standard('https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential'),
  VerificationReport: {
    type: 'object',
    required: ['verified', 'outcome', 'checks', 'problemDetails', 'warnings', 'credential', 'checkedAt'],
    properties: {
      verified: { type: 'boolean' },
      outcome: { enum: ['valid', 'invalid', 'indeterminate'] },
      checks: {
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'state', 'code', 'pointer', 'message'],
          properties: {
            id: { enum: [...CHECK_IDS] },
            state: { enum: ['pass', 'fail', 'unknown', 'skipped'] },
            code: { type: ['string', 'null'] },
            pointer: { type: ['string', 'null'] },
            message: localized,
          },
        },
      },
      problemDetails: { type: 'array', items: { type: 'object' } },
      warnings: {
        type: 'array',
        items: {
          type: 'object',
          required: ['code', 'pointer', 'message'],
          properties: { code: text, pointer: { type: ['string', 'null'] }, message: localized },
        },
      },
      credential: { type: ['object', 'null'] },
      checkedAt: { type: 'string', format: 'date-time' },
    },
  },
  VerifyForm: {
    type: 'object',
    properties: {
      file: { type: 'string', contentMediaType: 'application/octet-stream' },
      credential: text,
      url: { type: 'string', format: 'uri' },
      recipient: text,
    },
  },
  VcApiVerifyCredential: {
    type: 'object',
    required: ['verifiableCredential'],
    properties: { verifiableCredential: { type: ['object', 'string'] }, options: { type: 'object' } },
  },
  VcApiVerifyPresentation: {
    type: 'object',
    required: ['verifiablePresentation'],
    properties: { verifiablePresentation: { type: ['object', 'string'] }, options: { type: 'object' } },
  },
  VcApiVerified: {
    type: 'object',
    required: ['verified'],
    properties: { verified: { type: 'boolean' }, problemDetails: { type: 'array', items: { type: 'object' } } },
  },
  VcApiIssue: {
    type: 'object',
    required: ['credential'],
    properties: { credential: { type: 'object' }, options: { type: 'object' } },
  },
  VcApiStatus: { type: 'object', required: ['credentialId'], properties: { credentialId: text } },
  Readiness: {
    type: 'object',
    required: ['status', 'checks'],
    properties: {
      status: { enum: ['ready', 'not-ready'] },
      checks: {
        type: 'array',
        items: {
          type: 'object',
          required: ['name', 'state'],
          properties: { name: { enum: [...READINESS_CHECKS] }, state: { enum: ['pass', 'fail'] } },
        },
      },
    },
  },
  Json: { type: 'object' },
  OAuthError: {
    type: 'object',
    required: ['error'],
    properties: { error: text, error_description: text },
  },
} satisfies Readonly<Record<string, JsonObject>>;

export type SchemaName = keyof typeof SCHEMAS;
