import fc from "fast-check";
import { expect, test } from "vitest";
import type { ObjectPath } from "@holdfast/core";
import { aliasBudget, compose } from "../yaml/compose.ts";
import { SourceText } from "../yaml/source-text.ts";
import type { Change } from "./change-plan.ts";
import { changeEdits } from "./fix-edits.ts";
import { applyEdits } from "./text-edit.ts";
import { json, mapping, writeYaml, writing } from "../testing/written-yaml.ts";
import type { Json } from "../testing/written-yaml.ts";

function read(text: string): ReturnType<typeof compose>[number] {
  const [document] = compose(text, 0, text.length, aliasBudget());
  if (document === undefined) throw new Error("no document");
  return document;
}

/** The text after some changes. Throws where they can't be made. */
function edited(text: string, changes: readonly Change[]): string {
  const after = tryEdit(text, changes);
  if (typeof after !== "string") throw new Error(after.reason);
  return after;
}

function tryEdit(text: string, changes: readonly Change[]): string | { readonly reason: string } {
  const { nodes } = read(text);
  const outcome = changeEdits({ source: { text: new SourceText("x.yaml", text), nodes, node: 0 } }, changes);
  return "edits" in outcome ? applyEdits(text, outcome.edits) : outcome;
}

/** All ways into a value. */
function pathsOf(value: Json, path: ObjectPath = []): ObjectPath[] {
  if (typeof value !== "object" || value === null) return [path];
  const steps = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [path, ...steps.flatMap((step) => pathsOf((value as Record<string | number, Json>)[step] as Json, [...path, step]))];
}

/** What a change should make of a value; missing mappings on the way are made. */
function changed(value: unknown, change: Change, path: ObjectPath = change.path): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change.kind === "set" ? change.value : value;
  if (Array.isArray(value)) {
    const items = [...(value as unknown[])];
    if (rest.length === 0 && change.kind === "remove") items.splice(Number(step), 1);
    else items[Number(step)] = changed(items[Number(step)], change, rest);
    return items;
  }
  const object = { ...(value as Record<string, unknown> | null) };
  if (rest.length === 0 && change.kind === "remove") delete object[step];
  else object[step] = changed(object[step], change, rest);
  return object;
}

const scenario = fc
  .tuple(mapping, writing, json, fc.nat(1000), fc.constantFrom<readonly string[]>([], ["added"], ["added", "x.y/z"], ["app", "b", "c"]))
  .map(([value, how, replacement, pick, below]) => {
    const paths = pathsOf(value).filter((path) => path.length > 0);
    return { value, text: writeYaml(value, how), path: paths[pick % paths.length] ?? ["a"], replacement, below };
  });

test("what the generator writes is read as the value it was written from", () => {
  fc.assert(
    fc.property(mapping, writing, (value, how) => {
      expect(read(writeYaml(value, how)).value).toEqual(value);
    }),
    { numRuns: 500 },
  );
});

test("setting a value that is there changes that value and nothing else", () => {
  fc.assert(
    fc.property(scenario, ({ value, text, path, replacement }) => {
      const change: Change = { kind: "set", path, value: replacement };
      const after = edited(text, [change]);
      expect(read(after).value).toEqual(changed(value, change));
    }),
    { numRuns: 1500 },
  );
});

test("setting a value that is not there makes the mappings around it", () => {
  fc.assert(
    fc.property(scenario, ({ value, text, path, replacement, below }) => {
      fc.pre(below.length > 0);
      const whole = [...path, ...below];
      const at = path.reduce<unknown>((here, step) => (here as Record<string | number, unknown>)[step], value);
      fc.pre((typeof at === "object" && !Array.isArray(at)) || at === null);
      const change: Change = { kind: "set", path: whole, value: replacement };
      const after = edited(text, [change]);
      expect(read(after).value).toEqual(changed(value, change));
    }),
    { numRuns: 1500 },
  );
});

test("removing a value removes it and nothing else", () => {
  fc.assert(
    fc.property(scenario, ({ value, text, path }) => {
      const change: Change = { kind: "remove", path };
      // The last entry of the object itself can't go: an object without fields is no object.
      fc.pre(path.length > 1 || Object.keys(value).length > 1);
      const after = edited(text, [change]);
      expect(read(after).value).toEqual(changed(value, change));
    }),
    { numRuns: 1500 },
  );
});

test("several changes at once give what they give one after the other", () => {
  fc.assert(
    fc.property(
      mapping,
      writing,
      fc.array(fc.tuple(fc.nat(1000), json, fc.constantFrom("set", "add", "remove")), { minLength: 2, maxLength: 4 }),
      (value, how, picks) => {
        const text = writeYaml(value, how);
        const paths = pathsOf(value).filter((path) => path.length > 0);
        const changes = picks.map(([pick, replacement, kind], at): Change => {
          const path = paths[pick % paths.length] ?? ["a"];
          if (kind === "remove") return { kind: "remove", path };
          return { kind: "set", path: kind === "add" ? [...path.slice(0, -1), `new${at % 2}`, `k${at}`] : path, value: replacement };
        });
        // Changes within each other or in a list whose places shift, and lists as mappings, are another matter.
        const apart = changes.every((a, i) => changes.every((b, j) => i === j || !startsWith(a.path, b.path)));
        fc.pre(apart && !changes.some((change) => change.path.some((step) => typeof step === "number")));
        const after = tryEdit(text, changes);
        fc.pre(typeof after === "string");
        expect(read(after).value).toEqual(changes.reduce<unknown>((here, change) => changed(here, change), value));
      },
    ),
    { numRuns: 1500 },
  );
});

function startsWith(path: ObjectPath, start: ObjectPath): boolean {
  return start.every((step, at) => path[at] === step);
}

test("lines that no edit touches stay as they are, byte by byte", () => {
  fc.assert(
    fc.property(scenario, ({ text, path, replacement }) => {
      const { nodes } = read(text);
      const outcome = changeEdits({ source: { text: new SourceText("x.yaml", text), nodes, node: 0 } }, [
        { kind: "set", path, value: replacement },
      ]);
      if (!("edits" in outcome)) return;
      const after = applyEdits(text, outcome.edits);
      const first = outcome.edits[0]?.start ?? 0;
      const last = outcome.edits.at(-1)?.end ?? 0;
      expect(after.slice(0, first)).toBe(text.slice(0, first));
      expect(after.endsWith(text.slice(last))).toBe(true);
    }),
    { numRuns: 300 },
  );
});
