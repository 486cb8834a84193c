/** The text of `escapement tune`: the trade-off curve as a table, the chosen point, and how it does on windows not chosen on. */
import { bytes, count, durationBand, percent } from '../../report/text/quantity.ts';
import { table } from '../../report/text/table.ts';
import type { OperatingRates } from '../../generator/verify/trials.ts';
import type { TuneReport } from './tune-report.ts';

const BAR = 20;
/** What a choice is held against: weights of 8 bits, activations of 16. */
const UNIFORM = 'uniform 8';

export function tuneText(report: TuneReport): string {
  const { points, float, chosen, minimise } = report;
  const cost = (p: (typeof points)[0]): number => (minimise === 'ram' ? p.ramBytes : p.cycles.value);
  const most = Math.max(...points.map(cost));
  const sorted = points.toSorted((a, b) => cost(a) - cost(b));
  const right = (header: string) => ({ header, align: 'right' as const });
  const of = (r: OperatingRates) => [percent(r.eer, 2), percent(r.far, 2), percent(r.frr, 2)];
  const picked = points.find((p) => p.label === chosen)!;
  const base = points.find((p) => p.label === UNIFORM) ?? points[0]!;
  const saved = (what: string, now: number, then: number) =>
    `${what} ${now === then ? '' : now < then ? '-' : '+'}${percent(Math.abs(now / then - 1), 1)}`;
  const rates = (title: string, r: { choosing: OperatingRates; reporting: OperatingRates }) =>
    (['choosing', 'reporting'] as const).map((half) => {
      const { eer, far, frr, refit, trials } = r[half];
      return [title, half, count(trials), ...[eer, far, frr, refit.far, refit.frr].map((v) => percent(v, 2))];
    });
  return [
    `${report.model} on ${report.board} under ${report.runtime}, least ${minimise === 'ram' ? 'RAM' : 'cycles'} with FAR, FRR and EER ` +
      `within ${report.maxDriftPoints} points of the float model`,
    'Half of the test windows choose, the other half reports; rates below are those of the choosing half, at the fixed threshold.',
    '',
    ...table(
      [
        { header: 'widths' },
        { header: minimise === 'ram' ? 'RAM' : 'cycles' },
        right('RAM'),
        right('constants'),
        right('cycles'),
        right('EER'),
        right('FAR'),
        right('FRR'),
        { header: '' },
      ],
      sorted.map((p) => [
        p.label,
        '█'.repeat(Math.max(1, Math.round((BAR * cost(p)) / most))),
        bytes(p.ramBytes),
        bytes(p.constantBytes),
        count(p.cycles.value),
        ...of(p.choosing),
        p.label === chosen ? 'chosen' : p.acceptable ? '' : 'drifts',
      ]),
    ),
    '',
    ...table(
      [
        { header: '' },
        { header: 'windows' },
        right('trials'),
        right('EER'),
        right('FAR'),
        right('FRR'),
        right('FAR\nrefitted'),
        right('FRR\nrefitted'),
      ],
      [
        ...rates('float', float),
        ...rates(base.label, base),
        ...(picked === base ? [] : rates('chosen', picked)),
      ],
    ),
    'Refitted: at the threshold where both meet on these windows, chosen after the fact.',
    '',
    `chosen: ${Object.entries(report.widths)
      .map(([name, bits]) => `${name} ${bits}`)
      .join(', ')}`,
    `against ${base.label}: ${[
      saved('RAM', picked.ramBytes, base.ramBytes),
      saved('constants', picked.constantBytes, base.constantBytes),
      saved('cycles', picked.cycles.value, base.cycles.value),
    ].join(', ')}; latency ${durationBand(picked.latencyMs)}`,
    `wrote ${report.file}: compile with --widths, or copy "widths" into the model of the pipeline`,
    '',
  ].join('\n');
}
