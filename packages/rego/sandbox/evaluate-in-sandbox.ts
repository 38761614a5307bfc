import { randomBytes } from "node:crypto";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { EvaluationProblem } from "../6-link/program.ts";
import type { RegoValue } from "../runtime/value.ts";
import { documentBytes } from "./document-bytes.ts";
import { withoutMarks } from "./element-marks.ts";
import type { JobsSetup, SandboxJob, SandboxMessage } from "./messages.ts";
import { effectiveLimits, type SandboxLimits } from "./sandbox-limits.ts";
import { runSandboxProcess } from "./sandbox-process.ts";
import { sandboxProgram } from "./sandbox-program.ts";

export interface SandboxOptions {
  /** Plain JSON. It is sent to a process once, for all jobs. */
  readonly input?: RegoValue;
  readonly data?: RegoValue;
  readonly limits?: SandboxLimits;
  /** Nanoseconds since 1970, for `time.now_ns`. Without it the clock reads the start of 1970. */
  readonly now?: bigint;
  readonly seed?: string;
  /** Told the id of each process that is started. */
  readonly onStart?: (pid: number) => void;
}

/** What a rule gave: for the whole input (`element` is null), or for one element of it. */
export interface SandboxResult {
  readonly element: number | null;
  /** As JSON has it: sets are arrays. Elements of the input are the very objects that were given. */
  readonly value: RegoValue;
}

/** What came of one job. */
export interface SandboxOutcome {
  readonly name: string;
  /** Without those that are undefined; empty when there is a problem. */
  readonly results: readonly SandboxResult[];
  /**
   * Why there are no results: a code of evaluation or of compilation, `limit_time`, `limit_memory`, `limit_steps`, `limit_output`, `rule_missing`, or `sandbox_failed` when
   * the process ended for another reason. File and line are the last that were known.
   */
  readonly problem: EvaluationProblem | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Evaluates jobs in a process that can reach nothing and is ended when a job passes a limit; the other jobs then go on in another one. Outcomes come in the order of
 * the jobs. Nothing that a module, an input or a job says makes it throw or hang: each job takes `wallMs` at most, beside the start of a process.
 */
export async function evaluateInSandbox(jobs: readonly SandboxJob[], options: SandboxOptions = {}): Promise<readonly SandboxOutcome[]> {
  const limits = effectiveLimits(options.limits ?? {});
  const program = sandboxProgram();
  const { input = null, data = {} } = options;
  const documents = [documentBytes(input), documentBytes(data)];
  const elements = Array.isArray(input) ? (input as readonly RegoValue[]) : [];
  const mark = `element-${randomBytes(16).toString("hex")}`;
  const outcomes: SandboxOutcome[] = [];
  while (outcomes.length < jobs.length) {
    const first = outcomes.length;
    const rest = jobs.slice(first);
    const setup: JobsSetup = { type: "jobs", jobs: rest, mark, now: options.now?.toString() ?? null, seed: options.seed ?? "", limits };
    let place: { readonly file: string | null; readonly line: number | null } = { file: null, line: null };
    const parts = [Buffer.from(JSON.stringify(setup)), ...documents];
    const onMessage = (message: SandboxMessage): void => {
      if (message.type === "at") place = { file: message.file, line: message.line };
      else if (message.type === "done" && first + message.job === outcomes.length) {
        const { results, problem, diagnostics } = message;
        const own = results.map(({ element, value }) => ({ element, value: withoutMarks(value as RegoValue, elements, mark) }));
        outcomes.push({ name: rest[message.job]?.name ?? "", results: own, problem, diagnostics });
        place = { file: null, line: null };
      }
    };
    const end = await runSandboxProcess(program, limits, parts, onMessage, options.onStart);
    // The job that was under way has lost its process; those behind it get a new one.
    const lost = jobs[outcomes.length];
    if (lost === undefined) break;
    const { code, message } = end ?? { code: "sandbox_failed", message: "its process ended without a word" };
    const file = place.file ?? lost.modules[0]?.file ?? null;
    outcomes.push({ name: lost.name, results: [], problem: { code, message, file, line: place.line }, diagnostics: [] });
  }
  return outcomes;
}
