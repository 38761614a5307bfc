import { EvaluationContext } from "../runtime/evaluation-context.ts";
import { Observer } from "../observe/observer.ts";
import { Meter } from "../runtime/meter.ts";
import type { EvaluateOptions } from "./program.ts";

/** The context of one evaluation. */
export function prepareContext(options: EvaluateOptions): EvaluationContext {
  const settings = {
    now: options.now ?? 0n,
    random: randomNumbers(options.seed ?? ""),
    memory: new Map(),
    runtime: options.runtime ?? {},
    strictBuiltinErrors: options.strictBuiltinErrors ?? false,
    reached: null,
    network: options.network,
    onlyHosts: options.onlyHosts ?? null,
    print: options.print ?? null,
    meter: options.limits === undefined ? null : new Meter(options.limits, options.progress ?? null),
    observer: isObserved(options) ? new Observer(options.coverage ?? null, options.trace ?? null, options.profile ?? null) : null,
  };
  return new EvaluationContext(settings, options.inputValue ?? options.input, options.data ?? {});
}

/** Whether an evaluation needs instrumented code. */
export function isObserved(options: EvaluateOptions): boolean {
  return options.coverage !== undefined || options.trace !== undefined || options.profile !== undefined;
}

/** Numbers from 0 to 1 that follow from a seed: mulberry32 over an FNV-1a hash of it. */
function randomNumbers(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
