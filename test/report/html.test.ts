import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { explorer } from '../../report/html/explorer.ts';
import { DATA_ELEMENT, decodeSystems } from '../../report/html/page-data.ts';
import { htmlReport } from '../../report/html/page.ts';
import { fixtureReport } from '../../report/testing/fixture.ts';
import { boardsOf, ratesOf, runtimesOf } from '../../report/view/select.ts';
import { ATTACKS, hostileReport } from './hostile.ts';
import { parseHtml } from './parse-html.ts';

const report = fixtureReport();
const page = htmlReport(report);
const elements = parseHtml(page);
const named = (name: string) => elements.filter((element) => element.name === name);

describe('htmlReport', () => {
  it('is well formed, with ids that are unique and references that lead somewhere', () => {
    const ids = elements.flatMap(({ attributes }) => (attributes.id === undefined ? [] : [attributes.id]));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of named('a')) expect(ids).toContain(attributes.href!.slice(1));
  });

  it('asks for nothing from elsewhere', () => {
    for (const { name, attributes, text } of elements) {
      expect(attributes).not.toHaveProperty('src');
      expect(attributes).not.toHaveProperty('style');
      if (attributes.href !== undefined) expect(attributes.href).toMatch(/^#/);
      if (name === 'style') expect(text).not.toMatch(/url\(|@import|@font-face/);
      if (name === 'script' && attributes.type === undefined)
        expect(text).not.toMatch(/fetch\(|XMLHttpRequest|WebSocket|import\(|https?:/);
    }
    expect(named('link')).toEqual([]);
  });

  it('lets only its own script and style run', () => {
    const policy = named('meta').find((meta) => meta.attributes['http-equiv'])!.attributes.content!;
    expect(policy).toContain('default-src &#39;none&#39;');
    const scripts = named('script').filter(({ attributes }) => attributes.type === undefined);
    expect([scripts.length, named('style').length]).toEqual([1, 1]);
    for (const { text } of [...scripts, ...named('style')])
      expect(policy).toContain(createHash('sha256').update(text).digest('base64'));
  });

  it('is the same bytes for the same report, and small', () => {
    expect(htmlReport(fixtureReport())).toBe(page);
    expect(Buffer.byteLength(page)).toBeLessThan(450_000);
  });

  it('draws where each buffer lies in each stage, and says how near a sum comes to its limit', () => {
    const [system] = report.systems;
    const [variant] = system!.variants;
    const view = (rateHz: number): string =>
      explorer(system!, { variant: variant!.id, board: 'we-be-class', runtime: 'wasm2c', rateHz }).text;
    // The states of 80 and of 100 steps, 128 bytes each.
    expect(view(20)).toContain('<title>states: 80 x 64: 10.0 KiB from');
    expect(view(25)).toContain('<title>states: 100 x 64: 12.5 KiB from');
    expect(view(25)).toMatch(/attention score, stays at\s+99.9 %/);
  });

  it('says without JavaScript what matters: every verdict, every rate, every source of the opening choice', () => {
    const text = page.slice(0, page.indexOf(`id="${DATA_ELEMENT}"`));
    const cells = named('a').map(({ attributes: a }) =>
      [a['data-system'], a['data-variant'], a['data-board'], a['data-runtime'], a['data-rate']].join(' '),
    );
    report.systems.forEach(({ variants }, system) => {
      for (const { id, results } of variants)
        for (const { board, runtime, rateHz } of results.filter((result) => result.rateHz === 25))
          expect(cells).toContain(`${system} ${id} ${board} ${runtime} ${rateHz}`);
    });
    expect(text).toContain('cost only: no model trained for this rate');
    expect(text).toContain('no measurement of this board was found');
    expect(text).toContain('no interpreter meets 500 ms (nearest: wamr-fast, 4.99 s)');
    expect(text).not.toContain('cycle-accurate');
  });

  it('names every chart for those who cannot see it', () => {
    for (const { attributes } of named('svg'))
      expect(attributes['aria-hidden'] ?? attributes['aria-label']).toMatch(/^true$|.{20}/);
  });

  it('hides the controls, which need JavaScript, until it has started', () => {
    expect(named('form').map(({ attributes }) => 'hidden' in attributes)).toEqual([true, true]);
  });
});

describe('the data of the page', () => {
  it('are those of the report', () => {
    const text = elements.find(({ attributes }) => attributes.id === DATA_ELEMENT)!.text;
    const systems = decodeSystems(text);
    expect(systems.map(({ name }) => name)).toEqual(['pulse', 'deepauth']);
    const [before, after] = [report.systems, systems].map((s) => s[1]!.variants[2]!.results[77]!);
    expect(after!.latencyMs.value / before!.latencyMs.value).toBeCloseTo(1, 4);
    expect({
      ...after,
      power: 0,
      battery: 0,
      latencyMs: 0,
      cycles: 0,
      stages: 0,
      checks: 0,
      utilization: 0,
      latencyParts: 0,
    }).toEqual({
      ...before,
      power: 0,
      battery: 0,
      latencyMs: 0,
      cycles: 0,
      stages: 0,
      checks: 0,
      utilization: 0,
      latencyParts: 0,
    });
  });
});

describe('explorer', () => {
  it('draws every choice well formed and without a number that is none', () => {
    for (const system of report.systems)
      for (const variant of system.variants)
        for (const board of boardsOf(variant))
          for (const [index, runtime] of runtimesOf(variant).entries()) {
            const rateHz = ratesOf(variant)[index % 4]!;
            const { text } = explorer(system, { variant: variant.id, board, runtime, rateHz });
            parseHtml(text);
            expect(text).not.toMatch(/NaN|undefined|Infinity|\[object/);
          }
  });

  it('says so when a combination was not simulated', () => {
    const choice = { variant: 'x', board: 'y', runtime: 'z', rateHz: 1 };
    expect(explorer(report.systems[0]!, choice).text).toContain('This combination was not simulated.');
  });
});

describe('hostile names', () => {
  const hostile = htmlReport(hostileReport());
  const found = parseHtml(hostile);

  it('stay text', () => {
    expect(found.filter(({ name }) => name === 'script').length).toBe(2);
    expect(found.filter(({ name }) => name === 'img')).toEqual([]);
    for (const { attributes } of found)
      expect(Object.keys(attributes).filter((key) => /^on/i.test(key))).toEqual([]);
    expect(hostile).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(hostile).toContain('&lt;/title&gt;&lt;/style&gt;&lt;img src=x onerror=alert(3)&gt;');
  });

  it('lose what no page may hold', () => {
    // eslint-disable-next-line no-control-regex
    expect(hostile).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\u2028]|\p{Cs}/u);
  });

  it('come back as they were when another choice is drawn', () => {
    const data = found.find(({ attributes }) => attributes.id === DATA_ELEMENT)!.text;
    const [system] = decodeSystems(data);
    expect(system!.name).toBe(ATTACKS.system);
    parseHtml(
      explorer(system!, { variant: 'bilstm', board: 'moto-360-sport', runtime: ATTACKS.runtime, rateHz: 20 })
        .text,
    );
  });
});
