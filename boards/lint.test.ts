import { describe, expect, it } from 'vitest';
import { lintBoard, lintBoardText } from './lint.ts';
import { newBoardTemplate } from './template.ts';

const shown = (findings: readonly { severity: string; field: string; problem: string }[]) =>
  findings.map(({ severity, field, problem }) => `${severity} ${field}: ${problem}`);

describe('boards lint', () => {
  it('finds every error of a file, not only the first', () => {
    const text = newBoardTemplate()
      .replace('"low": 80', '"low": 180')
      .replace('"value": 117.3', '"value": 100')
      .replace('"rail": "vdd"', '"rail": "vd"');
    expect(shown(lintBoardText(text, 'my.json'))).toEqual([
      'error battery.capacityMah.low: low 180 is above the value 150',
      'error cpu.rail: there is no rail "vd"',
      'error sensors.ppg.settings.pulseWidthUs: 100 us is not a pulse width of the MAX86141',
    ]);
  });

  it('warns of placeholders and of ranges that decide verdicts', () => {
    const findings = lintBoardText(newBoardTemplate(), 'my.json');
    expect(findings.every((finding) => finding.severity === 'warning')).toBe(true);
    expect(shown(findings)).toContain('warning battery.capacityMah: the source is a placeholder');
    expect(shown(findings)).toContain('warning baseline.mw: known only from 0.1 to 30 mW');
  });

  it('warns of rates that a part does not make and fails those it cannot reach', () => {
    const findings = shown(
      lintBoard('we-be-class', [20, 25, 1024]).filter((finding) => finding.field === 'sensors.ppg'),
    );
    expect(findings).toEqual([
      'warning sensors.ppg: 20 Hz is not a rate of max86141: it runs at 24.995 Hz and the host resamples',
      'error sensors.ppg: max86141 reaches 512 Hz at most with these settings, below the 1024 Hz asked for',
    ]);
  });

  it('refuses an unknown board by name', () => {
    expect(() => lintBoard('we-be-clas')).toThrow('ESC401');
  });
});

describe('boards new', () => {
  it('starts with a file that is valid as it is, under the given id', () => {
    const text = newBoardTemplate('wrist-7');
    expect(text).toContain('"id": "wrist-7"');
    expect(lintBoardText(text, 'wrist-7.jsonc').filter((finding) => finding.severity === 'error')).toEqual(
      [],
    );
  });
});
