/** Tables of docs/validation.md on sets of loops: the errors of today beside those of first looks. */
import { placeOf, type FirstLook } from '../test/reference/tools/first-look.ts';
import { floatSet, heldOutSet, type FloatSet, type HeldOutSet } from '../test/reference/tools/kernels.ts';
import { beyond, median, percent, sorted, table } from './validation-text.ts';
import type { Comparison } from './comparisons.ts';

/** By "runtime/core". */
export type Groups = ReadonlyMap<string, readonly Comparison[]>;

/** What of the groups is of the set; groups without a loop of it are left out. */
export function ofSet(groups: Groups, set: HeldOutSet | FloatSet): Groups {
  const isOf = ({ kernel }: Comparison) => (heldOutSet(kernel) ?? floatSet(kernel)) === set;
  const own = [...groups].map(([name, group]) => [name, group.filter(isOf)] as const);
  return new Map(own.filter(([, group]) => group.length > 0));
}

export const cyclesCell = ({ predicted, cycles, error }: Comparison): string =>
  `${predicted.toFixed(0)} / ${cycles.toFixed(0)} (${percent(error)})`;
export const errorCell = ({ error }: Comparison): string => percent(error);

/** One row a kernel, one column a runtime and core. */
export function cells(groups: Groups, columns: readonly string[], text: (c: Comparison) => string): string {
  const kernels = [...new Set([...groups.values()].flat().map((c) => c.kernel))].sort();
  return table(
    ['kernel', ...columns],
    kernels.map((kernel) => [
      kernel,
      ...columns.map((name) => {
        const found = groups.get(name)!.find((c) => c.kernel === kernel);
        return found ? text(found) : '';
      }),
    ]),
  );
}

const columns = ['median', 'worst', 'beyond 25 %'];

/** One row a runtime and core: the errors of today, then those of each look. */
export function looksTable(groups: Groups, looks: readonly FirstLook[]): string {
  const labels = looks.map(({ commit }) => (commit ? `at ${commit}` : 'blind'));
  const header = ['runtime/core', 'median error', 'worst error', 'beyond 25 %'];
  const more = labels.flatMap((label) => columns.map((column) => `${column}, ${label}`));
  const rows = [...groups].map(([name, group]) => [
    name,
    ...summary(group.map((c) => c.error)),
    ...looks.flatMap((look) => summary(errorsOfLook(group, look))),
  ]);
  return table([...header, ...more], rows);
}

/** A look that said nothing of a runtime has no errors there. */
function summary(errors: readonly number[]): string[] {
  if (errors.length === 0) return columns.map(() => '–');
  const sizes = sorted(errors);
  return [percent(median(sizes)), percent(sizes.at(-1)!), String(beyond(errors))];
}

/** predicted / reference - 1 of what the look predicted. */
export function errorsOfLook(group: readonly Comparison[], look: FirstLook): number[] {
  const predicted = new Map(look.records.map((r) => [placeOf(r), r.cycles]));
  return group.flatMap((c) => {
    const found = predicted.get(placeOf(c));
    return found === undefined ? [] : [found / c.cycles - 1];
  });
}
