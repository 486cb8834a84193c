/** The answers for one choice, in large figures. */
import type { SimulationResult } from '../../../sim/result.ts';
import { significant } from '../../text/number.ts';
import { bytes, durationBand, hertz, hoursBand, percent, power, powerBand } from '../../text/quantity.ts';
import { decisive } from '../../view/budget.ts';
import { limitText } from '../../view/closing/figures.ts';
import { worstCaseText } from '../../view/worst-case.ts';
import { html, type Markup, type Renderable } from '../markup.ts';
import { verdictBadge } from './verdict.ts';

/** Splits "206 ms [185..237]" so that the band can stand smaller under the value. */
function tile(name: string, figure: string, note: Renderable, className = ''): Markup {
  const [, value = figure, range = ''] = /^(.*?)( \[.*\])?$/.exec(figure) ?? [];
  return html`<div class="tile ${className}">
    <dt>${name}</dt>
    <dd>
      <strong>${value}</strong>${range ? html`<span class="band-text">${range.trim()}</span>` : ''}<small
        >${note}</small
      >
    </dd>
  </div>`;
}

const limitNote = (result: SimulationResult, budget: 'latencyMs' | 'averageMw' | 'batteryHours'): string => {
  const check = result.checks.find((item) => item.budget === budget);
  return check ? `budget ${limitText(check)}` : '';
};

const latencyNote = (result: SimulationResult): string =>
  [limitNote(result, 'latencyMs') || 'last sample to decision', worstCaseText(result)]
    .filter((part) => part !== '')
    .join('; ');

/** Of the two memories the one that is scarcer, with the other in small print. */
function memoryTile(result: SimulationResult): Markup {
  const { memory } = result;
  const of = (budget: 'flashBytes' | 'ramBytes'): string => {
    const check = result.checks.find((item) => item.budget === budget);
    return check ? ` of ${limitText(check)}` : '';
  };
  const note = `RAM${of('ramBytes')}; flash ${bytes(memory.flashBytes)}${of('flashBytes')}`;
  return tile(
    memory.fits ? 'Memory' : 'Memory: does not fit',
    bytes(memory.ramBytes),
    note,
    memory.fits ? '' : 'fail',
  );
}

function sensorTile({ power: { sensorMw }, checks }: SimulationResult): Markup {
  const failed = checks.some((check) => check.budget === 'sensor' && check.verdict === 'fail') ? 'fail' : '';
  return sensorMw === 0
    ? tile('Sensor power', '-', 'no sensor of the pipeline runs here', failed)
    : tile('Sensor power', power(sensorMw), 'sensors with their supply', failed);
}

export function keyFigures(result: SimulationResult): Markup {
  const { accuracy, power: drawn, battery } = result;
  const reasons = [...new Set(decisive(result).map((check) => check.title))];
  const failed = (budget: string): string =>
    result.checks.find((check) => check.budget === budget && check.verdict !== 'pass')?.verdict ?? '';
  return html` <dl class="tiles">
    <div class="tile verdict ${result.verdict}">
      <dt>Verdict</dt>
      <dd>
        <strong>${verdictBadge(result.verdict)}</strong
        ><small>${result.verdict === 'pass' ? 'meets every budget' : reasons.join(', ')}</small>
      </dd>
    </div>
    ${tile('Latency', durationBand(result.latencyMs), latencyNote(result), failed('latencyMs'))}
    ${sensorTile(result)}
    ${tile('Average power', powerBand(drawn.averageMw), limitNote(result, 'averageMw') || 'everything on the board', failed('averageMw'))}
    ${tile('Battery', hoursBand(battery.hours), limitNote(result, 'batteryHours') || `of ${significant(battery.usableMwh.value)} mWh usable`, failed('batteryHours'))}
    ${memoryTile(result)}
    ${
      accuracy
        ? tile(
            'EER',
            percent(accuracy.fixed.eer),
            html`<span>FAR ${percent(accuracy.fixed.far)},</span>
              <span>FRR ${percent(accuracy.fixed.frr)}</span>`,
          )
        : tile('Accuracy', 'cost only', 'no model trained for this rate')
    }
  </dl>`;
}

/** One sentence for a screen reader when the choice changes. */
export const spoken = (result: SimulationResult): string =>
  `${result.board} with ${result.runtime} at ${hertz(result.rateHz)}: ${result.verdict}, latency ${durationBand(result.latencyMs)}.`;
