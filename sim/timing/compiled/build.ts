/** How wasm2c's C is compiled: what of a build changes the code beside the module itself. */
export interface Build {
  /** Every access to linear memory tests its bounds. */
  checked: boolean;
  /** Runs wherever it is loaded, as programs for Linux do; firmware is linked to fixed addresses. */
  positionIndependent: boolean;
}

/** Code as it is flashed. */
export const firmware = (checked: boolean): Build => ({ checked, positionIndependent: false });
