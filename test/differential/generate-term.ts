// Random terms and bodies. Builtins are called with what comes from documents, whose types no compiler knows beforehand.
import type { Random } from "./random.ts";

export interface Callable {
  readonly name: string;
  readonly arity: number;
}

/** Builtins without side effects, with the number of their operands. */
const builtins: readonly (readonly [name: string, arity: number])[] = [
  ["count", 1],
  ["sum", 1],
  ["product", 1],
  ["max", 1],
  ["min", 1],
  ["sort", 1],
  ["abs", 1],
  ["round", 1],
  ["ceil", 1],
  ["floor", 1],
  ["type_name", 1],
  ["is_string", 1],
  ["is_number", 1],
  ["is_array", 1],
  ["is_object", 1],
  ["is_set", 1],
  ["is_null", 1],
  ["is_boolean", 1],
  ["to_number", 1],
  ["json.marshal", 1],
  ["object.keys", 1],
  ["lower", 1],
  ["upper", 1],
  ["trim_space", 1],
  ["array.reverse", 1],
  ["strings.reverse", 1],
  ["array.concat", 2],
  ["concat", 2],
  ["contains", 2],
  ["startswith", 2],
  ["endswith", 2],
  ["indexof", 2],
  ["split", 2],
  ["trim", 2],
  ["trim_prefix", 2],
  ["object.union", 2],
  ["object.remove", 2],
  ["object.filter", 2],
  ["object.subset", 2],
  ["object.get", 3],
  ["array.slice", 3],
  ["replace", 3],
  ["substring", 3],
  ["intersection", 1],
  ["union", 1],
  ["format_int", 2],
  ["numbers.range", 2],
  ["bits.and", 2],
  ["json.filter", 2],
  ["json.remove", 2],
  ["object.union_n", 1],
  ["strings.any_prefix_match", 2],
  ["base64.encode", 1],
  ["urlquery.encode", 1],
  ["indexof_n", 2],
  ["strings.count", 2],
];

const comparisons = ["==", "!=", "<", "<=", ">", ">="];
const calculations = ["+", "-", "*", "/", "%", "&", "|"];

/** Makes terms and bodies of one rule. A body makes variables, which the terms made after it may use. */
export class TermGenerator {
  private readonly random: Random;
  private bound: string[];
  private readonly documents: readonly string[];
  private readonly callables: readonly Callable[];
  private readonly counter: { value: number };
  private iterates = true;

  constructor(
    random: Random,
    bound: readonly string[],
    documents: readonly string[],
    callables: readonly Callable[],
    counter: { value: number } = { value: 0 },
  ) {
    this.random = random;
    this.bound = [...bound];
    this.documents = documents;
    this.callables = callables;
    this.counter = counter;
  }

  /** Literals that make sense in this order, sometimes put into another. */
  body(most: number = 4): string[] {
    const literals = this.random.several(1, most, () => this.literal());
    if (this.random.chance(0.1) && !literals.some((one) => /:=|some |every /.test(one))) literals.reverse();
    return literals;
  }

  private literal(): string {
    const { random } = this;
    switch (random.below(16)) {
      case 0:
      case 1: {
        const domain = this.collection();
        const value = this.variable("v");
        if (random.chance(0.4)) {
          const key = this.variable("k");
          this.bound.push(key, value);
          return `some ${key}, ${value} in ${domain}`;
        }
        if (random.chance(0.15)) {
          this.bound.push(value);
          return `some ${random.pick([`[${value}, _]`, `{"a": ${value}}`, `[_, ${value}]`])} in ${domain}`;
        }
        this.bound.push(value);
        return `some ${value} in ${domain}`;
      }
      case 2:
      case 3: {
        const term = this.term(2);
        const name = this.variable("x");
        this.bound.push(name);
        return `${name} := ${term}`;
      }
      case 4: {
        const reference = this.reference();
        const step = this.variable("i");
        const name = this.variable("y");
        this.bound.push(step, name);
        return `${name} := ${reference}[${step}]`;
      }
      case 5: {
        const reference = this.reference();
        const step = this.variable("i");
        this.bound.push(step);
        return random.pick([`${reference}[${step}]`, `${reference}[${step}] == ${this.simple()}`, `${reference}[_][${step}]`]);
      }
      case 6:
        return `not ${this.negatable(() => this.condition())}`;
      case 7:
        return `not ${this.negatable(() => this.reference())}`;
      case 8: {
        const inner = this.inner();
        const value = this.variable("v");
        inner.bound.push(value);
        return `every ${value} in ${this.collection()} { ${[inner.condition().replaceAll("$v", value), `${value} != ${inner.simple()}`, ...inner.body(1)].join("; ")} }`;
      }
      case 9: {
        const pattern = random.pick(["[P, _]", "[_, P]", '{"a": P}', '{"a": P, "b": _}', '[P, {"b": _}]']);
        const name = this.variable("p");
        const text = `${pattern.replace("P", name)} = ${this.operand()}`;
        this.bound.push(name);
        return text;
      }
      case 10:
        return `${random.pick([this.reference(), this.condition()])} with ${this.replacement()}`;
      case 11: {
        const name = this.variable("z");
        const text = `${name} := ${this.term(1)} with ${this.replacement()}`;
        this.bound.push(name);
        return text;
      }
      case 12:
        return `walk(${this.reference()}, [${this.fresh("w")}, ${this.fresh("w")}])`;
      default:
        return this.condition();
    }
  }

