// What a standalone module carries beside its rules. The build bundles this file with all it needs into one text: see tools/standalone-runtime.ts.
import { builtinByName } from "../builtins/list.ts";
import { loadPrecompiled, type PrecompiledProgram } from "../6-link/precompiled-program.ts";
import type { EvaluateOptions, EvaluationProblem, PreparedRule } from "../6-link/program.ts";
import { fromJson, toJson, type JsonValue } from "../runtime/json.ts";
import type { RegoValue } from "../runtime/value.ts";

/** What a standalone module's `evaluate` can be told; all of it may be left out. */
export interface StandaloneOptions extends Pick<EvaluateOptions, "now" | "seed" | "print"> {
  /** One of the module's entrypoints. Default: the first. */
  readonly entrypoint?: string;
  /** The base documents, in place of those that the module was built with. */
  readonly data?: RegoValue;
}

/** The interface of a standalone module. */
export interface StandaloneModule {
  /** The names of what can be evaluated, as `shop/allow` for `data.shop.allow`, in the order in which they were given. */
  readonly entrypoints: readonly string[];
  /**
   * The value of an entrypoint as JSON has it, with bigints for integers that a double does not hold; undefined where it is undefined. Throws an Error with `code`, `file` and
   * `line` where the evaluation fails, and a TypeError for an unknown entrypoint.
   */
  readonly evaluate: (input?: RegoValue, options?: StandaloneOptions) => JsonValue | undefined;
}

/** What a module asks for where an evaluation was told neither time nor seed. */
export interface StandaloneDefaults {
  readonly now: () => bigint;
  readonly seed: () => string;
}

class EvaluationFailure extends Error {
  readonly code: string;
  readonly file: string | null;
  readonly line: number | null;

  constructor({ code, message, file, line }: EvaluationProblem) {
    super(line === null ? `${code}: ${message}` : `${file ?? ""}:${line}: ${code}: ${message}`);
    this.name = "EvaluationFailure";
    this.code = code;
    this.file = file;
    this.line = line;
  }
}

/** Makes the interface over a precompiled program. `paths` are its entrypoints below `data`; `documents` are base documents as JSON text. */
export function standalone(
  precompiled: PrecompiledProgram,
  paths: readonly (readonly string[])[],
  documents: string,
  defaults: StandaloneDefaults,
): StandaloneModule {
  const rule = loadPrecompiled(precompiled, builtinByName);
  const rules = new Map<string, PreparedRule>(paths.map((path) => [path.join("/"), rule(path)]));
  const entrypoints = Object.freeze([...rules.keys()]);
  const own = fromJson(documents);
  const evaluate = (input?: RegoValue, options: StandaloneOptions = {}): JsonValue | undefined => {
    const { entrypoint = entrypoints[0] ?? "", data = own, now = defaults.now(), seed = defaults.seed(), print } = options;
    const prepared = rules.get(entrypoint);
    if (prepared === undefined) throw new TypeError(`there is no entrypoint ${entrypoint}: there is ${entrypoints.join(", ")}`);
    const { value, problem } = prepared({
      data,
      now,
      seed,
      ...(input === undefined ? {} : { input }),
      ...(print === undefined ? {} : { print }),
    });
    if (problem !== null) throw new EvaluationFailure(problem);
    return value === undefined ? undefined : toJson(value);
  };
  return { entrypoints, evaluate };
}
