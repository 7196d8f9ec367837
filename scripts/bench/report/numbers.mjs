/** Three significant digits, with commas in thousands: 7,976; 12.1; 0.618. */
export function rounded(value) {
  if (value === undefined || !Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const scale = 10 ** Math.min(digits, 12);
  const three = value >= 1000 ? Number(value.toPrecision(3)) : Math.round(value * scale) / scale;
  return three.toLocaleString('en-US', { maximumFractionDigits: 12, minimumFractionDigits: 0 });
}

/** A time in the unit that suits it. */
export function duration(seconds) {
  if (seconds === undefined || !Number.isFinite(seconds)) return '–';
  if (seconds < 1e-3) return `${rounded(seconds * 1e6)} µs`;
  return seconds < 1 ? `${rounded(seconds * 1e3)} ms` : `${rounded(seconds)} s`;
}
