import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sensorsOf } from './board.ts';
import { boardIds, listBoards, loadBoard, parseBoard } from './load.ts';
import { newBoardTemplate } from './template.ts';
import { boardWithoutParts } from './testing/without-parts.ts';

const template = boardWithoutParts('my-board');
const broken = (from: string, to: string) => {
  expect(template).toContain(from);
  return () => parseBoard(template.replace(from, to), 'my.json');
};

describe('the boards that come with Escapement', () => {
  it('are the five of the examples', () => {
    expect(boardIds()).toEqual([
      'moto-360-1st-gen',
      'moto-360-sport',
      'samsung-gear-live',
      'sony-smartwatch-3',
      'we-be-class',
    ]);
    expect(listBoards().map((board) => board.id)).toEqual(boardIds());
  });

  it('carry the published facts', () => {
    const sony = loadBoard('sony-smartwatch-3');
    expect(sony.cpu).toMatchObject({ chip: 'Broadcom BCM23550', core: 'cortex-a7' });
    expect(sony.cpu.cores.value).toBe(4);
    expect(sony.cpu.clock.usedMhz.value).toBe(1200);
    expect(sony.battery.capacityMah.value).toBe(420);
    expect(sensorsOf(sony)).toEqual(['accelerometer', 'gyroscope']);
    const moto = loadBoard('moto-360-1st-gen');
    expect(moto.cpu).toMatchObject({ core: 'cortex-a8' });
    expect(moto.cpu.cores.value).toBe(1);
    expect(moto.sensors.ppg?.part).toBe('afe4490');
    expect(loadBoard('samsung-gear-live').cpu.chip).toContain('APQ8026');
    const webe = loadBoard('we-be-class');
    expect(webe.memory.ram.totalBytes?.value).toBe(256 * 1024);
    expect(webe.memory.flash.totalBytes?.value).toBe(1024 * 1024);
    expect(webe.cpu.clock.usedMhz.value).toBe(64);
  });

  it('says plainly that the We-Be class board is assumed', () => {
    const board = loadBoard('we-be-class');
    expect(board.standing).toBe('assumed');
    expect(board.title).toContain('assumed');
    expect(board.notes[0]).toMatch(/^This is an assumed board\./);
  });
});

