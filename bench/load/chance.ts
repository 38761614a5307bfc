/** A source of chance that gives the same sequence for the same seed. */
export interface Chance {
  /** A number from 0 up to 1, without 1. */
  readonly next: () => number;
  /** True in about this share of calls. */
  readonly happens: (share: number) => boolean;
  /** A whole number from 0 up to the limit, without it. */
  readonly below: (limit: number) => number;
}

/** Makes a source of chance from a seed. The generator is Mulberry32 by Tommy Ettinger (public domain). */
export function makeChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, happens: (share) => next() < share, below: (limit) => Math.floor(next() * limit) };
}
