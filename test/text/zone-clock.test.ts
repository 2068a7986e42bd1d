import { describe, expect, it } from 'vitest';
import { createZoneClock, parseInstant } from '../../src/text/instant.js';

describe('an instant at the clocks of a zone', () => {
  it.each([
    ['2026-06-24T14:00:00Z', 'Europe/Paris', '2026-06-24T16:00:00+02:00'],
    ['2026-01-24T14:00:00Z', 'Europe/Paris', '2026-01-24T15:00:00+01:00'],
    ['2026-06-24T14:00:00Z', 'America/St_Johns', '2026-06-24T11:30:00-02:30'],
    ['2026-06-24T20:00:00Z', 'Asia/Kolkata', '2026-06-25T01:30:00+05:30'],
    ['2026-06-24T14:00:00Z', 'UTC', '2026-06-24T14:00:00Z'],
    ['1900-06-24T14:00:00Z', 'Europe/Paris', '1900-06-24T14:00:00Z'],
  ])('%s in %s is %s', (text, timeZone, shown) => {
    const instant = parseInstant(text) ?? Number.NaN;
    expect(createZoneClock(timeZone).format(instant)).toBe(shown);
    expect(parseInstant(shown)).toBe(instant);
  });
});

describe('a day in a zone', () => {
  it.each([
    ['2026-03-29', 'Europe/Paris', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['2026-10-25', 'Europe/Paris', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
    ['2026-03-29', 'Atlantic/Azores', '2026-03-29T01:00:00Z', '2026-03-30T00:00:00Z'],
    ['2026-10-25', 'Atlantic/Azores', '2026-10-25T00:00:00Z', '2026-10-26T01:00:00Z'],
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00Z', '2018-02-19T03:00:00Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z'],
  ])('%s in %s begins and ends where its clocks say so', (day, timeZone, start, end) => {
    const clock = createZoneClock(timeZone);
    expect(clock.startOfDay(day)).toBe(parseInstant(start));
    expect(clock.endOfDay(day)).toBe(parseInstant(end));
    expect(clock.dayOf(clock.startOfDay(day))).toBe(day);
    expect(clock.dayOf(clock.startOfDay(day) - 1)).not.toBe(day);
  });
});
