import { READINESS_CHECKS } from '../../ports/readiness.js';
import type { Operation } from './operation.js';

/** What whoever runs the service asks. */
export const OPERATING: readonly Operation[] = [
  {
    method: 'get',
    path: '/healthz',
    tag: 'service',
    summary: { fr: 'Le processus répond', en: 'The process answers' },
    answers: { 200: { types: ['application/json'], schema: 'Json' } },
  },
  {
    method: 'get',
    path: '/readyz',
    tag: 'service',
    summary: {
      fr: 'Le service peut faire tout son travail (200), ou non (503)',
      en: 'The service can do all of its work (200), or not (503)',
    },
    parameters: [
      {
        name: 'exclude',
        in: 'query',
        meaning: {
          fr: 'Vérification à laisser de côté\u00a0; peut être répété',
          en: 'A check to leave out; may be repeated',
        },
        oneOf: READINESS_CHECKS,
      },
    ],
    answers: {
      200: { types: ['application/json'], schema: 'Readiness' },
      503: { types: ['application/json'], schema: 'Readiness' },
    },
    problems: [400],
  },
  {
    method: 'get',
    path: '/metrics',
    tag: 'service',
    summary: {
      fr: 'Mesures, pour Prometheus\u00a0; avec le jeton des mesures',
      en: 'Metrics, for Prometheus; with the token for metrics',
    },
    answers: { 200: { types: ['text/plain'] } },
    problems: [401, 404],
  },
];
