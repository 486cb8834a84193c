/** Sensor power of the We-Be band: the Pulse paper and the SpO2 paper of the same group. No kernel is needed. */
import { loadBoard } from '../../boards/load.ts';
import { claim, type ClaimRow } from '../../report/claims/claim.ts';
import { pulseClaims } from '../../sim/power/pulse-claims.ts';

const board = 'we-be-class';
/** A saving that a paper may call trivial, in per cent. */
const trivialPercent = 2;

export function pulseRows(): ClaimRow[] {
  const { rows, fitted } = pulseClaims(loadBoard(board));
  return rows.map((row) => {
    const percent = row.modelPercent;
    const part = row.baseline
      ? 'four channels, sensor side with the board’s fixed part'
      : 'two channels, sensor parts and their regulators; low end: with the board’s fixed part';
    const because =
      row.role === 'fitted'
        ? `The fixed part (${fitted.mw} mW) is the one constant fitted, to ${fitted.to.join(' and ')}.`
        : row.note;
    return claim({
      system: 'pulse',
      claim: `sensor power saved, ${row.claim}`,
      published: row.publishedPercent === null ? row.publishedText! : `${row.publishedPercent} %`,
      source: row.source,
      publishedOn: 'We-Be band (parts not published)',
      modelOn: `${board}, ${part}`,
      unit: '%',
      model: { value: percent, low: row.modelLow, high: row.modelHigh },
      range:
        row.publishedPercent === null
          ? [0, trivialPercent]
          : [row.publishedPercent - 0.5, row.publishedPercent + 0.5],
      fitted: row.role === 'fitted',
      ...(because === undefined ? {} : { because }),
    });
  });
}
