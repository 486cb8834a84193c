/** Float meaning of the diagonal multivariate-normal decision (DeepAuth paper, eq. 2). */
export interface MvnTemplate {
  mean: Float64Array;
  /** Standard deviation with divisor n. */
  deviation: Float64Array;
}

/** Template of enrolment windows: features [windows][features], at least one window. */
export function mvnTemplate(windows: readonly ArrayLike<number>[]): MvnTemplate {
  const n = windows.length;
  const mean = new Float64Array(windows[0].length);
  const deviation = new Float64Array(mean.length);
  for (const f of windows) mean.forEach((_, j) => (mean[j] += f[j] / n));
  for (const f of windows) deviation.forEach((_, j) => (deviation[j] += (f[j] - mean[j]) ** 2 / n));
  return { mean, deviation: deviation.map(Math.sqrt) };
}

/** sum over j of |f_j - mean_j| / (deviation_j + epsilon); accepted when at most the threshold. */
export const mvnDistance = (template: MvnTemplate, features: ArrayLike<number>, epsilon: number): number =>
  template.mean.reduce(
    (total, mean, j) => total + Math.abs(features[j] - mean) / (template.deviation[j] + epsilon),
    0,
  );
