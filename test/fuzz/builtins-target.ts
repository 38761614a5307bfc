import { builtinByName } from "../../packages/rego/builtins/list.ts";
import { BuiltinError, type BuiltinContext } from "../../packages/rego/builtins/define.ts";
import { compile, stringify, toJson, type RegoValue } from "../../packages/rego/index.ts";
import type { Random } from "../differential/random.ts";
import { operands } from "./operands.ts";
import type { Target } from "./target.ts";
import { watchShared } from "./untouched.ts";

/** Those that reach out, or whose work is meant to take long. */
const left = /^(?:http\.send|net\.lookup_ip_addr|print)$/u;
const names: readonly string[] = [...builtinByName.keys()].filter((name) => !left.test(name));
const empty = compile({ modules: [] }).program;
let checkShared: (() => void) | null = null;

/** Calls such as `lower("A")`: a result or an error of the known kinds, the same twice, operands unchanged, and the same strictly, directly and not. */
export const builtinsTarget: Target = {
  covers: ["builtins"],
  generate: (random: Random) => {
    const name = random.pick(names);
    return `${name}(${operands(random, name, builtinByName.get(name)?.args ?? []).join(", ")})`;
  },
  check(input) {
    const opening = input.indexOf("(");
    const builtin = builtinByName.get(input.slice(0, opening));
    if (builtin === undefined || left.test(builtin.name) || !input.endsWith(")")) return;
    const given = empty?.evaluate(`x = [${input.slice(opening + 1, -1)}]`).results?.[0]?.["x"];
    if (!Array.isArray(given) || given.length !== builtin.args.length) return;
    checkShared ??= watchShared();
    const values = given as readonly RegoValue[];
    const before = stringify(values);
    const call = (strict: boolean): string => shown(() => builtin.evaluate(context(strict), ...values));
    const first = call(true);
    if (call(true) !== first) throw new Error("the second answer differs from the first");
    const lax = call(false);
    if (lax !== (first.startsWith("error ") ? "undefined" : first)) throw new Error("the answer depends on strictness");
    const { direct } = builtin;
    if (direct !== undefined && shown(() => direct(...values)) !== lax) throw new Error("the direct call gives something else");
    if (stringify(values) !== before) throw new Error("an operand has changed");
    checkShared();
  },
};

function shown(call: () => RegoValue | undefined): string {
  try {
    const result = call();
    if (result === undefined) return "undefined";
    // What comes out must be a value that can be written.
    toJson(result);
    return stringify(result);
  } catch (error) {
    if (error instanceof BuiltinError) return `error ${error.code}`;
    throw error;
  }
}

function context(strict: boolean): BuiltinContext {
  return {
    now: 1_700_000_000_123_456_789n,
    random: () => 0.5,
    memory: new Map(),
    runtime: {},
    print: () => undefined,
    spend: () => undefined,
    fail(code, message) {
      if (strict) throw new BuiltinError(code, message);
      return undefined;
    },
  };
}
