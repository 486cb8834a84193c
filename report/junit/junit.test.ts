import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureCheck } from '../testing/fixture-check.ts';
import { parseXml } from '../testing/parse-xml.ts';
import { junitXml } from './junit.ts';

describe('JUnit XML', () => {
  const root = parseXml(junitXml([fixtureCheck]));
  const [suite] = root.children;

  it('counts tests and failures as its cases are, undecided among them', () => {
    expect(root.name).toBe('testsuites');
    expect(root.attributes).toMatchObject({ tests: '3', failures: '2', errors: '0', skipped: '0' });
    expect(suite!.attributes).toMatchObject({
      name: 'pulse/25hz on we-be-class with wasm3 at 25 Hz',
      tests: '3',
    });
    expect(
      suite!.children
        .flatMap(({ children }) => children)
        .map(({ name, attributes }) => [name, attributes.type]),
    ).toEqual([
      ['failure', 'fail'],
      ['failure', 'undecided'],
      ['system-out', undefined],
    ]);
  });

  it('keeps text whole and names the place', () => {
    const [first] = suite!.children;
    expect(first!.attributes).toMatchObject({ name: 'latency', file: 'my pipeline.json', line: '12' });
    expect(first!.children[0]!.text).toBe(fixtureCheck.cases[0]!.reason);
    expect(first!.children[0]!.attributes.message).toBe(fixtureCheck.cases[0]!.reason);
  });

  it('is well-formed whatever a reason holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (reason) => {
        const [, ...others] = fixtureCheck.cases;
        const xml = junitXml([
          { ...fixtureCheck, cases: [{ ...fixtureCheck.cases[0]!, reason }, ...others] },
        ]);
        expect(parseXml(xml).children[0]!.children).toHaveLength(3);
      }),
    );
  });
});
