import fc from "fast-check";
import { expect, test } from "vitest";
import { json, mapping, writeYaml, writing } from "../testing/written-yaml.ts";
import { aliasBudget, compose } from "./compose.ts";
import { findNode } from "./find-node.ts";
import { YamlFault } from "./yaml-fault.ts";

function values(text: string): unknown[] {
  return compose(text, 0, text.length, aliasBudget()).map((document) => document.value);
}

function faultOf(text: string): YamlFault {
  try {
    values(text);
  } catch (error) {
    if (error instanceof YamlFault) return error;
    throw error;
  }
  throw new Error("it was read");
}

test("keys that are no text become text as JSON has it", () => {
  expect(values("{yes: 1, 0x10: 2, 08: 3, 1.5: 4, y: 5}")).toEqual([{ true: 5, 16: 2, 8: 3, "1.5": 4 }]);
});

test("tags of YAML convert, others are ignored", () => {
  const text =
    'a: !!str 123\nb: !!int "3"\nc: !!float 3\nd: !!binary aGVsbG8=\ne: !Ref bar\nf: !foo {x: z}\ng: ! 12\nh: !<tag:yaml.org,2002:str> 1\ni: !!bool yes\n';
  expect(values(text)).toEqual([{ a: "123", b: 3, c: 3, d: "hello", e: "bar", f: { x: "z" }, g: "12", h: "1", i: true }]);
});

test("a merge key replaces what stands before it and yields to what stands behind it; of several the first wins", () => {
  expect(values("m: &m {a: 1, b: 2}\nx:\n  a: 0\n  <<: *m\n  b: 3\n")).toEqual([{ m: { a: 1, b: 2 }, x: { a: 1, b: 3 } }]);
  expect(values("<<: [{a: 1}, {a: 2, b: 3}]")).toEqual([{ a: 1, b: 3 }]);
  expect(values("'<<': {a: 1}")).toEqual([{ "<<": { a: 1 } }]);
});

test("aliases are the value of their anchor", () => {
  expect(values("a: &x [1, 2]\nb: *x\nc: &x 3\nd: *x\n")).toEqual([{ a: [1, 2], b: [1, 2], c: 3, d: 3 }]);
});

test("a key that stands twice is noted; the last value counts", () => {
  const text = "a: 1\nb:\n  c: 1\n  c: 2\na: 3\n";
  const [document] = compose(text, 0, text.length, aliasBudget());
  expect(document?.value).toEqual({ a: 3, b: { c: 2 } });
  expect(document?.duplicates).toEqual([
    { key: "c", offset: text.indexOf("c: 2") },
    { key: "a", offset: text.indexOf("a: 3") },
  ]);
});

test("overriding a merged key is no duplicate", () => {
  const text = "m: &m {a: 1}\nx:\n  <<: *m\n  a: 2\n";
  expect(compose(text, 0, text.length, aliasBudget())[0]?.duplicates).toEqual([]);
});

test("keys of the prototype are keys like others", () => {
  const [value] = values("__proto__: {x: 1}\nconstructor: 2\ntoString: 3\n");
  expect(Object.keys(value as object)).toEqual(["__proto__", "constructor", "toString"]);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

test("an alias bomb is refused, and the allowance is the file's", () => {
  const lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"];
  for (let level = 1; level < 9; level += 1)
    lines.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(", ")}]`,
    );
  expect(faultOf(lines.join("\n")).kind).toBe("aliases");
});

test("what the parser says of its settings and its insides is said of the document", () => {
  const reasons = ["a: " + "[".repeat(500) + "]".repeat(500), "a: {b: c\nd: [\n"].map((text) => {
    try {
      compose(text, 0, text.length, aliasBudget());
      return null;
    } catch (error) {
      return error instanceof YamlFault ? error.message : error;
    }
  });
  expect(reasons).toEqual([
    "it is nested deeper than 400 levels",
    "the line stands too far to the left, or a bracket above it is not closed",
  ]);
});

test("aliases may nest values no deeper than a text may", () => {
  const level = (name: string, item: string): string => `${name}: &${name} ${"[".repeat(150)}${item}${"]".repeat(150)}\n`;
  const two = level("a", "x") + level("b", "*a");
  expect(values(`${two}c: [*b, *b]\n`)).toHaveLength(1);
  expect(faultOf(two + level("c", "*b")).kind).toBe("aliases");
  expect(faultOf(`${two}c: ${"[".repeat(120)}*b${"]".repeat(120)}\n`).kind).toBe("aliases");
});

test.each<[string, YamlFault["kind"], number]>([
  ["a: [1", "syntax", 5],
  ["a:\n\tb: 1", "syntax", 3],
  ["a: 1\n b: 2\n", "syntax", 7],
  ["? [a]\n: b", "value", 2],
  ["~: b", "value", 0],
  ["a: *none", "value", 3],
  ["a: &a [*a]", "value", 7],
  ["a: !!int x", "value", 9],
  ["a: .inf", "value", 3],
  ["<<: 1", "value", 5],
  ["a: {{ .Values.x }}", "value", 4],
])("%j is refused", (text, kind, offset) => {
  const fault = faultOf(text);
  expect(fault.kind).toBe(kind);
  expect(fault.offset).toBe(offset);
});

test("any JSON is read as JSON reads it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2, "\t"), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      // Integers that a double can't hold exactly are bigints here.
      const rounded = JSON.stringify(values(text), (_, part: unknown) => (typeof part === "bigint" ? Number(part) : part));
      expect(JSON.parse(rounded)).toEqual([JSON.parse(text)]);
    }),
    { numRuns: 500 },
  );
});

test("the place of every scalar holds the text of its value", () => {
  fc.assert(
    fc.property(mapping, writing, (value, how) => {
      const text = writeYaml(value, how);
      const [document] = compose(text, 0, text.length, aliasBudget());
      if (document === undefined) throw new Error("no document");
      const { nodes } = document;
      const visit = (here: unknown, path: (string | number)[]): void => {
        const found = findNode(nodes, 0, path);
        expect(found.depth).toBe(path.length);
        if (typeof here === "object" && here !== null) {
          for (const [key, item] of Object.entries(here)) visit(item, [...path, Array.isArray(here) ? Number(key) : key]);
          return;
        }
        const written = text.slice(nodes.start(found.node), nodes.end(found.node));
        expect(values(`a: ${written}`)).toEqual([{ a: here }]);
      };
      visit(value, []);
    }),
    { numRuns: 500 },
  );
});

test("what follows a document in the file doesn't move its places", () => {
  fc.assert(
    fc.property(mapping, writing, json, (value, how, other) => {
      const before = `${JSON.stringify(other)}\n`;
      const text = `${before}---\n${writeYaml(value, how)}`;
      const start = before.length;
      const [document] = compose(text, start, text.length, aliasBudget());
      expect(document?.value).toEqual(value);
      const [key] = Object.keys(value);
      const found = findNode(document?.nodes ?? failing(), 0, [key ?? ""]);
      expect(found.depth).toBe(1);
    }),
    { numRuns: 200 },
  );
});

function failing(): never {
  throw new Error("no document");
}
