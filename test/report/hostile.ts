/** The fixture with names and texts that try to break out of a terminal or a page. */
import type { RunReport } from '../../report/run-report.ts';
import { fixtureReport } from '../../report/testing/fixture.ts';

export const ATTACKS = {
  board: '"><script>alert(1)</script>\u001b[2J',
  runtime: "' onmouseover='alert(2)' x='",
  system: '</title></style><img src=x onerror=alert(3)>',
  title: '<!-- \u202egnp.exe \u0000 &lt; ]]>',
  source: '</script><script>alert(4)</script>',
  note: '${alert(5)} `javascript:alert(6)` \u2028 \ud800',
} as const;

export function hostileReport(): RunReport {
  const [pulse] = fixtureReport().systems;
  const text = JSON.stringify([pulse])
    .replaceAll('"we-be-class"', JSON.stringify(ATTACKS.board))
    .replaceAll('"wasm2c-unchecked"', JSON.stringify(ATTACKS.runtime))
    .replaceAll('"size of the code section"', JSON.stringify(ATTACKS.source))
    .replaceAll(
      '"Cycles are cycle-approximate: counted blocks times a cost table."',
      JSON.stringify(ATTACKS.note),
    );
  const systems = JSON.parse(text) as RunReport['systems'];
  systems[0]!.name = ATTACKS.system;
  systems[0]!.title = ATTACKS.title;
  return { tool: 'escapement <0>', systems, fingerprint: 'f' };
}
