import type { Library } from "@holdfast/core";
import type { PreparedRule } from "@holdfast/rego";
import type { ImageSignatures } from "../image-signatures/image-signatures.ts";
import type { EvaluationProblemCode } from "../problems.ts";

/** A compiled rule. Both parts are given an array of objects as input, which they leave as it is. */
export interface RuleProgram {
  /** What the rule finds: `data.armo_builtins.deny`. */
  readonly deny: PreparedRule;
  /** The objects that count as judged, in findings of the same form; null where all that are given do. */
  readonly filter: PreparedRule | null;
  /** The rule was evaluated elsewhere, on the objects of the scan, and this gives what came of it whatever it is given. */
  readonly standsIn?: true;
  /** The code of the problem that a failure of it is; `rule-failed` where none is given. */
  readonly failsAs?: EvaluationProblemCode;
}

/** The library with its rules compiled. */
export interface CompiledLibrary {
  readonly library: Library;
  /** What answers rules about the signatures of images; null, or nothing, where no registry may be asked. */
  readonly signatures?: ImageSignatures | null;
  /** The program of a rule, linked when it is first asked for; null where the library has no rule of that name. */
  readonly program: (rule: string) => RuleProgram | null;
}
