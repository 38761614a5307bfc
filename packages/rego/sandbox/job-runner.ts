import { compile } from "../6-link/compile.ts";
import { parsedModules } from "../6-link/parsed-modules.ts";
import type { EvaluateOptions, EvaluationProblem, PreparedRule } from "../6-link/program.ts";
import type { Module } from "../1-parse/ast.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { positionAt } from "../diagnostics/line-table.ts";
import { stringify } from "../runtime/json.ts";
import type { RegoValue } from "../runtime/value.ts";
import { withMarks } from "./element-marks.ts";
import { meantInput } from "./meant-input.ts";
import type { JobsSetup, SandboxJob, SandboxMessage } from "./messages.ts";
import { tell, tellText } from "./parent.ts";

interface Place {
  readonly file: string | null;
  readonly line: number | null;
}

const NOWHERE: Place = { file: null, line: null };

type Done = Extract<SandboxMessage, { type: "done" }>;
type Result = Done["results"][number];

function failed(code: string, message: string, place: Place): EvaluationProblem {
  return { code, message, ...place };
}

/** Where an evaluation stands, should it not come to its end. */
function tellPlace(place: { readonly file: string; readonly line: number }): void {
  tell({ type: "at", job: 0, ...place });
}

/** Evaluates the jobs of one setup over one input. */
export class JobRunner {
  readonly #setup: JobsSetup;
  readonly #input: RegoValue;
  readonly #data: RegoValue;
  readonly #places: ReadonlyMap<unknown, number>;

  constructor(setup: JobsSetup, input: RegoValue, data: RegoValue) {
    this.#setup = setup;
    this.#input = input;
    this.#data = data;
    const elements = Array.isArray(input) ? (input as readonly RegoValue[]) : [];
    this.#places = new Map(elements.map((one, place) => [one, place] as const).filter(([one]) => typeof one === "object" && one !== null));
  }

  run(number: number, job: SandboxJob): void {
    let place: Place = { file: job.modules[0]?.file ?? null, line: null };
    tell({ type: "at", job: number, ...place });
    const { program, diagnostics } = compile({ modules: job.modules, entrypoints: [job.rule] });
    const prepared = program?.rule(job.rule) ?? null;
    if (prepared === null) {
      this.#end(number, [], notEvaluated(job, diagnostics, place), diagnostics, place);
      return;
    }
    const module = moduleOf(job);
    place = placeOfRule(module, job) ?? place;
    tell({ type: "at", job: number, ...place });
    const over = job.over === "derive" ? (module !== null && meantInput(module) === "object" ? "each" : "whole") : (job.over ?? "whole");
    const { results, problem } = this.#evaluate(prepared, job, over, place);
    this.#end(number, results, problem, diagnostics, place);
  }

  #evaluate(
    prepared: PreparedRule,
    job: SandboxJob,
    over: "whole" | "each",
    place: Place,
  ): { results: readonly Result[]; problem: EvaluationProblem | null } {
    const { limits, now, seed } = this.#setup;
    const options = {
      data: this.#data,
      seed,
      ...(now === null ? {} : { now: BigInt(now) }),
      // Counting makes an evaluation slower: only where it was asked for.
      ...(limits.steps === null ? {} : { limits: { steps: limits.steps }, progress: tellPlace }),
    };
    const all = Array.isArray(this.#input) ? (this.#input as readonly RegoValue[]) : null;
    const places = all === null ? null : (job.elements ?? all.keys().toArray());
    const whole = all === null || job.elements === undefined ? this.#input : job.elements.map((one) => all[one] ?? null);
    const inputs: readonly (readonly [number | null, RegoValue])[] =
      over === "each" && places !== null && all !== null ? places.map((one) => [one, all[one] ?? null]) : [[null, whole]];
    const results: Result[] = [];
    for (const [element, input] of inputs) {
      const given: EvaluateOptions = { ...options, input };
      const { value, problem } = prepared(given);
      if (problem !== null)
        return { results: [], problem: { ...problem, file: problem.file ?? place.file, line: problem.line ?? place.line } };
      if (value !== undefined) results.push({ element, value: withMarks(value, this.#places, this.#setup.mark) });
    }
    return { results, problem: null };
  }

  #end(job: number, results: readonly Result[], problem: EvaluationProblem | null, diagnostics: readonly Diagnostic[], place: Place): void {
    const text = stringify({ type: "done", job, results, problem, diagnostics } as unknown as RegoValue);
    const { outputBytes } = this.#setup.limits;
    if (results.length === 0 || Buffer.byteLength(text) <= outputBytes) tellText(text);
    else this.#end(job, [], failed("limit_output", `its result is larger than ${outputBytes} bytes`, place), [], place);
  }

  /** The last thing said of a job whose evaluation could not be told as it was. */
  fail(job: number, problem: EvaluationProblem): void {
    this.#end(job, [], problem, [], NOWHERE);
  }
}

function notEvaluated(job: SandboxJob, diagnostics: readonly Diagnostic[], place: Place): EvaluationProblem {
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error !== undefined) return failed(error.code, error.message, { file: error.file, line: error.line });
  return failed("rule_missing", `it has no rule ${["data", ...job.rule].join(".")}`, place);
}

/** The module whose rule is evaluated: the first of the job. It has been compiled, so it parses. */
function moduleOf(job: SandboxJob): Module | null {
  const [source] = job.modules;
  if (source === undefined) return null;
  const { version = "auto", file } = source;
  const first = parsedModules.parse(source.source, { file, version: version === "v0" ? "v0" : "v1" });
  return first.module ?? (version === "auto" ? parsedModules.parse(source.source, { file, version: "v0" }).module : null);
}

function placeOfRule(module: Module | null, job: SandboxJob): { file: string; line: number } | null {
  const name = job.rule.at(-1);
  const rule = module?.rules.find(({ head }) => head.reference.head.kind === "variable" && head.reference.head.name === name);
  if (module === null || rule === undefined) return null;
  return { file: module.file, line: positionAt(module.source, rule.span.start).line };
}
