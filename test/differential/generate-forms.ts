// Random programs of the forms that generate.ts leaves out: mocked functions, replaced parts of documents, `else` of functions, deep heads, patterns behind `some`, template strings,
// annotations, and modules of v0 that import v1.
import type { RegoValue } from "../../packages/rego/index.ts";
import type { Question } from "./question.ts";
import type { Random } from "./random.ts";

const scalars = ["0", "1", "2", '"a"', '"b"', "true", "false", "null", "1.5", '""'];
const collections = [
  "input.a",
  "input.b",
  "input.c",
  "data.d",
  "data.d.x",
  "data.e",
  '[1, "a", [2, 3]]',
  '{"a": 1, "b": {"a": 2}}',
  "{1, 2}",
  "set()",
  "[]",
];
const patterns = ["[V, W]", "[V, _]", '{"a": V}', '{"a": V, "b": _}', "[V, [W, _]]", '{"a": {"b": V}}', "[V, 1]", '["a", V]', "V"];
const keys = ["a", "b", "x"];

/** A program of these forms, with the question what its package holds. */
export function randomForms(random: Random): Question {
  const version = random.chance(0.2) ? "v0" : "v1";
  const forms = new Forms(random, version);
  const imports = version === "v0" ? "import rego.v1\n" : random.chance(0.1) ? "import rego.v1\n" : "";
  const aliases = random.chance(0.3) ? "import data.d as dd\nimport input.a as ia\n" : "";
  return {
    modules: [`package t\n${imports}${aliases}\n${helpers}\n${forms.rules(1 + random.below(4)).join("\n\n")}\n`],
    version,
    query: "data.t = x",
    input: { a: document(random, 3), b: document(random, 2), c: [document(random, 2), [1, 2], { a: 1 }] },
    data: { d: { x: document(random, 2), y: 1 }, e: document(random, 2) },
  };
}

/** What the rules call and replace. */
const helpers = `one(v) := [v]

two(v, w) := {"v": v, "w": w}

choice(v) := "number" if is_number(v)
else := "text" if is_string(v)
else := v

positive(v) if v > 0

fixed := {"a": 1, "b": {"a": [1, 2]}}

parts contains v if some v in [1, 2, 3]
`;

function document(random: Random, depth: number): RegoValue {
  if (depth === 0 || random.chance(0.25)) return random.pick<RegoValue>([0, 1, 2, "a", "b", true, false, null, "", -1]);
  if (random.chance(0.5)) return random.several(0, 3, () => document(random, depth - 1));
  return Object.fromEntries(keys.filter(() => random.chance(0.6)).map((key) => [key, document(random, depth - 1)]));
}

class Forms {
  private readonly random: Random;
  private readonly version: "v0" | "v1";
  private count = 0;

  constructor(random: Random, version: "v0" | "v1") {
    this.random = random;
    this.version = version;
  }

  rules(count: number): string[] {
    return Array.from({ length: count }, (_, i) => this.rule(`r${i}`));
  }

  private rule(name: string): string {
    const { random } = this;
    // Modules of v0 have no template strings.
    const form = random.below(13);
    switch (form === 6 && this.version === "v0" ? 7 : form) {
      case 0:
        return random.chance(0.5)
          ? `${name} if every k, v in ${this.collection()} { ${this.condition("v")}; ${this.condition("k")} }`
          : `${name} if every v in ${this.collection()} { ${this.condition("v")} }`;
      case 1:
        return `${name} := x if x := ${this.call()} with ${this.mock()}${random.chance(0.4) ? ` with ${this.replacement()}` : ""}`;
      case 2:
        return `${name} if ${this.condition(this.operand())} with ${this.replacement()}`;
      case 3:
        return this.functions(name);
      case 4:
        return this.deepHeads(name);
      case 5:
        return `${name} contains ${this.used()} if ${this.some()}`;
      case 6:
        return `${name} := $"${this.template()}"`;
      case 7:
        return `${name} if not ${random.pick([`${this.comprehension()} == ${this.comprehension()}`, `${random.pick(["0", "1"])} in ${this.comprehension()}`, `count(${this.comprehension()}) > ${random.pick(["0", "1"])}`])}`;
      case 8:
        return `# METADATA\n# title: ${name}\n# custom:\n#   level: ${random.below(3)}\n${name} := rego.metadata.rule().${random.pick(["title", "custom.level", "custom", "description"])}`;
      case 9:
        return `${name} := [x | ${this.some()}; x := ${this.used()}]`;
      case 10:
        return `${name} := {k: v | some k, v in ${this.collection()}; ${this.condition("v")}}`;
      case 11:
        return `default ${name} := ${random.pick(["false", "0", "[]", '{"a": 1}'])}\n\n${name} := ${this.operand()} if ${this.condition(this.operand())}\nelse := ${this.operand()} if ${this.condition(this.operand())}\nelse := ${random.pick(scalars)}`;
      default:
        return `${name} if { some i; ${this.collection()}[i]; not ${this.condition(`${this.collection()}[i]`)} }`;
    }
  }

