// The plans of calls whose operands have been planned.
import type { CallTerm, ResolvedTerm } from "../2-resolve/resolved.ts";
import { sprintfBuiltin } from "../builtins/sprintf.ts";
import type { ContextSlot, Expression, FormatPart, Operand } from "./plan.ts";

/** A call of `sprintf` whose format is a constant, with nothing but plain verbs, and that writes its operands out: one for each verb. */
interface KnownFormat {
  readonly call: CallTerm;
  readonly format: string;
  /** Texts at even places, verbs at odd ones. */
  readonly pieces: readonly string[];
  readonly operands: readonly ResolvedTerm[];
}

/** What is known of a call's format; null if it is no such call. */
export function knownFormat(call: CallTerm): KnownFormat | null {
  const [format, operands] = call.args;
  if (call.callee.kind !== "builtin" || call.callee.builtin !== sprintfBuiltin || call.args.length !== 2) return null;
  if (format?.kind !== "constant" || typeof format.value !== "string" || operands?.kind !== "array") return null;
  const pieces = format.value.split(/%([svd])/);
  const plain = pieces.every((piece, i) => i % 2 === 1 || !piece.includes("%"));
  return plain && pieces.length === 2 * operands.items.length + 1 ? { call, format: format.value, pieces, operands: operands.items } : null;
}

/** A call with a known format. */
export function formatExpression({ call, format, pieces }: KnownFormat, operands: readonly Operand[], context: ContextSlot): Expression {
  const parts = pieces.flatMap<string | FormatPart>((piece, i) => {
    if (i % 2 === 0) return piece === "" ? [] : [piece];
    const operand = operands[(i - 1) / 2];
    return operand === undefined ? [] : [{ verb: piece as FormatPart["verb"], operand }];
  });
  return { kind: "format", context, builtin: sprintfBuiltin, format, parts, span: call.span };
}

/** Any call. */
export function callExpression({ callee, span }: CallTerm, args: readonly Operand[], context: ContextSlot): Expression {
  return callee.kind === "builtin"
    ? { kind: "builtin", context, builtin: callee.builtin, args, span }
    : { kind: "function", context, rule: callee.rule, args };
}
