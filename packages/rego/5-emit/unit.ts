import type { RuleGroup } from "../2-resolve/resolved.ts";
import type { JsonSlots } from "../4-plan/json-values.ts";
import type { Slot } from "../4-plan/plan.ts";
import type { Builtin } from "../builtins/define.ts";
import type { Site } from "../observe/site.ts";
import type { RegoValue } from "../runtime/value.ts";
import type { CodeLine, LinePlace } from "./code-writer.ts";
import { js, literal, NameTable, type Fragment } from "./fragment.ts";

/** How code is to be emitted. */
export interface EmitMode {
  /** Failing builtins end the evaluation. */
  readonly strictBuiltinErrors: boolean;
  /** Whether the input may hold sets and objects with keys that are no strings. */
  readonly anyInput: boolean;
  /** Whether the program's functions are only called by the program itself, not by queries. */
  readonly closed: boolean;
  /** Whether the code counts its steps with `Meter`. */
  readonly metered: boolean;
  /** Whether the code tells an `Observer` what it does. */
  readonly observed: boolean;
}

/** The names that emitted code imports from `runtime/emitted-code.ts`. */
export const runtimeNames = [
  "absent",
  "badDocumentPath",
  "conflictingKeys",
  "decimal",
  "conflictingValues",
  "elements",
  "elementsInOrder",
  "equals",
  "isMember",
  "keysInOrder",
  "keysOf",
  "keysOfPlace",
  "LayeredDocument",
  "lookup",
  "lookupBase",
  "lookupName",
  "lookupPath",
  "nothing",
  "isNumber",
  "ObjectBuilder",
  "objectOf",
  "objectSize",
  "placeOf",
  "plainIfSame",
  "RegoSet",
  "RememberedCalls",
  "stepPlace",
  "templateText",
  "wholeOf",
] as const;

const anyRuntimeName = new RegExp(`\\b(?:${runtimeNames.join("|")})\\b`, "g");

/** What a piece of code needs of the program that it is put into. */
export type Need =
  /** The function of a rule. */
  | { readonly kind: "rule"; readonly rule: RuleGroup }
  /** The function that works out what the function of a rule then remembers. */
  | { readonly kind: "work"; readonly rule: RuleGroup }
  /** A rule's place in the memo of a context. */
  | { readonly kind: "index"; readonly rule: RuleGroup }
  /** A constant that is defined once in a program, or a builtin. */
  | { readonly kind: "definition"; readonly code: Fragment; readonly hint: string };

/** Code that is the same in all programs, but for what it needs of them: that stands in it as marks. */
export interface Piece {
  /** The rule whose function it defines; null where it gives a function of its own, that of a query. */
  readonly rule: RuleGroup | null;
  /** The places of its lines, for source maps. */
  readonly lines: readonly LinePlace[];
  /** The text between marks, and behind each but the last the position of what is needed there. */
  readonly texts: readonly string[];
  readonly marks: readonly number[];
  readonly needs: readonly Need[];
  /** The names that are used inside of it. */
  readonly locals: ReadonlySet<string>;
  /** What it uses of `runtimeNames`. */
  readonly runtime: readonly string[];
  /** The slots that the emitter asked about, and whether they are JSON. */
  readonly asked: ReadonlyMap<Slot, boolean>;
}

/** Names that mean something everywhere in emitted code. */
export const namesOfPrograms: ReadonlySet<string> = new Set([...runtimeNames, "runtime", "builtins", "program", "needs", "c"]);

// No literal, and nothing else that comes from Rego, has control characters in it: they are written as escapes.
const markStart = "\u0001";
const markEnd = "\u0002";

/** One piece of emitted code: its names, and what it needs of its program. */
export class Unit {
  readonly names: NameTable = new NameTable([namesOfPrograms]);
  readonly mode: EmitMode;
  readonly mocked: ReadonlySet<string>;
  /** The slots that hold JSON. */
  private readonly json: JsonSlots;
  private readonly asked: Map<Slot, boolean> = new Map();
  private readonly needs: Need[] = [];
  private readonly known: Map<unknown, Fragment> = new Map();