describe('a board file of one’s own', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'escapement-board-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('loads by path, comments and all', () => {
    const path = join(folder, 'mine.jsonc');
    writeFileSync(path, template);
    expect(loadBoard(path).id).toBe('my-board');
  });

  it('ESC401 names the nearest board', () => {
    expect(() => loadBoard('we-be-clas')).toThrow(
      /^ESC401 There is no board "we-be-clas"\. Did you mean "we-be-class"\?/,
    );
    expect(() => loadBoard('foo')).toThrow(
      /^ESC401 .* Use one of moto-360-1st-gen, .* or the path of a board file\.$/,
    );
  });

  it('ESC402 says why a file cannot be read', () => {
    expect(() => loadBoard(join(folder, 'none.json'))).toThrow(
      /^ESC402 .*none\.json cannot be read \(there is no such file\)/,
    );
    expect(() => loadBoard(`${folder}/`)).toThrow(/^ESC402 .*\(it is a folder\)/);
  });

  it('ESC403 gives line and column of a syntax fault', () => {
    const line = template.split('\n').findIndex((text) => text.includes('"core": "cortex-m4"')) + 1;
    expect(broken('"core": "cortex-m4",', '"core": "cortex-m4"')).toThrow(
      new RegExp(`^ESC403 Board file my\\.json is not JSON at line ${line + 1}, column 5: .*trailing commas`),
    );
  });

  it('ESC404 names an unknown key and the one that was meant', () => {
    expect(broken('"ledCurrentMa"', '"ledCurentMa"')).toThrow(
      'ESC404 Board file my.json, sensors.ppg.settings.ledCurentMa: "ledCurentMa" is not a field here. Did you mean "ledCurrentMa"?',
    );
    expect(broken('"battery": {', '"x": 1, "battery": {')).toThrow(
      /, x: .* Remove it, or use one of .*battery/,
    );
    expect(broken('"currentMa": {', '"currentmA": {')).toThrow(
      /cpu\.active\.currentmA: .* Did you mean "currentMa"\?/,
    );
  });

  it.each([
    [
      'a wrong unit',
      '"unit": "mAh"',
      '"unit": "Ah"',
      'battery.capacityMah.unit: "Ah" is not allowed here. Use "mAh".',
    ],
    [
      'a wrong kind',
      '"kind": "assumed", "source": "lithium',
      '"kind": "asumed", "source": "lithium',
      'battery.volts.kind: "asumed" is not allowed here. Did you mean "assumed"?',
    ],
    [
      'a missing source',
      '"source": "lithium polymer cell", ',
      '',
      'battery.volts.source: this field is missing. Say where the number comes from',
    ],
    [
      'an empty source',
      '"source": "lithium polymer cell"',
      '"source": " "',
      'battery.volts.source: the source is empty.',
    ],
    [
      'an assumption without a range',
      ', "low": 80, "high": 300',
      '',
      'battery.capacityMah.low: an assumed number needs a range.',
    ],
    [
      'half a range',
      '"source": "test condition of the same table" },',
      '"source": "test condition of the same table", "low": 1 },',
      'cpu.active.volts.high: a range has two ends.',
    ],
    [
      'low above value',
      '"low": 80',
      '"low": 180',
      'battery.capacityMah.low: low 180 is above the value 150.',
    ],
    [
      'high below value',
      '"high": 300',
      '"high": 100',
      'battery.capacityMah.high: high 100 is below the value 150.',
    ],
    [
      'a negative number',
      '"value": 3.3, "unit": "mA"',
      '"value": -3.3, "unit": "mA"',
      'cpu.active.currentMa.value: -3.3 mA is not positive.',
    ],
    [
      'a share above one',
      '"value": 0.85',
      '"value": 85',
      'rails.5v.efficiency.value: 85 is more than the whole. Give a share between 0 and 1',
    ],
    [
      'half a core',
      '"cores": { "value": 1,',
      '"cores": { "value": 1.5,',
      'cpu.cores.value: 1.5 is not a count.',
    ],
    [
      'a bare number',
      '"cores": { "value": 1, "unit": "1", "kind": "datasheet", "source": "vendor product specification" }',
      '"cores": 1',
      'cpu.cores: 1 is not an object. Write { "value", "unit", "kind", "source" }',
    ],
    [
      'text for a number',
      '"value": 150',
      '"value": "150"',
      'battery.capacityMah.value: "150" is not a number.',
    ],
    [
      'an unknown core',
      '"core": "cortex-m4"',
      '"core": "cortex-m5"',
      'cpu.core: "cortex-m5" is not allowed here. Did you mean "cortex-m4"?',
    ],
    [
      'an unknown law',
      '"law": "supply-current"',
      '"law": "suply-current"',
      'cpu.active.law: "suply-current" is not allowed here. Did you mean "supply-current"?',
    ],
    [
      'a clock above the maximum',
      '"usedMhz": { "value": 64',
      '"usedMhz": { "value": 65',
      'cpu.clock.usedMhz.value: 65 MHz is above the maximum 64 MHz.',
    ],
    [
      'a rail that is not there',
      '"vdd": "1v8", "led"',
      '"vdd": "1v9", "led"',
      'sensors.ppg.supplies.vdd: there is no rail "1v9". Did you mean "1v8"?',
    ],
    [
      'a pin without a rail',
      '"vdd": "1v8", "led": "5v"',
      '"vdd": "1v8"',
      'sensors.ppg.supplies.led: supply pin "led" of max86141 has no rail.',
    ],
    [
      'a pin that is not there',
      '"led": "5v"',
      '"led": "5v", "vio": "1v8"',
      'sensors.ppg.supplies.vio: max86141 has no supply pin "vio".',
    ],
    [
      'a setting that the part lacks',
      '"value": 117.3',
      '"value": 100',
      'sensors.ppg.settings.pulseWidthUs: 100 us is not a pulse width of the MAX86141. Use one of 14.8, 29.4, 58.7, 117.3 us.',
    ],
    ['an id with blanks', '"id": "my-board"', '"id": "My Board"', 'id: "My Board" is not an id.'],
  ])('ESC404 refuses %s', (_name, from, to, text) => {
    expect(broken(from, to)).toThrow(`ESC404 Board file my.json, ${text}`);
  });

  it('ESC404 refuses what is no board at all', () => {
    expect(() => parseBoard('5', 'my.json')).toThrow(
      'ESC404 Board file my.json, (top): 5 is not an object. Give an object.',
    );
    expect(() => parseBoard('[]', 'my.json')).toThrow(
      'ESC404 Board file my.json, (top): [] is not an object.',
    );
    expect(() => parseBoard('{"cpu": {"active": null}}', 'my.json')).toThrow('ESC404');
  });

  it('ESC405 names the nearest part', () => {
    expect(broken('"part": "max86141"', '"part": "max86140"')).toThrow(
      'ESC405 Board file my.json, sensors.ppg.part: there is no part "max86140". Did you mean "max86141"? Known parts: afe4490, generic-ppg, max86141.',
    );
    expect(broken('"regulator": "small-buck"', '"regulator": "smal-buck"')).toThrow(
      'ESC405 Board file my.json, rails.vdd.regulator: there is no part "smal-buck". Did you mean "small-buck"?',
    );
    expect(broken('"cell": "lithium-polymer"', '"cell": "lead"')).toThrow(
      'ESC405 Board file my.json, battery.cell: there is no part "lead". Known parts: lithium-polymer.',
    );
  });
});

