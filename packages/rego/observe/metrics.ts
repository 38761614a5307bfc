/** Collects how long the stages of compiling and evaluating take, over as many of both as it is given to. */
export class Metrics {
  private readonly clock: () => number;
  private readonly timers: Map<string, number> = new Map();

  /** `clock` gives the time in nanoseconds from any start, such as `() => performance.now() * 1e6`. */
  constructor(clock: () => number) {
    this.clock = clock;
  }

  /** Runs a stage and adds its time. */
  time<T>(stage: Stage, run: () => T): T {
    const start = this.clock();
    try {
      return run();
    } finally {
      this.timers.set(stage, (this.timers.get(stage) ?? 0) + this.clock() - start);
    }
  }

  /** Nanoseconds by name: `timer_rego_parse_ns`, and so on in the order of the stages; those that did not run are missing. */
  report(): Readonly<Record<string, number>> {
    const timed = stages.filter((stage) => this.timers.has(stage));
    return Object.fromEntries(timed.map((stage) => [`timer_rego_${stage}_ns`, Math.round(this.timers.get(stage) ?? 0)]));
  }
}

const stages = ["parse", "resolve", "check", "plan", "emit", "link", "query_parse", "query_compile", "evaluate"] as const;

/** A stage that is timed. */
export type Stage = (typeof stages)[number];

/** Runs a stage, timed where someone wants to know. */
export function timed<T>(metrics: Metrics | undefined, stage: Stage, run: () => T): T {
  return metrics === undefined ? run() : metrics.time(stage, run);
}
