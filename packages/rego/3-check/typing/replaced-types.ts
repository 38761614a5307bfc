// What `with` makes of the documents in a literal, as far as their types go.
import type { RuleGroup } from "../../2-resolve/resolved.ts";
import { anyStatic, stringStatic, type StaticType } from "../../builtins/static-type.ts";
import { selected, unionOf } from "./combine-types.ts";
import type { TypeBelow } from "./known-types.ts";

/** Something below `data` that rules make, and that is replaced. */
interface ReplacedRules {
  readonly path: readonly string[];
  /** The type of what it is replaced by. */
  readonly value: StaticType;
  readonly groups: readonly RuleGroup[];
}

/** The types of documents where some of them are replaced. */
export class ReplacedTypes {
  /** Null where `input` is as it was. */
  readonly input: StaticType | null;
  private readonly data: StaticType;
  private readonly rules: readonly ReplacedRules[];

  private constructor(input: StaticType | null, data: StaticType, rules: readonly ReplacedRules[]) {
    this.input = input;
    this.data = data;
    this.rules = rules;
  }

  /** Where nothing is replaced. */
  static readonly none: ReplacedTypes = new ReplacedTypes(null, anyStatic, []);

  /** With `input` replaced at a path; `before` is its type without any replacement: what a schema says of it holds for what stands for it, too. */
  withInput(path: readonly string[], before: StaticType): ReplacedTypes {
    const input = path.length === 0 ? before : replacedAt(this.input ?? before, path);
    return new ReplacedTypes(input, this.data, this.rules);
  }

  /** With what these rules give at a path below `data` replaced. What they give themselves counts still, as OPA has it. */
  withRules(path: readonly string[], value: StaticType, groups: readonly RuleGroup[]): ReplacedTypes {
    return new ReplacedTypes(this.input, this.data, [...this.rules, { path, value, groups }]);
  }

  /** With a base document replaced. */
  withData(path: readonly string[]): ReplacedTypes {
    return new ReplacedTypes(this.input, replacedAt(this.data, path), this.rules);
  }

  /** Whether a rule gives something else, since it uses rules that are replaced. */
  reaches(group: RuleGroup, used: (group: RuleGroup) => ReadonlySet<RuleGroup>): boolean {
    if (this.rules.length === 0 || this.rules.some((one) => one.groups.includes(group))) return false;
    const behind = used(group);
    return this.rules.some((one) => one.groups.some((replaced) => behind.has(replaced)));
  }

  /** The type of what stands at steps that begin with a path of names, where rules make `found` of it. */
  below(path: readonly string[], found: TypeBelow, steps: number): TypeBelow {
    if (this === ReplacedTypes.none) return found;
    const leads = path.slice(0, found.taken);
    let type = found.type;
    for (const one of this.rules) {
      const common = one.path.slice(0, leads.length).every((name, i) => name === leads[i]);
      if (!common) continue;
      // Above what is replaced: it is one of several things there.
      if (one.path.length > leads.length) return { type: anyStatic, taken: steps, group: null };
      const value = leads.slice(one.path.length).reduce<StaticType | null>((at, name) => at && selected(at, name), one.value);
      if (value !== null) type = unionOf([type, value]);
    }
    const [first] = path;
    if (type !== found.type || found.group !== null || type !== anyStatic || first === undefined) return { ...found, type };
    return { type: selected(this.data, first) ?? anyStatic, taken: 1, group: null };
  }
}

/** The type of a document with something else at a path: of that itself nothing is known. */
function replacedAt(type: StaticType, path: readonly string[]): StaticType {
  const [name, ...further] = path;
  if (name === undefined) return anyStatic;
  if (type.kind === "any")
    return { kind: "object", fields: new Map([[name, replacedAt(anyStatic, further)]]), rest: { key: stringStatic, value: anyStatic } };
  if (type.kind !== "object") return anyStatic;
  const below = type.fields.get(name);
  // What was replaced as a whole stays unknown when a part of it is replaced, too.
  const known = below === anyStatic ? anyStatic : replacedAt(below ?? anyStatic, further);
  return { kind: "object", fields: new Map(type.fields).set(name, known), rest: type.rest };
}
