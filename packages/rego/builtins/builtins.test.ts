import { describe, expect, test } from "vitest";
import { equals } from "../runtime/compare.ts";
import { stringify } from "../runtime/json.ts";
import type { RegoValue } from "../runtime/value.ts";
import { BuiltinError } from "./define.ts";
import type { Builtin } from "./define.ts";
import { builtinByName, builtins } from "./list.ts";
import type { BuiltinCase } from "./tester.ts";
import { caseContext, faultsOf, readCases } from "./tester.ts";

const cases = readCases(new URL("./cases/", import.meta.url));

test.each(builtins.map((builtin) => [builtin.name, builtin] as const))("%s keeps to the contract", (_, builtin) => {
  expect(faultsOf(builtin)).toEqual([]);
});

test("no two builtins have one name", () => {
  expect(builtinByName.size).toBe(builtins.length);
});

test("every builtin has a case", () => {
  const called = new Set([...cases.values()].flat().map((one) => one.call));
  expect(builtins.map((builtin) => builtin.name).filter((name) => !called.has(name))).toEqual([]);
});

describe.each([...cases])("%s", (_, list) => {
  test.each(list.map((one) => [`${one.call}(${one.args.map(stringify).join(", ")})`, one] as const))("%s", (_, one) => {
    const builtin = builtinByName.get(one.call) as Builtin;
    expect(one.args.length === builtin.args.length || builtin.variadic === true).toBe(true);
    expect(outcome(builtin, one, false)).toBe(one.want === undefined ? "undefined" : stringify(one.want));
    expect(outcome(builtin, one, true)).toBe(one.error ?? (one.want === undefined ? "undefined" : stringify(one.want)));
    expect(isWanted(builtin, one)).toBe(true);
  });
});

function outcome(builtin: Builtin, one: BuiltinCase, strict: boolean): string {
  try {
    const result = builtin.evaluate(caseContext(strict), ...one.args);
    return result === undefined ? "undefined" : stringify(result);
  } catch (error) {
    return error instanceof BuiltinError ? error.code : String(error);
  }
}

/** JSON shows a set as an array; this tells them apart. */
function isWanted(builtin: Builtin, one: BuiltinCase): boolean {
  const result: RegoValue | undefined = builtin.evaluate(caseContext(false), ...one.args);
  return result === undefined || one.want === undefined ? result === one.want : equals(result, one.want);
}
