/**
 * A turn of a recurrent pass (generator/emit/pass.ts) whose sums are gates: which constants and sums it has, and the expression
 * of each gate before its table.
 *
 * With one accumulator a gate (few inputs) a gate is one sum over both vectors. Else it is two, each with a multiplier of its own:
 *
 *     shared   gate(z, m_z, shift)                           z  = bias + W x + R h
 *     split    zX = part(zx, mx_z)                           zx = W x
 *              gateOfBoth(zX, z, m_z, shift)                 z  = bias + R h
 */
import { ACTIVATION } from '../../emit/activation-type.ts';
import type { ConstantText, Pass, PassConstant, PassSum, PassTurn, PassVector } from '../../emit/pass.ts';
import type { RecurrentLayer } from '../../graph/network.ts';
import type { Gates, IntegerGate } from './gates.ts';

/** A gate of a turn, by the name of its sum; it may meet one of both vectors only. */
export interface TurnGate {
  name: string;
  /** Its row, for the turn that begins at `unit`. */
  row(unit: number): IntegerGate;
}

export interface GateTexts {
  /** The gate before its table, for use after the products. */
  value(name: string): string;
  constant: ConstantText;
}

/** Symbols of assembly/gates.ts; `alone`: some gates meet one vector only. */
export const gateSymbols = ({ shared }: Gates, alone = false): string[] =>
  shared ? ['gate'] : [...(alone ? ['gate'] : []), 'gateOfBoth', 'part'];

/** `between`: lines after the gates that meet inputs only, before the products with the state. */
export function gateTurn(
  turnGates: readonly TurnGate[],
  { shared, shift }: Gates,
  after: (texts: GateTexts) => string[],
  between?: (texts: GateTexts) => string[],
): PassTurn {
  const gates = turnGates.map((gate) => ({ ...gate, ...partsOf(gate) }));
  const joins = shared ? [] : gates.filter(({ input, state }) => input && state);
  const constants = (
    prefix: string,
    of: readonly (typeof gates)[0][],
    value: (gate: IntegerGate, whole: (typeof gates)[0]) => number,
  ): PassConstant[] =>
    of.map((gate) => ({ name: `${prefix}_${gate.name}`, value: (unit) => value(gate.row(unit), gate) }));
  const sum = ({ name, row }: TurnGate, meets: { input: boolean; state: boolean }): PassSum => ({
    name,
    start: `bias_${name}`,
    scale: `m_${name}`,
    ...(meets.input ? { first: (unit) => row(unit).input!.weights } : {}),
    ...(meets.state ? { second: (unit) => row(unit).state!.weights } : {}),
  });
  const texts = (constant: ConstantText): GateTexts => ({
    constant,
    value: (name) =>
      joins.some((gate) => gate.name === name)
        ? `gateOfBoth(${name}X, ${name}, ${constant(`m_${name}`)}, ${shift})`
        : `gate(${name}, ${constant(`m_${name}`)}, ${shift})`,
  });
  const linesBetween = (constant: ConstantText): string[] => [
    ...joins.map(({ name }) => `const ${name}X = part(${name}x, ${constant(`mx_${name}`)});`),
    ...(between?.(texts(constant)) ?? []),
  ];
  return {
    constants: [
      ...constants('bias', gates, (row) => row.bias),
      ...constants('m', gates, (row, { state }) => (state ? row.stateMultiplier : row.inputMultiplier)),
      ...constants('mx', joins, (row) => row.inputMultiplier),
    ],
    sums: shared
      ? gates.map((gate) => sum(gate, gate))
      : [
          ...gates
            .filter(({ input }) => input)
            .map((gate) =>
              gate.state
                ? {
                    name: `${gate.name}x`,
                    scale: `mx_${gate.name}`,
                    first: (unit: number) => gate.row(unit).input!.weights,
                  }
                : sum(gate, { input: true, state: false }),
            ),
          ...gates.filter(({ state }) => state).map((gate) => sum(gate, { input: false, state: true })),
        ],
    between: joins.length > 0 || between ? linesBetween : undefined,
    after: (constant) => after(texts(constant)),
  };
}

const partsOf = ({ row }: TurnGate): { input: boolean; state: boolean } => ({
  input: row(0).input !== undefined,
  state: row(0).state !== undefined,
});

/** The vectors of a pass over inputs and states: by which parameters they come, and how their weights are stored. */
export const vectorsOf = (
  { input, hidden }: RecurrentLayer,
  { input: read, weights }: Gates,
  state = 'now',
): { first: PassVector; second: PassVector } => ({
  first: { pointer: 'x', count: input.features, elements: read.type, weights: weights.input },
  second: { pointer: state, count: hidden, elements: ACTIVATION, weights: weights.state },
});

/** What a pass over all units of a layer has in common with any other: "One step of head_rnn: 64 units, 4 inputs." */
export const stepOf = (
  layer: RecurrentLayer,
  gates: Gates,
  name: string,
  lanes: number,
): Pick<Pass, 'name' | 'title' | 'units' | 'lanes' | 'first' | 'second'> => ({
  name: `${name}_step`,
  title: `One step of ${layer.name}: ${layer.hidden} units, ${layer.input.features} input${layer.input.features > 1 ? 's' : ''}.`,
  units: layer.hidden,
  lanes,
  ...vectorsOf(layer, gates),
});
