// Random programs over small documents. What is generated is mostly valid Rego, and mostly defined: a program that fails early tells little.
import type { RegoValue } from "../../packages/rego/index.ts";
import type { Question } from "./question.ts";
import type { Random } from "./random.ts";
import { TermGenerator, type Callable } from "./generate-term.ts";

const keys = ["a", "b", "c"];
const scalars: readonly RegoValue[] = [0, 1, 2, 3, -1, 1.5, "a", "b", "c", "", "ab", true, false, null];

/** A JSON value of a few levels. */
function randomDocument(random: Random, depth: number): RegoValue {
  if (depth === 0 || random.chance(0.25)) return random.pick(scalars);
  if (random.chance(0.45)) return random.several(0, 3, () => randomDocument(random, depth - 1));
  return Object.fromEntries(keys.filter(() => random.chance(0.7)).map((key) => [key, randomDocument(random, depth - 1)]));
}

/** A program of one package, in the syntax of either version, with the question what its package holds. */
export function randomQuestion(random: Random): Question {
  const version = random.chance(0.25) ? "v0" : "v1";
  const rules = new ProgramGenerator(random, version).rules(1 + random.below(5));
  const header = version === "v1" ? "package t\n" : "package t\nimport future.keywords.in\nimport future.keywords.every\n";
  const input = { a: randomDocument(random, 3), b: randomDocument(random, 3), c: randomDocument(random, 2) };
  const data = { d: randomDocument(random, 3), e: randomDocument(random, 2) };
  return {
    modules: [`${header}\n${rules.join("\n\n")}\n`],
    version,
    query: "data.t = x",
    input,
    data,
  };
}

class ProgramGenerator {
  private readonly random: Random;
  private readonly version: "v0" | "v1";
  /** What later rules may refer to: only what stands before, so that nothing is recursive. */
  private readonly callables: Callable[] = [];
  private readonly documents: string[] = [];

  constructor(random: Random, version: "v0" | "v1") {
    this.random = random;
    this.version = version;
  }

  rules(count: number): string[] {
    const texts: string[] = [];
    for (let i = 0; i < count; i++) texts.push(...this.group(`r${i}`));
    return texts;
  }

  /** Some rules of one name. */
  private group(name: string): string[] {
    const { random } = this;
    const form = random.below(7);
    const times = 1 + random.below(form === 0 || form === 5 ? 2 : 3);
    let texts: string[];
    if (form <= 1) texts = this.complete(name, times);
    else if (form <= 3) texts = random.several(times, times, () => this.partialSet(name));
    else if (form === 4) texts = random.several(times, times, () => this.partialObject(name));
    else if (form === 5) return this.functions(name, times);
    else texts = this.version === "v1" ? this.deepHeads(name, times) : this.complete(name, times);
    this.documents.push(name);
    return texts;
  }

  private complete(name: string, times: number): string[] {
    const { random } = this;
    const texts = random.chance(0.3)
      ? [`default ${name} ${random.chance(0.5) ? "=" : ":="} ${random.pick(["false", "0", '"x"', "[]", "{1, 2}"])}`]
      : [];
    const value = random.chance(0.5) ? random.pick(["true", "1", '"v"']) : null;
    for (let i = 0; i < times; i++) {
      const terms = this.terms([]);
      const body = terms.body();
      let text = `${name} := ${value ?? terms.term(2)} ${this.braced(body)}`;
      if (value === null && i > 0) break;
      while (random.chance(0.25)) {
        const other = this.terms([]);
        const otherBody = other.body();
        text += ` else := ${value ?? other.term(1)} ${this.braced(otherBody)}`;
      }
      texts.push(text);
    }
    return texts;
  }

  private partialSet(name: string): string {
    const terms = this.terms([]);
    const body = terms.body();
    const element = terms.term(2);
    return this.version === "v1" ? `${name} contains ${element} ${this.braced(body)}` : `${name}[${element}] ${this.braced(body)}`;
  }

  private partialObject(name: string): string {
    const terms = this.terms([]);
    const body = terms.body();
    const key = this.random.chance(0.7) ? terms.simple() : terms.term(1);
    return `${name}[${key}] := ${this.random.chance(0.6) ? key : terms.term(1)} ${this.braced(body)}`;
  }

  private functions(name: string, times: number): string[] {
    const { random } = this;
    const arity = 1 + random.below(2);
    const texts: string[] = [];
    if (random.chance(0.15))
      texts.push(
        `default ${name}(${random.chance(0.5) ? Array(arity).fill("_").join(", ") : ["u", "w"].slice(0, arity).join(", ")}) := "d"`,
      );
    const tests = random.chance(0.4);
    for (let i = 0; i < times; i++) {
      const args = ["u", "w"]
        .slice(0, arity)
        .map((variable) =>
          random.pick([variable, variable, variable, `[${variable}, _]`, `{"a": ${variable}}`, random.pick(["1", '"a"', "null"])]),
        );
      const bound = ["u", "w"].filter((variable) => args.some((argument) => new RegExp(`\\b${variable}\\b`).test(argument)));
      const terms = this.terms(bound);
      const body = terms.body();
      const head = `${name}(${args.join(", ")})`;
      texts.push(tests ? `${head} ${this.braced(body)}` : `${head} := ${terms.term(2)} ${this.braced(body)}`);
      if (!tests && random.chance(0.6)) break;
    }
    this.callables.push({ name, arity });
    return texts;
  }

  /** Rules whose heads are references. */
  private deepHeads(name: string, times: number): string[] {
    const { random } = this;
    const steps = random.several(1, 2, () => random.pick([".k", ".l", '["m n"]', "[_]"]));
    return random.several(times, times, (i) => {
      const terms = this.terms([]);
      const body = terms.body();
      const path = steps
        .map((step, at) => (step === "[_]" || (at === steps.length - 1 && random.chance(0.5)) ? `[${terms.key()}]` : step))
        .join("");
      const end = random.below(3);
      if (end === 0) return `${name}.s${i}${path} contains ${terms.term(1)} ${this.braced(body)}`;
      return `${name}.t${i}${path} := ${end === 1 ? "true" : terms.simple()} ${this.braced(body)}`;
    });
  }

  private terms(bound: readonly string[]): TermGenerator {
    return new TermGenerator(this.random, bound, this.documents, this.callables);
  }

  private braced(literals: readonly string[]): string {
    return `${this.version === "v1" ? "if " : ""}{ ${literals.join("; ")} }`;
  }
}
