/** Published claims beside the model's own numbers: what is fitted, what is reproduced, what is not and why. */
import { terminalClaims } from '../../report/terminal/claims.ts';
import { allClaims } from '../claims/index.ts';
import { claimContext } from '../claims/context.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { jsonOption } from '../options.ts';
import { printJson } from '../print-json.ts';

/** Kernels that the claims need. */
const kernels = 4;

/** JSON knows no infinity: an open end is null. */
const finite = (end: number): number | null => (Number.isFinite(end) ? end : null);

export const claims: Command = {
  name: 'claims',
  summary: 'check published claims of the papers against the model, no fitting hidden',
  register(command, run) {
    jsonOption(command);
    command.action(
      run(async (output, options: { json?: boolean }) => {
        output.progress.phase('checking claims', kernels);
        const rows = await allClaims(claimContext(output.progress));
        output.progress.clear();
        if (options.json)
          printJson(
            output,
            rows.map((row) => ({ ...row, range: row.range.map(finite) })),
          );
        else output.out(terminalClaims(rows, output));
        return exitCode.pass;
      }),
    );
  },
};
