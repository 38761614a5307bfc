import type { RuleGroup } from "../2-resolve/resolved.ts";
import type { CodeLine, LinePlace } from "./code-writer.ts";
import { js, list, NameTable, type Fragment } from "./fragment.ts";
import { sourceMap } from "./source-map.ts";
import { namesOfPrograms, runtimeNames, type Need, type Piece } from "./unit.ts";

/** Emitted JavaScript in one text: the body of a function of `runtime`, `builtins` and `program`. */
export interface EmittedText {
  readonly code: string;
  /** Makes its source map, version 3. */
  readonly map: () => string;
}

/** Puts pieces of code together to one text: gives names to what they need, so that none is the name of something else inside of a piece. */
export class Assembly {
  private readonly pieces: readonly Piece[];
  private readonly indexes: ReadonlyMap<RuleGroup, number>;
  private readonly names: NameTable;
  private readonly functions: Map<RuleGroup, Fragment> = new Map();
  private readonly constants: Map<Fragment, Fragment> = new Map();
  private readonly definitions: Fragment[] = [];

  /** `indexes` are the positions of rules in their program. */
  constructor(pieces: readonly Piece[], indexes: ReadonlyMap<RuleGroup, number>) {
    this.pieces = pieces;
    this.indexes = indexes;
    this.names = new NameTable([namesOfPrograms, ...pieces.map(({ locals }) => locals)]);
  }

  /** The name of a rule's function. */
  rule(rule: RuleGroup): Fragment {
    let name = this.functions.get(rule);
    if (name === undefined) {
      name = this.names.make(rule.path.at(-1) ?? "rule");
      this.functions.set(rule, name);
    }
    return name;
  }

  index(rule: RuleGroup): number {
    return this.indexes.get(rule) ?? -1;
  }

  /** All together, with some lines behind the pieces. */
  finish(last: readonly CodeLine[]): EmittedText {
    const texts = this.pieces.map((piece) => this.filled(piece));
    for (const { depth, text } of last) texts.push("  ".repeat(depth) + text);
    const used = new Set(this.pieces.flatMap(({ runtime }) => runtime));
    const imported = js`const { ${list(runtimeNames.filter((name) => used.has(name)) as unknown as Fragment[])} } = runtime;`;
    const head = [js`"use strict";`, imported, ...this.definitions];
    const lines = (): LinePlace[] => [
      ...head.map(() => ({ depth: 0, origin: null })),
      ...this.pieces.flatMap((piece) => piece.lines),
      ...last,
    ];
    return { code: `${[...head, ...texts].join("\n")}\n`, map: () => sourceMap(lines()) };
  }

  /** The text of a piece, with names in place of its marks. */
  private filled({ texts, marks, needs }: Piece): string {
    const names = needs.map((need) => this.nameOf(need));
    let text = texts[0] ?? "";
    for (const [i, mark] of marks.entries()) text += `${names[mark] ?? ""}${texts[i + 1] ?? ""}`;
    return text;
  }

  private nameOf(need: Need): Fragment {
    if (need.kind === "rule") return this.rule(need.rule);
    if (need.kind === "work") return this.names.make(`work out ${need.rule.path.at(-1) ?? "rule"}`);
    if (need.kind === "index") return js`${this.index(need.rule)}`;
    let name = this.constants.get(need.code);
    if (name === undefined) {
      name = this.names.make(need.hint);
      this.constants.set(need.code, name);
      this.definitions.push(js`const ${name} = ${need.code};`);
    }
    return name;
  }
}
