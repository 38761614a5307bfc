// Durations such as `1h15m30.5s`, read as Go's time.ParseDuration does (https://pkg.go.dev/time#ParseDuration), and with days, weeks and years besides.

const nanosecondsOf: ReadonlyMap<string, number> = new Map([
  ["ns", 1],
  ["us", 1e3],
  ["\u00b5s", 1e3],
  ["\u03bcs", 1e3],
  ["ms", 1e6],
  ["s", 1e9],
  ["m", 60e9],
  ["h", 3600e9],
  ["d", 86_400e9],
  ["w", 604_800e9],
  // A year has 365 days here.
  ["y", 31_536_000e9],
]);
const shape = /^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h|d|w|y))+$/;

/** Nanoseconds; undefined if the text is no duration or one beyond 64 bits. */
export function parseDuration(text: string): bigint | undefined {
  if (/^[+-]?0$/.test(text)) return 0n;
  if (!shape.test(text)) return undefined;
  let total = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of text.matchAll(/(\d*)(?:\.(\d*))?([a-z\u00b5\u03bc]+)/g)) {
    const significant = whole.replace(/^0+/, "");
    if (significant.length > 19) return undefined;
    total +=
      BigInt(significant || "0") * BigInt(nanosecondsOf.get(unit) as number) + fractionOf(fraction, nanosecondsOf.get(unit) as number);
  }
  const signed = text.startsWith("-") ? -total : total;
  return BigInt.asIntN(64, signed) === signed ? signed : undefined;
}

/** Go calculates fractions in floating point, from as many digits as 63 bits hold. */
function fractionOf(digits: string, unit: number): bigint {
  let count = Math.min(digits.length, 19);
  while (count > 0 && BigInt(digits.slice(0, count)) > 0x7fff_ffff_ffff_ffffn) count--;
  if (count === 0) return 0n;
  return BigInt(Math.trunc(Number(digits.slice(0, count)) * (unit / 10 ** count)));
}
