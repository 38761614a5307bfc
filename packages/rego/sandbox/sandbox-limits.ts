/** What one evaluation in a sandbox may use. A limit that is left out has its default. */
export interface SandboxLimits {
  /** Milliseconds from the start of a job's compilation to its result. Default: 10,000. */
  readonly wallMs?: number;
  /** Bytes of resident memory of the whole process, the engine's own 60 MiB or so among them. Default: 512 MiB. */
  readonly memoryBytes?: number;
  /** Steps of evaluation, as `EvaluateOptions.limits` counts them. Default: not counted. */
  readonly steps?: number;
  /** Bytes of a job's result as JSON. Default: 16 MiB. */
  readonly outputBytes?: number;
}

/** The limits of one run, each with its value. */
export interface EffectiveLimits {
  readonly wallMs: number;
  readonly memoryBytes: number;
  readonly steps: number | null;
  readonly outputBytes: number;
}

const MEBIBYTE = 1_048_576;

/** Below this the engine itself would not start, and every job would fail for no fault of its own. */
const LEAST_MEMORY = 128 * MEBIBYTE;

/** Fills in defaults. Throws a RangeError for a limit that is no positive number, or less memory than the engine itself needs (128 MiB). */
export function effectiveLimits(limits: SandboxLimits): EffectiveLimits {
  const { wallMs = 10_000, memoryBytes = 512 * MEBIBYTE, steps = null, outputBytes = 16 * MEBIBYTE } = limits;
  for (const [name, value] of Object.entries({ wallMs, memoryBytes, outputBytes, ...(steps === null ? {} : { steps }) })) {
    if (!(value > 0 && Number.isFinite(value))) throw new RangeError(`${name} is a positive number, not ${value}`);
  }
  // Beyond it a timer would fire at once.
  if (wallMs > 2 ** 30) throw new RangeError(`wallMs is at most ${2 ** 30}`);
  if (memoryBytes < LEAST_MEMORY) throw new RangeError(`memoryBytes is at least ${LEAST_MEMORY}: the engine itself needs them`);
  return { wallMs, memoryBytes, steps, outputBytes };
}
