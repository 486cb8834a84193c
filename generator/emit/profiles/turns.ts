/** The function of a pass that goes over its units turn by turn: what the profiles aot and interp have in common. */
import {
  layoutOf,
  packRecords,
  parametersOf,
  passComment,
  type ConstantText,
  type Pass,
  type PassTurn,
  type RecordLayout,
  type ShapedPass,
} from '../pass.ts';
import { indent, loadText } from '../text/code.ts';

/** Lines of one turn, up to where the pointers move on. */
export type TurnLines = (turn: PassTurn, layout: RecordLayout, constant: ConstantText) => string[];

/** `before`: lines before the first turn, made once those of the turns are known. */
export function passInTurns(pass: Pass, lines: TurnLines, before: () => string[]): Omit<ShapedPass, 'words'> {
  const { units, lanes, walks } = pass;
  const [full, rest] = [Math.floor(units / lanes), units % lanes];
  const driver = walks[0]!;
  const turn = (count: number, last: boolean): string[] => {
    const shape = pass.turn(count);
    const layout = layoutOf(pass, shape);
    const constant = (name: string): string => loadText('i32', 'unit', layout.offsetOf.get(name)!);
    const moves = [
      `unit += ${layout.bytes};`,
      ...walks.map((walk) => `${walk.name} += ${walk.bytes * count};`),
    ];
    return indent([...lines(shape, layout, constant), ...(last ? [] : moves)]);
  };
  const loop = (): string[] => [
    `const end = ${driver.name} + ${full * lanes * driver.bytes};`,
    'do {',
    ...turn(lanes, false),
    `} while (${driver.name} < end);`,
  ];
  const body = [
    ...(full > 1 ? loop() : full === 1 ? ['{', ...turn(lanes, rest === 0), '}'] : []),
    ...(rest > 0 ? ['{', ...turn(rest, true), '}'] : []),
  ];
  const parameters = parametersOf(pass);
  return {
    lines: [
      ...passComment(pass),
      `function ${pass.name}(${parameters.map((name) => `${name}: usize`).join(', ')}): void {`,
      ...indent([
        ...before(),
        ...walks.flatMap((walk) => (walk.from ? [`let ${walk.name} = ${walk.from};`] : [])),
        ...body,
      ]),
      '}',
    ],
    parameters,
    records: packRecords(pass),
  };
}
