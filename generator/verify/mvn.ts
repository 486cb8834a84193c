/**
 * Diagonal multivariate-normal template in float64 (DeepAuth paper, eq. 2): the meaning that the kernel's fixed-point
 * decision is compared with. The paper does not say whether its Sigma(j, j) is a variance or a standard deviation; the
 * shipped models take the standard deviation with divisor n.
 */
export interface MvnTemplate {
  mu: Float64Array;
  /** Standard deviation over the enrolment windows (divisor n) plus epsilon. */
  sigma: Float64Array;
}

/** Template of one user from the features of at least one enrolment window. */
export function enrolMvn(features: readonly Float64Array[], epsilon: number): MvnTemplate {
  const n = features.length;
  const mu = new Float64Array(features[0].length);
  for (const feature of features) feature.forEach((value, j) => (mu[j] += value / n));
  const variance = new Float64Array(mu.length);
  for (const feature of features) feature.forEach((value, j) => (variance[j] += (value - mu[j]) ** 2 / n));
  return { mu, sigma: variance.map((value) => Math.sqrt(value) + epsilon) };
}

/** sum over j of |f(j) - mu(j)| / sigma(j). A window is accepted when this is at or below the threshold. */
export const mvnDistance = (feature: Float64Array, { mu, sigma }: MvnTemplate): number =>
  feature.reduce((sum, value, j) => sum + Math.abs(value - mu[j]) / sigma[j], 0);
