/** One variant on one board and runtime over all rates. Wide terminals get one table, narrow ones cost and accuracy apart. */
import type { VariantReport } from '../run-report.ts';
import type { SimulationResult } from '../../sim/result.ts';
import { fixed, significant } from '../text/number.ts';
import { clock, durationBand, hertz } from '../text/quantity.ts';
import { table, type Cell, type Column } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { decisive, budgetWord } from '../view/budget.ts';
import { actualText, limitText } from '../view/closing/figures.ts';
import { PARETO_MARK, PARETO_MEANING, paretoRates } from '../view/rate-choice.ts';
import { resultsAt } from '../view/select.ts';
import { worstCaseSummary } from '../view/worst-case.ts';
import { WIDEST, type Style } from './style.ts';

interface Block {
  columns: readonly Column[];
  cells(result: SimulationResult, style: Style): Cell[];
}

const right = (header: string): Column => ({ header, align: 'right' });

/** Rates, those on the Pareto front marked. */
const rateOf = (front: ReadonlySet<number>): Block => ({
  columns: [right('rate  \nHz  ')],
  cells: ({ rateHz }) => [`${Number(rateHz.toPrecision(6))} ${front.has(rateHz) ? PARETO_MARK : ' '}`],
});

const cost: Block = {
  columns: ['latency', 'sensor\nmW', 'average\nmW', 'battery\nh', 'flash\nKiB', 'RAM\nKiB'].map(right),
  cells: ({ latencyMs, power, battery, memory }) => [
    durationBand(latencyMs),
    power.sensorMw === 0 ? '-' : significant(power.sensorMw),
    significant(power.averageMw.value),
    significant(battery.hours.value),
    significant(memory.flashBytes / 1024),
    significant(memory.ramBytes / 1024),
  ],
};

const COST_ONLY = 'cost only ¹';
const asPercent = (fraction: number): string => fixed(fraction * 100, 1);

const accuracy: Block = {
  columns: ['acc.\n%', 'FAR\n%', 'FRR\n%', 'EER\n%'].map(right),
  cells: (result, style) => {
    const rates = result.accuracy?.fixed;
    if (!rates) return [{ text: style.dim(COST_ONLY), span: 4 }];
    return [rates.accuracy, rates.far, rates.frr, rates.eer].map(asPercent);
  },
};

const evaluation: Block = {
  columns: [right('windows'), right('agree\n%'), ...accuracy.columns, right('float\nEER %')],
  cells: (result, style) => {
    if (!result.accuracy) return [{ text: style.dim(COST_ONLY), span: 7 }];
    const { windows, agreement, float } = result.accuracy;
    return [String(windows), asPercent(agreement), ...accuracy.cells(result, style), asPercent(float.eer)];
  },
};

const verdict: Block = {
  columns: [{ header: 'verdict' }],
  cells: (result, style) => [`${style.mark(result.verdict)} ${style.tint(result.verdict, result.verdict)}`],
};

function draw(blocks: readonly Block[], results: readonly SimulationResult[], style: Style): string[] {
  return table(
    blocks.flatMap((block) => block.columns),
    results.map((result) => blocks.flatMap((block) => block.cells(result, style))),
    { paintHeader: style.dim },
  );
}

/** Why a rate does not pass, one line a rate. */
function reasons(results: readonly SimulationResult[], style: Style): string[] {
  return results
    .filter((result) => result.verdict !== 'pass')
    .flatMap((result) => {
      const checks = decisive(result).map((check) =>
        check.budget === 'sensor'
          ? check.reason.replace(/\.$/, '')
          : `${budgetWord(check.budget)} ${actualText(check)} against ${limitText(check)}`,
      );
      return wrap(`${hertz(result.rateHz)}: ${checks.join('; ')}`, style.width, {
        first: `  ${style.mark(result.verdict)} `,
        rest: '    ',
      });
    });
}

/** Lines of the comparison over rates; empty when nothing was simulated there. */
export function comparison(variant: VariantReport, board: string, runtime: string, style: Style): string[] {
  const results = resultsAt(variant, { board, runtime }).sort((a, b) => a.rateHz - b.rateHz);
  const [first] = results;
  if (!first) return [];
  const title = `${variant.title} on ${board} (${first.core}, ${clock(first.clockMhz)}) with ${runtime}`;
  const front = paretoRates(variant, board, runtime);
  const rate = rateOf(front);
  const wide = draw([rate, cost, accuracy, verdict], results, style);
  const untrained = results.some((result) => !result.accuracy);
  const worst = worstCaseSummary(results);
  return [
    ...wrap(title, style.width).map(style.bold),
    ...(style.width >= WIDEST
      ? wide
      : [...draw([rate, cost, verdict], results, style), '', ...draw([rate, evaluation], results, style)]),
    style.dim(`${PARETO_MARK} ${PARETO_MEANING}`),
    ...(untrained ? [style.dim('¹ cost only: no model trained for this rate')] : []),
    ...(worst ? wrap(worst, style.width).map(style.dim) : []),
    ...reasons(results, style),
  ];
}
