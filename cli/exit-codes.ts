/** The documented exit codes of every command. */
export const exitCode = {
  pass: 0,
  /** A budget is violated for certain: the whole band lies outside. */
  budgetViolated: 1,
  /** The user's input is wrong; one line says what and the next step. */
  badInput: 2,
  /** A fault of Escapement. */
  internal: 3,
  /** The fixed-point kernel does not agree with the float model as promised. */
  parityMismatch: 4,
  /** The error band straddles a budget: measure or narrow the inputs. */
  undecided: 5,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
