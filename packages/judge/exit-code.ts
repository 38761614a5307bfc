import type { Result } from "@holdfast/core";

/** Exit codes of a run: 0 all well, 1 a gate was breached, 2 wrong usage or configuration, 3 no data or too little of it, 4 Holdfast failed or an output could not be written. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

// Where several apply, the first of these is the one.
const ORDER: readonly ExitCode[] = [4, 2, 1, 3];

/** The code that a run ends with, of all that apply. */
export function worstExitCode(codes: Iterable<ExitCode>): ExitCode {
  const all = new Set(codes);
  return ORDER.find((code) => all.has(code)) ?? 0;
}

/** The codes that a result calls for by itself: 1 and 3. */
export function resultExitCode(result: Result): ExitCode {
  const codes: ExitCode[] = [];
  for (const { gate, outcome } of result.gates) {
    if (outcome === "no-data") codes.push(3);
    if (outcome === "breached") codes.push(gate === "coverage-threshold" ? 3 : 1);
  }
  if ([result.summary, ...result.frameworks].some(({ coverage }) => coverage === null)) codes.push(3);
  return worstExitCode(codes);
}
