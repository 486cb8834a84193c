import { describe, expect, it } from 'vitest';
import { nrf52840Ble } from '../../boards/parts/radios/nrf52840-ble.ts';
import type { BoardRadio } from '../../boards/board.ts';
import { radioMessage } from './radio.ts';

const ble: BoardRadio = { ...nrf52840Ble.fields, rail: 'vdd' };
/** The published figures are of packets alone. */
const packetUj = (bytes: number) => radioMessage(ble, bytes).microjoules.value - ble.packets!.eventUj.value;

describe('nRF52840 Bluetooth LE', () => {
  it('spends 47 uJ on 244 bytes and 12.8 uJ on 20 bytes, as the arithmetic on its datasheet gives', () => {
    expect(packetUj(244)).toBeCloseTo(47, 0);
    expect(packetUj(20)).toBeCloseTo(12.8, 1);
    expect(packetUj(244) / 244).toBeCloseTo(0.19, 2);
    expect(packetUj(20) / 20).toBeCloseTo(0.64, 2);
  });

  it('splits a long message into packets', () => {
    expect(packetUj(488)).toBeCloseTo(2 * packetUj(244), 9);
    expect(packetUj(245)).toBeGreaterThan(packetUj(244) + 7);
    expect(radioMessage(ble, 244).seconds).toBeCloseTo((261 * 8 + 300 + 80) * 1e-6, 12);
  });

  it('sends nothing for nothing', () => {
    expect(radioMessage(ble, 0)).toMatchObject({ microjoules: { value: 0, low: 0, high: 0 }, seconds: 0 });
  });

  it('goes by bytes where no packets are known', () => {
    const plain: BoardRadio = {
      title: 'x',
      rail: 'vdd',
      energyPerByteUj: { value: 0.3, unit: 'uJ/B', kind: 'model', source: 'test', low: 0.2, high: 0.6 },
    };
    expect(radioMessage(plain, 100).microjoules.high).toBeCloseTo(60, 12);
  });
});
