import type { Metrics } from "./eval-formats.ts";

/** What the engine times, under the names of `opa eval --metrics`. */
const STAGES: Readonly<Record<string, readonly string[]>> = {
  module_parse: ["parse"],
  module_compile: ["resolve", "check", "plan", "emit", "link"],
  query_parse: ["query_parse"],
  query_compile: ["query_compile"],
  query_eval: ["evaluate"],
};

/** How long everything took, in nanoseconds: reading files, which is given in milliseconds, and what the engine has timed. */
export function evalMetrics(loadedMs: number, timed: Metrics): Metrics {
  const sums = Object.entries(STAGES).map(([name, stages]) => {
    const sum = stages.reduce((total, stage) => total + (timed[`timer_rego_${stage}_ns`] ?? 0), 0);
    return [`timer_rego_${name}_ns`, sum] as const;
  });
  return Object.fromEntries([["timer_rego_load_files_ns", Math.round(loadedMs * 1e6)], ...sums]);
}
