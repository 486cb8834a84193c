/** Twin of assembly/neighbours.ts. */

/** Labels of the k nearest vectors by Euclidean distance; of equally near ones those that stand first. */
export function nearestLabels(
  x: ArrayLike<number>,
  vectors: ArrayLike<number>,
  labels: ArrayLike<number>,
  k: number,
): number[] {
  const features = x.length;
  const distances = Array.from(labels, (label, v) => {
    let distance = 0;
    for (let f = 0; f < features; f++) distance += (x[f] - vectors[v * features + f]) ** 2;
    return { distance, label };
  });
  // Sorting is stable: equal distances keep their order.
  return distances
    .sort((a, b) => a.distance - b.distance)
    .slice(0, k)
    .map(({ label }) => label);
}
