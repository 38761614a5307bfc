import { DEFAULT_LOCK_FILE } from "./scan-options/ratchet.ts";

/** Options whose value stands behind `=` or is this one: the word behind them is never theirs, as in `scan --ratchet deploy/`. */
const BARE: ReadonlyMap<string, string> = new Map([["--ratchet", DEFAULT_LOCK_FILE]]);

/** Gives options that may stand without a value the one that they then have, so that the parser does not take the next word for it. */
export function withBareOptions(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return args.map((word, place) => {
    const value = end === -1 || place < end ? BARE.get(word) : undefined;
    return value === undefined ? word : `${word}=${value}`;
  });
}
