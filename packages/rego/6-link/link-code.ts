// Stage 6: from emitted JavaScript to functions.
import type { EmittedRule } from "../5-emit/emit-program.ts";
import { pieceFunction, type GivenNeed, type PieceFunction } from "../5-emit/piece-function.ts";
import type { Piece } from "../5-emit/unit.ts";
import type { RuleGroup } from "../2-resolve/resolved.ts";
import type { Builtin } from "../builtins/define.ts";
import type { LinkedRule } from "../runtime/document-place.ts";
import { emittedCodeRuntime } from "../runtime/emitted-code.ts";
import type { EvaluationContext } from "../runtime/evaluation-context.ts";
import type { RegoValue } from "../runtime/value.ts";
import { EmittedFunctions } from "./emitted-functions.ts";
import { addRule, emptyProgram, type LinkedProgram } from "./linked-program.ts";

/** Gives the values of the variables of each solution. */
export type LinkedQuery = (context: EvaluationContext) => readonly (readonly RegoValue[])[];

/** A piece of a program, as a function of what it needs. */
type PieceMaker = (
  runtime: Readonly<Record<string, unknown>>,
  builtins: ReadonlyMap<string, Builtin>,
  program: LinkedProgram,
  needs: readonly unknown[],
) => unknown;

/** Makes the rules of an emitted program callable. `indexes` are their positions, `packages` the paths of all packages, also of those without rules. */
export function linkProgram(
  emitted: readonly EmittedRule[],
  indexes: ReadonlyMap<RuleGroup, number>,
  builtins: ReadonlyMap<string, Builtin>,
  packages: readonly (readonly string[])[],
): LinkedProgram {
  const program = emptyProgram(packages);
  const functions = linkPieces(emitted, indexes, builtins, program);
  for (const { rule } of emitted) {
    const { group, alone } = rule;
    const evaluate = functions.get(group);
    if (evaluate !== undefined) addRule(program, { index: indexes.get(group) ?? -1, path: group.path, kind: group.kind, alone, evaluate });
  }
  return program;
}

/** Makes a query over a linked program callable. `indexes` are the positions of the program's rules. */
export function linkQuery(
  piece: Piece,
  indexes: ReadonlyMap<RuleGroup, number>,
  builtins: ReadonlyMap<string, Builtin>,
  program: LinkedProgram,
): LinkedQuery {
  const { text, needs } = pieceFunction(piece);
  const given = needs.map(({ kind, rule }) => {
    const index = indexes.get(rule) ?? -1;
    return kind === "index" ? index : program.rules[index]?.evaluate;
  });
  return compileText(text, "query")(emittedCodeRuntime, builtins, program, given) as LinkedQuery;
}

/** The functions of rules, each made after those that it needs. */
function linkPieces(
  emitted: readonly EmittedRule[],
  indexes: ReadonlyMap<RuleGroup, number>,
  builtins: ReadonlyMap<string, Builtin>,
  program: LinkedProgram,
): ReadonlyMap<RuleGroup, Evaluate> {
  const functions = new Map<RuleGroup, Evaluate>();
  const pieces = new Map(emitted.map(({ rule, piece }) => [rule.group, piece]));
  const give = ({ kind, rule }: GivenNeed): unknown => {
    if (kind === "index") return indexes.get(rule) ?? -1;
    // No rule leads to itself, or the checker would have said so; were there one, it would find the function when it is called.
    return functions.get(rule) ?? ((...args: Parameters<Evaluate>) => functions.get(rule)?.(...args));
  };
  const begun = new Set<RuleGroup>();
  // Chains of rules may be longer than JavaScript's stack.
  const waiting: { readonly rule: RuleGroup; readonly made: PieceFunction; readonly piece: Piece; next: number }[] = [];
  const begin = (rule: RuleGroup): void => {
    const piece = pieces.get(rule);
    if (piece === undefined || begun.has(rule)) return;
    begun.add(rule);
    waiting.push({ rule, piece, made: pieceFunction(piece), next: 0 });
  };
  for (const { rule } of emitted) {
    begin(rule.group);
    for (let last = waiting.at(-1); last !== undefined; last = waiting.at(-1)) {
      const need = last.made.needs[last.next++];
      if (need !== undefined) {
        if (need.kind === "rule") begin(need.rule);
        continue;
      }
      waiting.pop();
      const make = makerOf(last.piece, last.made);
      functions.set(last.rule, make(emittedCodeRuntime, builtins, program, last.made.needs.map(give)) as Evaluate);
    }
  }
  return functions;
}

type Evaluate = LinkedRule["evaluate"];

let units = 0;

const emittedFunctions: EmittedFunctions<PieceMaker> = new EmittedFunctions();

/** By the piece, for the programs that share it: to look for a text takes longer. */
const makers: WeakMap<Piece, PieceMaker> = new WeakMap();

function makerOf(piece: Piece, { text }: PieceFunction): PieceMaker {
  let maker = makers.get(piece);
  if (maker === undefined) {
    maker = compileText(text, "rule");
    makers.set(piece, maker);
  }
  return maker;
}

/** The only place where text becomes code. The text is the emitter's own, from typed fragments. */
function compileText(text: string, what: string): PieceMaker {
  return emittedFunctions.get(text, () => {
    const name = `holdfast-rego-${what}-${units++}.js`;
    return new Function("runtime", "builtins", "program", "needs", `${text}\n//# sourceURL=${name}\n`) as PieceMaker;
  });
}
