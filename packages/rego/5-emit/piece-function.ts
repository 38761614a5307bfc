import type { RuleGroup } from "../2-resolve/resolved.ts";
import { js, list, NameTable, type Fragment } from "./fragment.ts";
import { namesOfPrograms, type Need, type Piece } from "./unit.ts";

/** What a piece is handed by the program that it is put into: the function of a rule, or a rule's place in the memo of a context. */
export type GivenNeed = Extract<Need, { kind: "rule" | "index" }>;

/** A piece as a function of its own. */
export interface PieceFunction {
  /** The body of a function of `runtime`, `builtins`, `program` and `needs` that gives the function of the piece's rule, or of its query. */
  readonly text: string;
  /** What `needs` holds, in this order. */
  readonly needs: readonly GivenNeed[];
}

const known: WeakMap<Piece, PieceFunction> = new WeakMap();

/** The piece as a function of what it needs: the same text in all programs, so that V8 reads it once. */
export function pieceFunction(piece: Piece): PieceFunction {
  let made = known.get(piece);
  if (made === undefined) {
    made = make(piece);
    known.set(piece, made);
  }
  return made;
}

function make({ rule, texts, marks, needs, locals, runtime }: Piece): PieceFunction {
  const table = new NameTable([namesOfPrograms, locals]);
  const given: GivenNeed[] = [];
  const names: Fragment[] = [];
  const head: Fragment[] = [js`"use strict";`];
  if (runtime.length > 0) head.push(js`const { ${list(runtime as readonly Fragment[])} } = runtime;`);
  const used = new Set(marks);
  for (const [i, need] of needs.entries()) {
    if (!used.has(i)) continue;
    const name = table.make(hintOf(need));
    names[i] = name;
    if (need.kind === "definition") head.push(js`const ${name} = ${need.code};`);
    else if (need.kind !== "work" && !(need.kind === "rule" && need.rule === rule)) {
      head.push(js`const ${name} = needs[${given.length}];`);
      given.push(need);
    }
  }
  let text = texts[0] ?? "";
  for (const [i, mark] of marks.entries()) text += `${names[mark] ?? ""}${texts[i + 1] ?? ""}`;
  const own = rule === null ? [] : [js`return ${names[ownPosition(needs, rule)] ?? js`undefined`};`];
  return { text: [...head, text, ...own].join("\n"), needs: given };
}

function ownPosition(needs: readonly Need[], rule: RuleGroup): number {
  return needs.findIndex((need) => need.kind === "rule" && need.rule === rule);
}

function hintOf(need: Need): string {
  if (need.kind === "definition") return need.hint;
  const name = need.rule.path.at(-1) ?? "rule";
  if (need.kind === "rule") return name;
  return need.kind === "work" ? `work out ${name}` : `index of ${name}`;
}
