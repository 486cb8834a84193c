/** Columns over rates: the frame that power and battery share. */
import type { SimulationResult } from '../../../sim/result.ts';
import { plainNumber } from '../../text/number.ts';
import { svg, type Markup, type Renderable } from '../markup.ts';
import { at, linear, linearTicks, type Scale } from './scale.ts';

export const BARS = { width: 360, height: 270, left: 40, right: 356, top: 24, bottom: 226 } as const;

export interface BarFrame {
  y: Scale;
  /** Left edge and width of the bar of one rate. */
  bar(index: number): { x: number; width: number; centre: number };
  /** Grid, axis and rate labels. */
  frame: Markup;
}

/** `maximum` in the unit of the y axis; the rate of `chosen` is set off. */
export function barFrame(
  results: readonly SimulationResult[],
  maximum: number,
  unit: string,
  chosenHz: number,
): BarFrame {
  const { left, right, top, bottom } = BARS;
  const y = linear([0, maximum || 1], [bottom, top]);
  const slot = (right - left) / Math.max(1, results.length);
  const width = Math.min(64, slot * 0.56);
  const bar = (index: number) => {
    const centre = left + slot * (index + 0.5);
    return { x: centre - width / 2, width, centre };
  };
  const label = (result: SimulationResult, index: number): Renderable => {
    const name = result.rateHz === chosenHz ? 'tick strong' : 'tick';
    return svg`
<text class="${name}" x="${at(bar(index).centre)}" y="${bottom + 17}" text-anchor="middle">${plainNumber(result.rateHz)} Hz</text>${
      result.trainedForRate
        ? ''
        : svg`<text class="tick faint" x="${at(bar(index).centre)}" y="${bottom + 32}" text-anchor="middle">cost only</text>`
    }`;
  };
  const frame = svg`${linearTicks(maximum).map(
    (tick) =>
      svg`
<line class="grid" x1="${left}" x2="${right}" y1="${at(y(tick))}" y2="${at(y(tick))}"/>
<text class="tick" x="${left - 7}" y="${at(y(tick) + 4)}" text-anchor="end">${plainNumber(tick)}</text>`,
  )}<text class="axis" x="${left - 7}" y="${top - 9}" text-anchor="end">${unit}</text>
<line class="base" x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}"/>${results.map(label)}`;
  return { y, bar, frame };
}

/** The band of a total as a whisker. */
export function whisker(centre: number, low: number, high: number, y: Scale): Renderable {
  if (low === high) return '';
  const [bottom, top] = [at(y(low)), at(y(high))];
  return svg`<path class="whisker" d="M${at(centre - 6)} ${top}h12M${at(centre)} ${top}V${bottom}M${at(centre - 6)} ${bottom}h12"/>`;
}