const composed = (from = '', to = '') => parseBoard(newBoardTemplate().replace(from, to), 'my.json');

describe('a board composed of parts', () => {
  it('has every field of its parts', () => {
    const board = composed();
    expect(board.cpu).toMatchObject({ chip: 'nRF52840', core: 'cortex-m4', part: 'nrf52840' });
    expect(board.cpu.clock.usedMhz.value).toBe(64);
    expect(board.cpu.active.law).toBe('supply-current');
    expect(board.rails.vdd!.efficiency.value).toBe(0.9);
    expect(board.battery.volts.value).toBe(3.7);
    expect(board.battery.ageing.low).toBe(0.8);
    expect(board.radio!.packets!.payloadBytes.value).toBe(244);
  });

  it('lets the file win, down to one field of the clock', () => {
    const own = '{ "value": 32, "unit": "MHz", "kind": "measured", "source": "oscilloscope" }';
    const board = composed('"part": "nrf52840",', `"part": "nrf52840", "clock": { "usedMhz": ${own} },`);
    expect(board.cpu.clock.usedMhz).toMatchObject({ value: 32, kind: 'measured' });
    expect(board.cpu.clock.maxMhz.value).toBe(64);
    const law = composed('"regulator": "small-buck"', '"regulator": "linear"');
    expect(law.rails.vdd!.efficiency).toMatchObject({ kind: 'model' });
    expect(law.rails.vdd!.efficiency.value).toBeCloseTo(3 / 3.7, 5);
  });

  it('ESC404 names a field that neither file nor part gives', () => {
    expect(() => composed('"part": "nrf52840",', '')).toThrow(
      'ESC404 Board file my.json, cpu.chip: this field is missing. Add "chip", or name the part of a CPU that has it.',
    );
    expect(() => composed(',\n      "regulator": "small-buck"', '')).toThrow(
      /rails\.vdd\.efficiency: this field is missing\. .*regulator/,
    );
    expect(() => composed('"part": "nrf52840-ble", ', '')).toThrow(/radio\.title: this field is missing/);
  });
});