  private functions(name: string): string {
    const { random } = this;
    const args = random.pick(["v", "[v, _]", '{"a": v}', "v, w", '"a", v']);
    const last = args === "v, w" ? "w" : "v";
    const chain = random.several(0, 2, () => `else := ${random.pick([last, "v", ...scalars])} if ${this.condition(last)}`);
    const end = random.chance(0.4) ? ["else := [v]"] : [];
    const given = args.includes(",") && !args.startsWith("[") ? `${this.operand()}, ${this.operand()}` : this.operand();
    const head = `${name}f(${args}) := ${random.pick(["v", "[v]", "1"])} if ${this.condition("v")}`;
    return `${[head, ...chain, ...end].join("\n")}\n\n${name} := [x | x := ${name}f(${given})]\n\n${name}c contains x if x := ${name}f(${given})${random.chance(0.3) ? ` with ${this.replacement()}` : ""}`;
  }

  private deepHeads(name: string): string {
    const { random } = this;
    const heads = random.several(1, 3, (i) => {
      const step = random.pick([".a", ".b", `.c${i}`, '["a b"]', "[V]", "[W]"]);
      const next = random.pick(["", ".k", "[V]", "[W]", "[V].z", ".y[W]"]);
      const end = random.pick([` := ${random.pick(["1", "V", "W", "{}"])}`, ` contains ${random.pick(["1", "V"])}`, ` := true`, ` := W`]);
      return `${name}${step}${next}${end} if { some V, W in ${this.collection()}; ${this.condition("W")} }`
        .replaceAll("V", "v")
        .replaceAll("W", "w");
    });
    return heads.join("\n\n");
  }

  /** `some … in` with a pattern; what it binds stands in `V` and `W`. */
  private some(): string {
    const { random } = this;
    const id = this.count++;
    const pattern = random.pick(patterns);
    const text = pattern.replace("V", `v${id}`).replace("W", `w${id}`);
    const key = random.chance(0.3) ? `${random.pick(["_", `k${id}`, "0", '"a"'])}, ` : "";
    return `some ${key}${text} in ${this.collection()}${random.chance(0.3) ? `; ${this.condition(`v${id}`)}` : ""}`;
  }

  /** Something made of what the next `some` binds. */
  private used(): string {
    return this.random.pick(["[v{}]", "v{}", '{"k": v{}}']).replaceAll("{}", String(this.count));
  }

  private template(): string {
    const { random } = this;
    return random
      .several(1, 3, () =>
        random.pick([
          "text",
          "\\n",
          "\\{x",
          " {input.a} ",
          `{${random.pick(scalars).replaceAll('"', "`")}}`,
          "{input.b.a}",
          "{count(parts)}",
          "{fixed.b}",
          "{parts}",
          "{[v | some v in parts]}",
          "{data.e with data.e as 1}",
        ]),
      )
      .join("");
  }

  private comprehension(): string {
    const { random } = this;
    const [open, close] = random.pick([
      ["[", "]"],
      ["{", "}"],
    ] as const);
    return `${open}x | some x in ${this.collection()}; ${this.condition("x")}${close}`;
  }

  private condition(of: string): string {
    const { random } = this;
    return random.pick([
      `${of} == ${random.pick(scalars)}`,
      `${of} != ${random.pick(scalars)}`,
      `is_number(${of})`,
      `is_string(${of})`,
      `choice(${of}) == "text"`,
      `positive(${of})`,
      `${of} in ${this.collection()}`,
      `one(${of})[0] == ${random.pick(scalars)}`,
      `not ${of} == ${random.pick(scalars)}`,
      of === "x" ? "true" : `count([x | x := ${of}]) == 1`,
    ]);
  }

  private operand(): string {
    const { random } = this;
    return random.pick([
      "input.a",
      "input.b",
      "input.c[0]",
      "data.d.x",
      "data.e",
      "fixed.a",
      "fixed.b.a[0]",
      "input.a.a",
      "input.c[_]",
      "data.d.y",
    ]);
  }

  private collection(): string {
    return this.random.pick(collections);
  }

  private call(): string {
    const { random } = this;
    return random.pick([
      "one(1)",
      `one(${this.operand()})`,
      `two(${this.operand()}, 1)`,
      `choice(${this.operand()})`,
      "count([1])",
      'upper("a")',
      "[one(1), count(parts)]",
      "sum(parts)",
      "[x | some x in parts; positive(x)]",
    ]);
  }

  private mock(): string {
    const { random } = this;
    return random.pick([
      `one as ${random.pick(["choice", "5", '{"a": 1}', "count", "is_number", "input.a"])}`,
      `two as ${random.pick(["7", "array.concat", "[1]", "object.get", "data.t.two"])}`,
      `choice as ${random.pick(["one", '"m"', "type_name"])}`,
      `count as ${random.pick(["9", "one", "sum"])}`,
      `upper as ${random.pick(["lower", '"U"', "choice"])}`,
      `sum as ${random.pick(["count", "0", "max"])}`,
      `positive as ${random.pick(["false", "is_string", "true"])}`,
      `data.t.one as ${random.pick(["choice", "3"])}`,
    ]);
  }

  private replacement(): string {
    const { random } = this;
    const value = random.pick([...scalars, '{"a": 1}', "[1, 2]", '{"a": {"b": 2}}', "{1, 2}", "input.b", "data.e", "fixed"]);
    return `${random.pick(["input", "input.a", "input.a.a", "input.b.x.y", "data.d", "data.d.x", "data.d.x.a", "data.e", "fixed", "data.t.parts", "data.t.fixed", "parts"])} as ${value}`;
  }
}
