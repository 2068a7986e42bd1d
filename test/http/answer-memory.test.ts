import { describe, expect, it } from 'vitest';
import { type Answer, AnswerMemory, type Keeping } from '../../src/http/answers/answer-memory.js';
import type { LedgerEvent } from '../../src/ports/ledger.js';
import type { StoreChange } from '../../src/ports/store.js';
import { handClock } from '../storage/fixtures.js';

const answer = (text: string, bytes = text.length): Answer => ({
  body: new Uint8Array(bytes),
  headers: { 'content-type': 'text/plain', etag: `"${text}"` },
  etag: `"${text}"`,
  route: '/v/:id',
});
const aboutBadge = (name: string): Keeping => ({ about: { kind: 'credential', name } });
const ledger = (event: LedgerEvent): StoreChange => ({ shape: 'ledger', event });
const issued = (credential: string) => ledger({ kind: 'issued', issuer: 'ecole', credential, version: 1 });
const revoked = (credential: string) => ledger({ kind: 'revoked', issuer: 'ecole', credential });

function memoryOf(maxBytes = 1_000_000) {
  const clock = handClock();
  const memory = new AnswerMemory({ clock, maxBytes });
  const keep = (question: string, keeping: Keeping, bytes?: number) => {
    const making = memory.begin(question);
    making.keep(answer(question, bytes), keeping);
    making.end();
  };
  return { memory, clock, keep };
}

describe('the memory of public answers', () => {
  it('gives an answer again until its time is over, and not beyond the instant it was bounded by', () => {
    const { memory, clock, keep } = memoryOf();
    keep('page', { ...aboutBadge('a'), seconds: 5 });
    keep('ends', { ...aboutBadge('a'), seconds: 5, until: clock.now() + 1_000 });
    keep('ended', { ...aboutBadge('a'), until: clock.now() });
    expect(memory.find('page')?.etag).toBe('"page"');
    expect(memory.find('ended')).toBeUndefined();
    clock.advance(1_000);
    expect(memory.find('ends')).toBeUndefined();
    clock.advance(3_999);
    expect(memory.find('page')).toBeDefined();
    clock.advance(1);
    expect(memory.find('page')).toBeUndefined();
  });

  it('gives nothing again that the clock, set back, has not come to yet', () => {
    const { memory, clock, keep } = memoryOf();
    keep('page', aboutBadge('a'));
    clock.advance(-1);
    expect(memory.find('page')).toBeUndefined();
  });

  it.each<[string, StoreChange, string[]]>([
    ['a new version of a badge', issued('a'), ['b', 'list', 'issuer']],
    ['a row about a badge', { shape: 'log', issuer: 'ecole', topic: 'withdrawn', key: 'b' }, ['a', 'list', 'issuer']],
    ['a revocation', revoked('a'), ['b', 'issuer']],
    ['a new key', ledger({ kind: 'key-retired', issuer: 'ecole', publicKeyMultibase: 'z6Mk' }), []],
    ['an erasure', ledger({ kind: 'erased', issuer: 'ecole', refs: ['r'] }), []],
    [
      'an issuer’s record',
      { shape: 'documents', partition: { issuer: 'ecole', collection: 'issuers', name: 'record' } },
      [],
    ],
    [
      'a cohort',
      { shape: 'documents', partition: { issuer: 'ecole', collection: 'engagements', name: '2026' } },
      ['a', 'b', 'list', 'issuer'],
    ],
    ['what may have been missed', { shape: 'all' }, []],
  ])('%s leaves only what it does not touch', (_, change, left) => {
    const { memory, keep } = memoryOf();
    keep('a', aboutBadge('a'));
    keep('b', aboutBadge('b'));
    keep('list', { about: { kind: 'list', name: 'l' } });
    keep('issuer', { about: { kind: 'issuer', name: 'ecole' } });
    memory.forget(change);
    expect(['a', 'b', 'list', 'issuer'].filter((question) => memory.find(question) !== undefined)).toEqual(left);
  });

  it('does not keep what a change overtook while it was made, and keeps what none did', () => {
    const { memory } = memoryOf();
    const overtaken = memory.begin('a');
    const other = memory.begin('b');
    const all = memory.begin('c');
    memory.forget(revoked('a'));
    overtaken.keep(answer('a'), aboutBadge('a'));
    other.keep(answer('b'), aboutBadge('b'));
    memory.forget({ shape: 'all' });
    all.keep(answer('c'), aboutBadge('c'));
    expect(['a', 'b', 'c'].map((question) => memory.find(question))).toEqual([undefined, undefined, undefined]);
    const later = memory.begin('b');
    memory.forget(revoked('a'));
    later.keep(answer('b'), aboutBadge('b'));
    expect(memory.find('b')).toBeDefined();
  });

  it('keeps within its bound what was asked for last', () => {
    const { memory, keep } = memoryOf(100_000);
    for (let number = 0; number < 30; number += 1) keep(`p${number}`, aboutBadge(String(number)), 6_000);
    expect(memory.bytes).toBeLessThanOrEqual(100_000);
    expect(memory.find('p29')).toBeDefined();
    expect(memory.find('p0')).toBeUndefined();
    memory.find('p20');
    for (let number = 30; number < 40; number += 1) keep(`p${number}`, aboutBadge(String(number)), 6_000);
    expect(memory.find('p20')).toBeDefined();
    expect(memory.find('p21')).toBeUndefined();
    keep('too large', aboutBadge('x'), 50_000);
    expect(memory.find('too large')).toBeUndefined();
    memory.forget({ shape: 'all' });
    expect(memory.bytes).toBe(0);
  });

  it('is not filled by one badge that is asked for in ever new words', () => {
    const { memory, keep } = memoryOf();
    keep('other', aboutBadge('other'));
    for (let number = 0; number < 200; number += 1) keep(`a${number}`, aboutBadge('a'));
    expect(memory.find('a135')).toBeUndefined();
    expect(memory.find('a136')).toBeDefined();
    expect(memory.find('other')).toBeDefined();
  });

  it('lets one make anew what has become too old, while the others wait', async () => {
    const { memory, clock, keep } = memoryOf();
    keep('page', { ...aboutBadge('a'), seconds: 5 });
    clock.advance(5_000);
    expect(memory.renewal('page')).toBeUndefined();
    const making = memory.begin('page');
    const waiting = memory.renewal('page');
    expect(waiting).toBeDefined();
    making.keep(answer('page'), aboutBadge('a'));
    making.end();
    await waiting;
    expect(memory.find('page')).toBeDefined();
    expect(memory.renewal('page')).toBeUndefined();
    expect(memory.renewal('never asked')).toBeUndefined();
  });
});
