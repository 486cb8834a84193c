/**
 * What sending a message costs at the radio: by packets where the radio gives them, else by bytes. A packet is its
 * payload and overhead on the air, two pauses with the receiver on, and an empty answer.
 */
import { exact, scale, sum, times, type Estimate } from '../../common/estimate.ts';
import type { SourceKind } from '../../common/sourced.ts';
import { band } from '../../boards/band.ts';
import type { BoardRadio, RadioPackets } from '../../boards/board.ts';

export interface RadioMessage {
  microjoules: Estimate;
  /** Time with the radio on, in seconds; what a byte takes at 1 Mbit/s where no packets are known. */
  seconds: number;
  kind: SourceKind;
  source: string;
}

/** Bluetooth LE at 1 Mbit/s. */
const secondsPerByte = 8e-6;

export function radioMessage(radio: BoardRadio, bytes: number): RadioMessage {
  const { packets, energyPerByteUj } = radio;
  if (packets) {
    const { microjoules, seconds } = inPackets(packets, bytes);
    const { kind, source } = packets.transmitMa;
    return { microjoules, seconds, kind, source: `${radio.title}, by packets: ${source}` };
  }
  const { kind, source } = energyPerByteUj!;
  return { microjoules: scale(band(energyPerByteUj!), bytes), seconds: bytes * secondsPerByte, kind, source };
}

function inPackets(radio: RadioPackets, bytes: number): Pick<RadioMessage, 'microjoules' | 'seconds'> {
  const count = Math.max(1, Math.ceil(bytes / radio.payloadBytes.value));
  const onAir = bytes + count * radio.overheadBytes.value;
  const sendUs = scale(band(radio.usPerByte), onAir);
  const answerUs = scale(band(radio.usPerByte), count * radio.acknowledgeBytes.value);
  const listenUs = sum([answerUs, scale(band(radio.interFrameUs), 2 * count)]);
  // mA x V x us = nJ.
  const volts = band(radio.volts);
  const sending = times(times(band(radio.transmitMa), volts), sendUs);
  const listening = times(times(band(radio.receiveMa), volts), listenUs);
  return {
    microjoules: bytes > 0 ? sum([scale(sum([sending, listening]), 1e-3), band(radio.eventUj)]) : exact(0),
    seconds: bytes > 0 ? (sendUs.value + listenUs.value) * 1e-6 : 0,
  };
}
