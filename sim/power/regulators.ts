/** What the regulators of the rails lose: load x (1 / efficiency - 1), told apart by sensor side and rest. */
import { sum, type Estimate } from '../../common/estimate.ts';
import { band } from '../../boards/band.ts';
import type { Board } from '../../boards/board.ts';
import type { Load } from './loads.ts';

export function regulatorLoads(board: Board, loads: readonly Load[]): Load[] {
  const loss = (sensor: boolean): Load[] => {
    const fed = loads.filter((load) => load.sensor === sensor && load.rail !== null);
    if (fed.length === 0) return [];
    const rails = [...new Set(fed.map((load) => load.rail!))].sort();
    return [
      {
        name: sensor ? 'regulators, sensor side' : 'regulators, cpu and radio',
        rail: null,
        mw: sum(fed.map((load) => lossOf(load.mw, band(board.rails[load.rail!]!.efficiency)))),
        kind: 'assumed',
        source: rails.map((rail) => `rail ${rail}: ${board.rails[rail]!.efficiency.source}`).join('; '),
        sensor,
      },
    ];
  };
  return [...loss(true), ...loss(false)];
}

const lossOf = (load: Estimate, efficiency: Estimate): Estimate => ({
  value: load.value * (1 / efficiency.value - 1),
  low: load.low * (1 / efficiency.high - 1),
  high: load.high * (1 / efficiency.low - 1),
});
