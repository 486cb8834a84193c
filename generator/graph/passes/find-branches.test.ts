import { describe, expect, it } from 'vitest';
import type { Layer, View } from '../network.ts';
import { findBranches } from './find-branches.ts';

const view = (buffer: string, offset = 0, features = 2): View => ({ buffer, offset, steps: 1, features });
const layer = (name: string, input: View, output: View): Layer => ({
  kind: 'activation',
  name,
  activation: 'tanh',
  input,
  output,
});
const groups = (layers: Layer[]): string[] =>
  findBranches(layers).map(({ name, parallel }) =>
    parallel ? `${name}:${parallel.group}/${parallel.branch}` : name,
  );

describe('findBranches', () => {
  it('a chain has none', () => {
    expect(groups([layer('a', view('x'), view('a')), layer('b', view('a'), view('b'))])).toEqual(['a', 'b']);
  });

  it('branches share what is before them and meet in one buffer', () => {
    expect(
      groups([
        layer('pre', view('x'), view('p', 0, 4)),
        layer('a1', view('p', 0), view('a')),
        layer('a2', view('a'), view('j', 0)),
        layer('b1', view('p', 2), view('j', 2)),
        layer('head', view('j', 0, 4), view('y')),
      ]),
    ).toEqual(['pre', 'a1:0/0', 'a2:0/0', 'b1:0/1', 'head']);
  });

  it('reads of different parts of a buffer do not depend on each other', () => {
    expect(
      groups([
        layer('a', view('x'), view('j', 0)),
        layer('b', view('j', 0), view('k')),
        layer('c', view('x'), view('j', 2)),
      ]),
    ).toEqual(['a', 'b', 'c']);
  });

  it('a shortcut around a layer is no branch of its own', () => {
    const concat: Layer = {
      kind: 'concat',
      name: 'join',
      inputs: [view('a'), view('b')],
      output: view('j', 0, 4),
    };
    expect(groups([layer('a', view('x'), view('a')), layer('b', view('a'), view('b')), concat])).toEqual([
      'a',
      'b',
      'join',
    ]);
  });

  it('two joins one after the other are two groups, numbered from the end', () => {
    const fork = (from: string, name: string): Layer[] => [
      layer(`${name}0`, view(from), view(name, 0)),
      layer(`${name}1`, view(from), view(name, 2)),
      layer(`${name}j`, view(name, 0, 4), view(`${name}out`)),
    ];
    expect(groups([...fork('x', 'm'), ...fork('mout', 'n')])).toEqual([
      'm0:1/0',
      'm1:1/1',
      'mj',
      'n0:0/0',
      'n1:0/1',
      'nj',
    ]);
  });
});
