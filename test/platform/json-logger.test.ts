import { describe, expect, it } from 'vitest';
import { createJsonLogger, type LogLevel } from '../../src/platform/json-logger.js';
import { SignerError } from '../../src/ports/signer.js';

const clock = { now: () => Date.parse('2026-11-22T09:30:15.400Z') };

function logged(level: LogLevel = 'info') {
  const lines: string[] = [];
  return { lines, logger: createJsonLogger({ write: (line) => lines.push(line), clock, level }) };
}

describe('a log line', () => {
  it('is one JSON object with time, level, event and facts', () => {
    const { lines, logger } = logged();
    logger.info('badge-issued', { issuer: 'univ', version: 1 });
    expect(lines).toEqual([
      '{"time":"2026-11-22T09:30:15.400Z","level":"info","event":"badge-issued","issuer":"univ","version":1}\n',
    ]);
  });

  it('stays one line that no terminal obeys, whatever a fact holds (K8)', () => {
    const { lines, logger } = logged();
    const hostile = 'a\r\n{"event":"forged"}\u001b[31m\u009b31m\u2028\u202e\u0000\u007f';
    logger.warn('file-read', { name: hostile });
    const [line = ''] = lines;
    expect(line.slice(0, -1)).toMatch(/^[\u0020-\u007e]*$/);
    expect(JSON.parse(line)).toMatchObject({ event: 'file-read', name: hostile });
  });

  it('cannot be given another event, level or time by a fact', () => {
    const { lines, logger } = logged();
    logger.info('real', { event: 'forged', level: 'error', time: 'never' });
    expect(JSON.parse(lines[0] ?? '')).toEqual({ time: '2026-11-22T09:30:15.400Z', level: 'info', event: 'real' });
  });

  it('tells an error with its code and causes', () => {
    const { lines, logger } = logged();
    logger.error('sign', new SignerError('did:web:a#z', 'no key', { cause: new Error('ENOENT') }), { issuer: 'univ' });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      issuer: 'univ',
      error: { name: 'SignerError', code: 'signer-unavailable', message: 'no key', cause: { message: 'ENOENT' } },
    });
    logger.error('odd', 'a string was thrown');
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ error: 'a string was thrown' });
  });

  it('is left out below the level asked for', () => {
    for (const [level, expected] of [
      ['warn', ['warn', 'error']],
      ['error', ['error']],
      ['silent', []],
    ] as const) {
      const { lines, logger } = logged(level);
      logger.info('event');
      logger.warn('event');
      logger.error('event', new Error('x'));
      expect(lines.map((line) => JSON.parse(line).level)).toEqual(expected);
    }
  });
});
