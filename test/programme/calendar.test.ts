import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar, dayNamed, spanOf } from '../../src/programme/calendar.js';
import { addDays, dayOf, formatInstant } from '../../src/text/instant.js';

describe('the days of a time zone', () => {
  it.each([
    ['Europe/Paris', '2022-09-15', '2022-09-14T22:00:00Z', '2022-09-15T22:00:00Z'],
    ['Europe/Paris', '2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['Europe/Paris', '2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
    ['Atlantic/Azores', '2026-03-29', '2026-03-29T01:00:00Z', '2026-03-30T00:00:00Z'],
    ['America/Havana', '2022-03-13', '2022-03-13T05:00:00Z', '2022-03-14T04:00:00Z'],
    ['America/Havana', '2022-11-06', '2022-11-06T04:00:00Z', '2022-11-07T05:00:00Z'],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z'],
    ['America/Sao_Paulo', '2018-02-18', '2018-02-18T03:00:00Z', '2018-02-19T03:00:00Z'],
    ['Pacific/Auckland', '2026-06-24', '2026-06-23T12:00:00Z', '2026-06-24T12:00:00Z'],
  ])('in %s %s runs from %s to %s', (timeZone, day, start, end) => {
    const calendar = createCalendar(timeZone);
    expect(formatInstant(calendar.startOfDay(day))).toBe(start);
    expect(formatInstant(calendar.endOfDay(day))).toBe(end);
    expect(calendar.endOfDay(day)).toBe(calendar.endOfDay(day));
  });

  it('leave no gap and never overlap, whatever the clocks do', () => {
    const zones = [
      'Europe/Paris',
      'Atlantic/Azores',
      'America/Havana',
      'America/Sao_Paulo',
      'Asia/Beirut',
      'Africa/Cairo',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 9000 }), (timeZone, offset) => {
        const day = addDays('2005-01-01', offset);
        const calendar = createCalendar(timeZone);
        const [start, end] = [calendar.startOfDay(day), calendar.endOfDay(day)];
        expect(dayOf(start, timeZone)).toBe(day);
        expect(dayOf(start - 1, timeZone)).toBe(addDays(day, -1));
        expect(dayOf(end - 1, timeZone)).toBe(day);
        expect(end).toBe(calendar.startOfDay(addDays(day, 1)));
      }),
      { numRuns: 150 },
    );
  });

  it('take a day as whole and an instant as itself, and nothing else as a time', () => {
    const calendar = createCalendar('Europe/Paris');
    expect(spanOf('2022-09-15', calendar)).toEqual({
      from: Date.parse('2022-09-14T22:00:00Z'),
      until: Date.parse('2022-09-15T22:00:00Z'),
    });
    const at = Date.parse('2022-09-15T22:30:00Z');
    expect(spanOf('2022-09-16T00:30:00+02:00', calendar)).toEqual({ from: at, until: at + 1 });
    for (const value of ['2022-02-30', '2022-09-15T22:30:00', 'soon', 20220915, null, undefined]) {
      expect(spanOf(value, calendar)).toBeUndefined();
      expect(dayNamed(value, 'Europe/Paris')).toBeUndefined();
    }
    expect(dayNamed('2022-09-15T22:30:00Z', 'Europe/Paris')).toBe('2022-09-16');
    expect(dayNamed('2022-09-15', 'Europe/Paris')).toBe('2022-09-15');
  });
});
