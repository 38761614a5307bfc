import { builtinsTarget } from "./builtins-target.ts";
import { compilerTarget } from "./compiler-target.ts";
import { parserTarget } from "./parser-target.ts";
import type { Target } from "./target.ts";

export const targets: ReadonlyMap<string, Target> = new Map([
  ["parser", parserTarget],
  ["compiler", compilerTarget],
  ["builtins", builtinsTarget],
]);

/** Faults that can be planted, to see that they are found: each befalls inputs in which this text stands. */
const plantedIn = "not";

/** The target with a fault in it. */
export function planted(target: Target, fault: string): Target {
  const befall = faults.get(fault);
  if (befall === undefined) throw new Error(`there is no fault ${fault}: ${[...faults.keys()].join(", ")}`);
  return {
    ...target,
    check(input) {
      if (input.includes(plantedIn)) befall();
      target.check(input);
    },
  };
}

const faults: ReadonlyMap<string, () => void> = new Map([
  ["crash", () => failed("planted crash")],
  ["hang", () => hang()],
  ["memory", () => void grow()],
  ["escape", () => void Object.assign(globalThis, { escaped: 1 })],
]);

function failed(message: string): never {
  throw new Error(message);
}

function hang(): void {
  const start = Date.now();
  while (Date.now() >= start);
}

function grow(): readonly unknown[] {
  const kept: unknown[] = [];
  for (;;) kept.push(Array.from({ length: 100_000 }, (_, i) => ({ i })));
}
