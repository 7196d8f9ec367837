/** Median; of an even count the mean of the two in the middle; NaN of none. */
export function median(numbers) {
  if (numbers.length === 0) return Number.NaN;
  const sorted = [...numbers].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median of the ratios round by round: what the machine did to both in a round cancels out. */
export function ratio(ours, theirs) {
  const rounds = Math.min(ours.length, theirs.length);
  return median(Array.from({ length: rounds }, (_, i) => ours[i] / theirs[i]));
}

/** The entry of a workload by place and key; undefined where it did not run. */
export const entryOf = (entries, place, key) =>
  entries?.find((each) => each.place === place && each.key === key && each.rates.length > 0);

/**
 * Whether a contender learnt what we learnt: its loss fell at least half as far in as many steps. Who minimises another loss
 * has only to lower it.
 */
export function learnsAlike(ours, theirs, otherLoss = false) {
  const fell = ({ before, after }) => before - after;
  if (!Number.isFinite(theirs.after)) return false;
  return otherLoss ? fell(theirs) > 0 : fell(theirs) >= fell(ours) / 2;
}
