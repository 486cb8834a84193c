/**
 * The Bluetooth LE radio of the nRF52840 at 1 Mbit/s and 0 dBm. Currents: ps_nrf52840, parameters i_radio (DC/DC; high end
 * LDO). Packets: Bluetooth Core Specification, LE 1M: preamble 1, access address 4, header 2, L2CAP 4, ATT 3, CRC 3 bytes
 * beside the payload; the answer is an empty data packet; 150 us between packets.
 */
import type { RadioPart } from '../fragment.ts';

const sheet = 'ps_nrf52840, parameters i_radio, 1 Mbit/s, 3 V';
const specification = 'Bluetooth Core Specification, LE 1M PHY and data channel packets';

export const nrf52840Ble: RadioPart = {
  id: 'nrf52840-ble',
  title: 'nRF52840 Bluetooth LE',
  datasheet: sheet,
  fields: {
    title: 'nRF52840 Bluetooth LE, 1 Mbit/s, 0 dBm',
    packets: {
      transmitMa: {
        value: 6.4,
        unit: 'mA',
        kind: 'datasheet',
        source: `${sheet}: transmit at 0 dBm with DC/DC; high end with the LDO`,
        low: 6.4,
        high: 10.8,
      },
      receiveMa: {
        value: 6.26,
        unit: 'mA',
        kind: 'datasheet',
        source: `${sheet}: receive with DC/DC; high end with the LDO`,
        low: 6.26,
        high: 10.1,
      },
      volts: { value: 3, unit: 'V', kind: 'datasheet', source: `${sheet}: test condition` },
      usPerByte: { value: 8, unit: 'us/B', kind: 'datasheet', source: specification },
      overheadBytes: { value: 17, unit: 'B', kind: 'datasheet', source: specification },
      payloadBytes: {
        value: 244,
        unit: 'B',
        kind: 'datasheet',
        source: `${specification}: 251 bytes of data length less L2CAP and ATT headers`,
      },
      acknowledgeBytes: { value: 10, unit: 'B', kind: 'datasheet', source: specification },
      interFrameUs: { value: 150, unit: 'us', kind: 'datasheet', source: specification },
      eventUj: {
        value: 5,
        unit: 'uJ',
        kind: 'assumed',
        source:
          'Crystal start, ramp-up and the CPU of the link layer in one connection event; no figure found',
        low: 0,
        high: 30,
      },
    },
  },
};