  constructor(mode: EmitMode, mocked: ReadonlySet<string>, json: JsonSlots) {
    this.mode = mode;
    this.mocked = mocked;
    this.json = json;
  }

  /** Whether a slot can only hold what JSON has. */
  isJson(slot: Slot): boolean {
    const found = this.json.has(slot);
    this.asked.set(slot, found);
    return found;
  }

  /** The function of a rule. */
  rule(rule: RuleGroup): Fragment {
    return this.need(rule, { kind: "rule", rule });
  }

  /** The function that works out what that of a rule remembers. */
  work(rule: RuleGroup): Fragment {
    return this.need(`work ${this.rule(rule)}`, { kind: "work", rule });
  }

  /** A rule's place in the memo of a context. */
  index(rule: RuleGroup): Fragment {
    return this.need(`index ${this.rule(rule)}`, { kind: "index", rule });
  }

  /** A constant, written where it stands when it is short, else defined once. */
  constant(value: RegoValue): Fragment {
    const code = literal(value);
    return typeof value !== "object" || value === null ? code : this.define(code, "constant");
  }

  /** A place in the sources, for an observer. */
  site(site: Site): Fragment {
    const { kind, file, line, column, endLine, endColumn, text, names } = site;
    const reads = site.reads.map(({ root, steps }) => ({ root, steps: steps.map((step) => (step === null ? null : { ...step })) }));
    return this.define(literal({ kind, file, line, column, endLine, endColumn, text, names: [...names], reads }), "site");
  }

  /** A JavaScript Set of scalars. */
  scalarSet(values: readonly RegoValue[]): Fragment {
    return this.define(js`new Set([${values.map(literal).join(", ") as Fragment}])`, "options");
  }

  /** A list of names. */
  path(path: readonly string[]): Fragment {
    return this.define(literal([...path]), "path");
  }

  /** A builtin: the object, or its function that needs no context. */
  builtin(builtin: Builtin, direct: boolean): Fragment {
    const found = js`builtins.get(${literal(builtin.name)})`;
    return this.define(direct ? js`${found}.direct` : found, direct ? builtin.name : `${builtin.name} builtin`);
  }

  /** The piece that these lines make, with all that was asked for so far. `rule` is the one whose function they define, if they do. */
  piece(lines: readonly CodeLine[], rule: RuleGroup | null): Piece {
    const { needs } = this;
    const text = lines.map((line) => indentation(line.depth) + line.text).join("\n");
    const texts: string[] = [];
    const marks: number[] = [];
    let from = 0;
    for (let at = text.indexOf(markStart); at >= 0; at = text.indexOf(markStart, from)) {
      const end = text.indexOf(markEnd, at);
      texts.push(text.slice(from, at));
      marks.push(Number(text.slice(at + 1, end)));
      from = end + 1;
    }
    texts.push(text.slice(from));
    const whole = [text, ...needs.map((need) => (need.kind === "definition" ? need.code : ""))].join("\n");
    const found = new Set(whole.match(anyRuntimeName));
    const runtime = runtimeNames.filter((name) => found.has(name));
    // Without the texts of the lines: a piece is kept for long.
    const places = lines.map(({ depth, origin }) => ({ depth, origin }));
    return { rule, lines: places, texts, marks, needs, locals: this.names.names, runtime, asked: this.asked };
  }

  private define(code: Fragment, hint: string): Fragment {
    return this.need(code, { kind: "definition", code, hint });
  }

  private need(key: unknown, need: Need): Fragment {
    let mark = this.known.get(key);
    if (mark === undefined) {
      mark = `${markStart}${this.needs.length}${markEnd}` as Fragment;
      this.known.set(key, mark);
      this.needs.push(need);
    }
    return mark;
  }
}

const indentations: string[] = [];

function indentation(depth: number): string {
  return (indentations[depth] ??= "  ".repeat(depth));
}