  private condition(): string {
    const { random } = this;
    switch (random.below(6)) {
      case 0:
      case 1:
        return random.chance(0.05)
          ? `${this.term(1)} ${random.pick(comparisons)} ${this.term(1)}`
          : `${random.chance(0.5) ? this.operand() : this.term(1)} ${random.pick(comparisons)} ${this.operand()}`;
      case 2:
        return `${this.simple()} in ${this.collection()}`;
      case 3:
        return this.callables.length > 0 ? this.call(1) : this.reference();
      case 4:
        return `${this.operand()} ${random.pick(comparisons)} ${this.simple()}`;
      default:
        return this.reference();
    }
  }

  private replacement(): string {
    const { random } = this;
    const target = random.pick([
      "input",
      "input.a",
      "input.b.a",
      "data.d",
      "data.d.a",
      "data.e",
      ...this.documents.map((name) => `data.t.${name}`),
    ]);
    return `${target} as ${random.chance(0.5) ? this.literalValue() : this.term(1)}`;
  }

  private collection(): string {
    const { random } = this;
    if (random.chance(0.15)) return random.pick(['["a", 1]', "{1, 2}", '{"a": 1, "b": [1]}', "[[1, 2], [2, 1]]", "numbers.range(0, 2)"]);
    if (random.chance(0.15)) return this.comprehension(1);
    return this.reference();
  }

  /** A constant, a variable or a short reference. */
  simple(): string {
    const { random } = this;
    if (this.bound.length > 0 && random.chance(0.6)) return random.pick(this.bound);
    return random.chance(0.5) ? random.pick(["0", "1", "2", '"a"', '"b"', "true", "false", "null", "1.5"]) : this.reference();
  }

  /** What may stand in a rule's head: a variable or a reference. Constants other than strings are left out: Holdfast shows what is below them only where it is defined. */
  key(): string {
    return this.bound.length > 0 && this.random.chance(0.7) ? this.random.pick(this.bound) : this.operand();
  }

  private literalValue(): string {
    return this.random.pick(["1", '"a"', "[1, 2]", '{"a": 1}', '{"a": {"a": 2, "b": [1]}}', "{1, 2}", "false", "null", "[]", "{}"]);
  }

  /** Something in which references may not iterate. */
  private negatable(make: () => string): string {
    const outer = this.iterates;
    this.iterates = this.random.chance(0.03);
    const text = make();
    this.iterates = outer;
    return text;
  }

  /** A reference to a document, all of whose variables are bound. Into what has a type that OPA may know, it takes few steps. */
  reference(): string {
    const { random } = this;
    if (random.chance(0.6)) return this.operand();
    if (this.bound.length > 0 && random.chance(0.5)) return random.pick(this.bound) + (random.chance(0.1) ? this.step() : "");
    if (this.documents.length === 0) return "input";
    return random.pick(this.documents) + (random.chance(0.4) ? this.openStep() : "");
  }

  private openStep(): string {
    if (this.iterates && this.random.chance(0.6)) return "[_]";
    return `[${this.bound.length > 0 ? this.random.pick(this.bound) : this.operand()}]`;
  }

  private step(): string {
    const { random } = this;
    const kind = random.below(10);
    if (kind < 5) return random.pick([".a", ".b", ".c"]);
    if (kind < 8) return `[${random.below(3)}]`;
    if ((kind === 8 && this.iterates) || this.bound.length === 0) return this.iterates ? "[_]" : ".a";
    return `[${random.pick(this.bound)}]`;
  }

  term(depth: number): string {
    const { random } = this;
    if (depth === 0 || random.chance(0.3)) return this.simple();
    switch (random.below(9)) {
      case 0:
        return `[${random.several(0, 3, () => this.term(depth - 1)).join(", ")}]`;
      case 1:
        return `{${random.several(1, 3, () => this.term(depth - 1)).join(", ")}}`;
      case 2:
        return `{${random.several(0, 2, (i) => `${random.chance(0.7) ? `"${"abc"[i]}"` : this.simple()}: ${this.term(depth - 1)}`).join(", ")}}`;
      case 3:
        return this.comprehension(depth);
      case 4:
      case 5:
        return this.call(depth);
      case 6:
        return `(${this.operand()} ${random.pick(calculations)} ${this.operand()})`;
      case 7:
        return random.chance(0.5)
          ? `(${this.operand()} ${random.pick(comparisons)} ${this.simple()})`
          : `sprintf("%v", [${this.term(depth - 1)}])`;
      default:
        return this.reference();
    }
  }

  private comprehension(depth: number): string {
    const { random } = this;
    const inner = this.inner();
    const body = inner.body(2).join("; ");
    const kind = random.below(3);
    if (kind === 0) return `[${inner.term(depth - 1)} | ${body}]`;
    if (kind === 1) return `{${inner.term(depth - 1)} | ${body}}`;
    const key = inner.simple();
    return `{${key}: ${random.chance(0.6) ? key : inner.simple()} | ${body}}`;
  }

  private call(depth: number): string {
    const { random } = this;
    if (this.callables.length > 0 && random.chance(0.5)) {
      const { name, arity } = random.pick(this.callables);
      return `${name}(${random.several(arity, arity, () => this.term(depth - 1)).join(", ")})`;
    }
    const [name, arity] = random.pick(builtins);
    return `${name}(${random.several(arity, arity, () => this.operand()).join(", ")})`;
  }

  /** What comes from the documents, so that its type is not known before. */
  private operand(): string {
    const { random } = this;
    return random.pick(["input.a", "input.b", "input.c", "data.d", "data.e"]) + random.several(0, 2, () => this.step()).join("");
  }

  private inner(): TermGenerator {
    return new TermGenerator(this.random, this.bound, this.documents, this.callables, this.counter);
  }

  private variable(prefix: string): string {
    return `${prefix}${this.counter.value++}`;
  }

  private fresh(prefix: string): string {
    const name = this.variable(prefix);
    this.bound.push(name);
    return name;
  }
}
