/** Options of `check` that write what continuous integration reads. */
import { appendFileSync } from 'node:fs';
import type { Command as Commander } from 'commander';
import { fileError } from '../common/file-error.ts';
import { cliRefusals } from '../common/refusals/index.ts';
import type { CheckReport } from '../report/check-report.ts';
import { checksCsv } from '../report/csv/checks.ts';
import { annotations } from '../report/github/annotations.ts';
import { junitXml } from '../report/junit/junit.ts';
import { markdownSummary } from '../report/markdown/summary.ts';
import { sarif } from '../report/sarif/sarif.ts';
import { writeFiles } from './files.ts';

export interface CiOptions {
  junit?: string;
  sarif?: string;
  csv?: string;
  summary?: string;
  github?: boolean;
}

export const ciOptions = (command: Commander): Commander =>
  command
    .option('--junit <file>', 'write JUnit XML')
    .option('--sarif <file>', 'write SARIF 2.1.0 for code scanning')
    .option('--csv <file>', 'write the checks as CSV')
    .option('--summary <file>', 'write a Markdown summary')
    .option(
      '--github',
      'annotate as GitHub Actions reads it, and add to the step summary where there is one',
    );

/** Writes the files that were asked for, and returns the annotation lines. Throws ESC606. */
export function writeCi(
  options: CiOptions,
  report: CheckReport,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const files = new Map<string, string>();
  if (options.junit) files.set(options.junit, junitXml([report]));
  if (options.sarif) files.set(options.sarif, sarif([report]));
  if (options.csv) files.set(options.csv, checksCsv([report]));
  if (options.summary) files.set(options.summary, markdownSummary(report));
  writeFiles(files);
  if (!options.github) return [];
  const stepSummary = environment.GITHUB_STEP_SUMMARY;
  if (stepSummary) {
    try {
      appendFileSync(stepSummary, markdownSummary(report));
    } catch (error) {
      throw cliRefusals.cannotWrite(stepSummary, fileError(error));
    }
  }
  return annotations(report);
}
