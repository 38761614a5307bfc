import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { toJson } from "../runtime/json.ts";
import type { PlainObject, RegoValue, SetValue } from "../runtime/value.ts";
import { compile } from "./compile.ts";

const source = `package p
import rego.v1

deny contains {"message": sprintf("%s is privileged", [container.name]), "objects": [obj]} if {
	some obj in input
	some container in obj.spec.containers
	container.privileged
}

names := {obj.metadata.name: obj | some obj in input}
merged := [object.union(obj, {"seen": true}) | some obj in input; walk(obj, [_, true])]
replaced := found if found := deny with input as [obj | some obj in input]
`;

function makeRule(name: string): (input: RegoValue) => RegoValue | undefined {
  const { program, diagnostics } = compile({ modules: [{ file: "p.rego", source, version: "v1" }] });
  expect(diagnostics).toEqual([]);
  const rule = program?.rule(["p", name]);
  return (input) => rule?.({ input }).value;
}

function pods(count: number): RegoValue[] {
  return Array.from({ length: count }, (_, i) => ({
    kind: "Pod",
    metadata: { name: `pod-${i}`, labels: { app: `app-${i}`, text: "x".repeat(500) + i } },
    spec: {
      containers: [{ name: `c${i}`, privileged: i % 2 === 0, command: Array.from({ length: 20 }, (_unused, j) => `argument ${i} ${j}`) }],
    },
  }));
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) for (const part of Object.values(Object.freeze(value))) freeze(part);
  return value;
}

test("what a rule gives holds the objects of the input themselves", () => {
  const input = pods(40);
  const findings = (makeRule("deny")(input) as SetValue).items as readonly { readonly objects: RegoValue[] }[];
  expect(findings).toHaveLength(20);
  for (const { objects } of findings) expect(input.indexOf(objects[0] as RegoValue)).toBeGreaterThanOrEqual(0);
  const names = makeRule("names")(input) as PlainObject;
  expect(names["pod-3"]).toBe(input[3]);
  const json = toJson(names) as Readonly<Record<string, unknown>>;
  expect(json["pod-3"]).toBe(input[3]);
});

test.each(["deny", "names", "merged", "replaced"])("an input that can't be changed is evaluated: %s", (name) => {
  const value = makeRule(name)(freeze(pods(20)));
  expect(value).toBeDefined();
  expect(toJson(value ?? null)).toEqual(toJson(makeRule(name)(pods(20)) ?? null));
});

test("evaluating 3,500 objects keeps next to nothing beside them", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const used = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const deny = makeRule("deny");
  deny(pods(50));
  const before = used();
  const input = pods(3500);
  const whole = used() - before;
  const result = deny(input) as SetValue;
  const grown = used() - before - whole;
  expect(result.size).toBe(1750);
  // Each finding is an object, an array and a text; an object of the input is many of each.
  expect(grown).toBeLessThan(whole / 3);
  expect(input).toHaveLength(3500);
});
