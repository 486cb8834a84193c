import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../common/refusals/index.ts';
import { parseRecording, readRecording } from './recording.ts';

const parse = (text: string, channels = ['bvp']) => parseRecording(text, 'r.csv', channels);

describe('parseRecording', () => {
  it('picks the channels in the given order and ignores other columns', () => {
    const { timesS, columns } = parse('x, time_s,label,y\n1,0,A,-2.5\n3,0.5,B,1e-3\n', ['y', 'x']);
    expect([...timesS]).toEqual([0, 0.5]);
    expect([...columns.keys()]).toEqual(['y', 'x']);
    expect([...columns.get('y')!]).toEqual([-2.5, 0.001]);
    expect([...columns.get('x')!]).toEqual([1, 3]);
  });

  it('takes a byte order mark, Windows line ends, blank lines, equal times and any origin', () => {
    const { timesS } = parse('\uFEFFtime_s,bvp\r\n-5.5,1\r\n\r\n-5.5,2\r\n-5.4,3\r\n\r\n');
    expect([...timesS]).toEqual([-5.5, -5.5, -5.4]);
  });

  it.each([
    ['an empty file', '', 'ESC266 r.csv is not a recording: it has no header line. Write a header'],
    ['no samples', 'time_s,bvp\n', 'ESC266 r.csv is not a recording: it has 0 samples'],
    ['one instant', 'time_s,bvp\n1,2\n1,3\n', 'ESC266 r.csv is not a recording: all its 2 samples'],
    [
      'a missing time column',
      'time,bvp\n0,1\n1,2',
      'ESC261 r.csv has no column "time_s" (it has time, bvp). Did you mean time?',
    ],
    [
      'a misspelt channel',
      'time_s,bpv\n0,1\n1,2',
      'ESC261 r.csv has no column "bvp" (it has time_s, bpv). Did you mean bpv?',
    ],
    ['a column twice', 'time_s,bvp,bvp\n0,1,2\n1,2,3', 'ESC269 r.csv names the column "bvp" twice'],
    ['text in a cell', 'time_s,bvp\n0,1\n1,high\n', 'ESC262 r.csv, line 3, column bvp: "high" is not'],
    ['a line after a blank one', 'time_s,bvp\n0,1\n\n1,x\n', 'ESC262 r.csv, line 4, column bvp: "x"'],
    ['a missing cell', 'time_s,bvp\n0,1\n1\n', 'ESC262 r.csv, line 3, column bvp: "" is not'],
    ['NaN', 'time_s,bvp\n0,nan\n1,2', 'ESC262 r.csv, line 2, column bvp: "nan"'],
    ['infinity by size', 'time_s,bvp\n0,1e999\n1,2', 'ESC262 r.csv, line 2, column bvp: "1e999"'],
    ['hexadecimal', 'time_s,bvp\n0,0x10\n1,2', 'ESC262 r.csv, line 2, column bvp: "0x10"'],
    [
      'time that goes back',
      'time_s,bvp\n0,1\n0.2,2\n0.1,3\n',
      'ESC263 r.csv, line 4: time_s is 0.1 after 0.2. Sort',
    ],
    [
      'a gap',
      'time_s,bvp\n0,1\n0.2,2\n2.7,3\n',
      'ESC265 r.csv, line 4: 2.500 s without a sample, more than the 1 s',
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => parse(text)).toThrow(Refusal);
    expect(() => parse(text)).toThrow(message);
  });
});

describe('readRecording', () => {
  it('reads a file', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'recording-')), 'r.csv');
    writeFileSync(path, 'time_s,bvp\n0,1\n0.5,2\n');
    expect([...readRecording(path, ['bvp']).columns.get('bvp')!]).toEqual([1, 2]);
  });

  it('refuses a file that is not there', () => {
    expect(() => readRecording('nowhere/r.csv', ['bvp'])).toThrow(
      'ESC260 There is no readable recording nowhere/r.csv. Check the path',
    );
  });
});
