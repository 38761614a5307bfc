/** What floating point makes of a mean may miss the number that it is by so much. */
export const NOISE = 1e-9;

/** A percentage as gates print it: cut, not rounded, so that 99.99 never reads as 100; with two decimals, or as many as are asked for. */
export function percentText(score: number, decimals: number = 2): string {
  const scale = 10 ** decimals;
  return `${Math.floor(score * scale + NOISE) / scale} %`;
}

/** As many decimals as it takes to tell two percentages apart, and at least two. */
export function decimalsApart(a: number, b: number): number {
  let decimals = 2;
  while (decimals < 8 && percentText(a, decimals) === percentText(b, decimals)) decimals++;
  return decimals;
}
