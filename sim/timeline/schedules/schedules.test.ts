import { describe, expect, it } from 'vitest';
import { listSchedules, loadSchedule, parseSchedule, scheduleIds } from './index.ts';

const file = (over: object = {}, segment: object = {}) =>
  JSON.stringify({
    id: 'mine',
    title: 'mine',
    source: 'test',
    segments: [{ label: 'a', from: '07:30', minutes: 2, decisions: 'one', ...segment }],
    ...over,
  });
const refusing = (text: string) => () => parseSchedule(text, 'mine.json');

describe('schedules', () => {
  it('are the four workloads of the examples, each under its id and with a source', () => {
    expect(scheduleIds()).toEqual(['continuous', 'password-events', 'phone-and-watch', 'typing-sessions']);
    for (const schedule of listSchedules()) {
      expect(scheduleIds()).toContain(schedule.id);
      expect(schedule.source.length).toBeGreaterThan(20);
    }
  });

  it('are written out: 64 unlocks, a quarter of an hour apart', () => {
    const { segments } = loadSchedule('password-events');
    expect(segments).toHaveLength(64);
    expect(segments[0]).toMatchObject({ startS: 7 * 3600, endS: 7 * 3600 + 60, decisions: 'one' });
    expect(segments[63]).toMatchObject({ startS: 22 * 3600 + 45 * 60 });
    expect(loadSchedule('continuous').segments).toEqual([
      { label: 'worn', decisions: 'every-hop', warm: true, startS: 0, endS: 86_400 },
    ]);
    const typing = loadSchedule('typing-sessions').segments.reduce(
      (sum, { startS, endS }) => sum + endS - startS,
      0,
    );
    expect(typing).toBe(3.25 * 3600);
  });

  it('may be files of one’s own, with comments', () => {
    expect(parseSchedule(`// my day\n${file()}`, 'mine.jsonc').segments[0]).toMatchObject({
      startS: 27_000,
      endS: 27_120,
    });
  });

  it('ESC416 names the nearest workload', () => {
    expect(() => loadSchedule('continous')).toThrow(/^ESC416 .*"continous"\. Did you mean "continuous"\?/);
    expect(() => loadSchedule('xyz')).toThrow(/^ESC416 .* Use one of continuous, .* path of a schedule file/);
  });

  it('ESC417 says why a file cannot be read', () => {
    expect(() => loadSchedule('/nowhere/day.json')).toThrow(/^ESC417 .* no such file\. Give a JSON file/);
    expect(refusing('{ "id": }')).toThrow(/^ESC417 .* not JSON at line 1, column 9/);
  });

  it('ESC418 names the field that does not fit', () => {
    expect(refusing(file({}, { decisions: 'always' }))).toThrow(
      'ESC418 Schedule mine.json, segments[0].decisions: "always" is not allowed here. Use "every-hop", "one".',
    );
    expect(refusing(file({ sorce: 'x' }))).toThrow(
      /sorce: "sorce" is not a field here\. Did you mean "source"/,
    );
    expect(refusing(file({}, { from: '7.30' }))).toThrow(/segments\[0\]\.from: /);
  });

  it('ESC411 refuses days that overlap or do not end', () => {
    expect(refusing(file({}, { repeat: { everyMinutes: 1, times: 3 } }))).toThrow(
      /^ESC411 .* starts before the one before/,
    );
    expect(refusing(file({}, { minutes: 0 }))).toThrow(/^ESC411 .* does not end after it starts/);
    expect(refusing(file({}, { from: '23:59', minutes: 5 }))).toThrow(/^ESC411 .* ends after midnight/);
  });
});
