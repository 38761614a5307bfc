import { precompiledText } from "../6-link/precompiled-program.ts";
import type { Program } from "../6-link/program.ts";
import { stringify } from "../runtime/json.ts";
import type { RegoValue } from "../runtime/value.ts";

export interface StandaloneModuleOptions {
  /** Paths below `data` of rules or packages, with which the program was compiled. At least one. */
  readonly entrypoints: readonly (readonly string[])[];
  /** The base documents that the module holds. */
  readonly data: RegoValue;
  /** The text of a script that sets `holdfastRego` to what `runtime.ts` exports, and `holdfastDefaults` to a `StandaloneDefaults`. */
  readonly runtime: string;
}

/** The text of an ES module without imports that evaluates a program's entrypoints. Its interface is `StandaloneModule`. */
export function standaloneModule(program: Program, { entrypoints, data, runtime }: StandaloneModuleOptions): string {
  const documents = JSON.stringify(stringify(data));
  return `// Rego, compiled to JavaScript by holdfast rego build. Not to be edited.
${runtime.trimEnd()}
const built = holdfastRego.standalone(${precompiledText(program)}, ${JSON.stringify(entrypoints)}, ${documents}, holdfastDefaults);
export const entrypoints = built.entrypoints;
export const evaluate = built.evaluate;
`;
}
