// What tools ask of the engine: plain JSON, so that it can be answered here or in the sandbox.
import { compile, type Compilation } from "../6-link/compile.ts";
import type { ModuleSource } from "../6-link/program.ts";
import type { JsonSchema } from "../3-check/typing/schema-type.ts";
import type { Capabilities } from "../builtins/capabilities.ts";
import type { Network } from "../builtins/http/network.ts";
import type { Metrics } from "../observe/metrics.ts";
import type { Limits } from "../runtime/meter.ts";
import type { RegoValue } from "../runtime/value.ts";

/** Modules, and how they are compiled: see `CompileOptions`. */
export interface SourceRequest {
  readonly modules: readonly ModuleSource[];
  readonly strict?: boolean;
  readonly capabilities?: Capabilities;
  /** By their names. */
  readonly schemas?: Readonly<Record<string, JsonSchema>>;
  /** Steps and output that each evaluation may take. */
  readonly limits?: Limits;
  /** Nanoseconds since 1970, for `time.now_ns`, in decimal digits. Without it the clock reads the start of 1970. */
  readonly now?: string;
  readonly seed?: string;
}

/** What a request is answered with, beside itself. */
export interface RequestHost {
  readonly input?: RegoValue;
  readonly data?: RegoValue;
  /** Nanoseconds from any start, for profiles, metrics and how long tests take. */
  readonly clock: () => number;
  readonly print: (message: string) => void;
  readonly network?: Network;
  /** See `EvaluateOptions.progress`. */
  readonly progress?: (place: { readonly file: string; readonly line: number }) => void;
}

/** Compiles a request's modules. No rule of them may stand where the data have a value. */
export function compileRequest(request: SourceRequest, data: RegoValue | undefined, metrics?: Metrics): Compilation {
  const { modules, strict = false, capabilities, schemas } = request;
  return compile({
    modules,
    strict,
    ...(capabilities === undefined ? {} : { capabilities }),
    ...(schemas === undefined ? {} : { schemas: new Map(Object.entries(schemas)) }),
    ...(metrics === undefined ? {} : { metrics }),
    ...(data === undefined ? {} : { besideData: data }),
  });
}
