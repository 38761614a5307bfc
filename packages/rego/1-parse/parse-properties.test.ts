import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { equals } from "../runtime/compare.ts";
import type { RegoValue } from "../runtime/value.ts";
import type { Span, Term } from "./ast.ts";
import { parseModule } from "./parse-module.ts";
import { parseQuery } from "./parse-query.ts";
import { showBody, showModule } from "./show-tree.ts";

const folder = new URL("cases/", import.meta.url);
const sources = readdirSync(folder)
  .flatMap((file) => load(readFileSync(new URL(file, folder), "utf8")) as readonly { readonly module?: string; readonly query?: string }[])
  .map((one) => one.module ?? `package a\np if { ${one.query ?? ""} }\n`);

const versions = fc.constantFrom("v0" as const, "v1" as const);

/**
 * What is wrong with the answer to a source, which may be anything: a module must be there exactly if there is no error, and the places of the
 * messages must lie inside the source, in order.
 */
function faults(source: string, version: "v0" | "v1"): readonly string[] {
  const { module, diagnostics } = parseModule(source, { file: "x.rego", version });
  const found: string[] = [];
  const claim = (holds: boolean, text: string): void => void (holds || found.push(text));
  claim((module === null) === diagnostics.some((each) => each.severity === "error"), "no module, no error");
  claim(diagnostics.length <= 50, "too many messages");
  const lines = source.split(/\r\n|\r|\n/);
  let before = { line: 1, column: 0 };
  for (const { line, column, endLine, endColumn, message } of diagnostics) {
    claim(message !== "", "no message");
    claim(Array.from(lines[line - 1] ?? "").length >= column - 1, "outside");
    claim(endLine > line || (endLine === line && endColumn >= column), "ends before it begins");
    claim(line > before.line || (line === before.line && column > before.column), "out of order");
    before = { line, column };
  }
  return found;
}

test("any text gets an answer", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), versions, (text, version) => {
      expect(faults(text, version)).toEqual([]);
      expect(faults(`package a\np if {${text}`, version)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("any row of tokens gets an answer", () => {
  const words =
    'package import default not some with as else null true false if in contains every and or a b _ data input set 1 2.5 "s" `r` $" $` { } [ ] ( ) , ; : . := = == != < + - * / % & | # \n'.split(
      " ",
    );
  const glue = fc.constantFrom("", " ", "\n");
  const row = fc.array(fc.tuple(fc.constantFrom(...words), glue), { maxLength: 60 }).map((pairs) => pairs.flat().join(""));
  fc.assert(
    fc.property(row, versions, fc.constantFrom("", "import rego.v2\n"), (text, version, start) => {
      expect(faults(`package a\n${start}${text}`, version)).toEqual([]);
    }),
    { numRuns: 1500 },
  );
});

test("a module with a piece cut out, doubled or replaced gets an answer", () => {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat({ max: 12 }),
    text: fc.string({ maxLength: 4 }),
    twice: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.constantFrom(...sources), fc.array(change, { minLength: 1, maxLength: 3 }), versions, (source, changes, version) => {
      let text = source;
      for (const { at, length, text: put, twice } of changes) {
        const from = Math.floor(at * text.length);
        text = text.slice(0, from) + put + text.slice(twice ? Math.max(0, from - length) : from + length);
      }
      expect(faults(text, version)).toEqual([]);
    }),
    { numRuns: 1500 },
  );
});

/** The value of a tree of constants. */
function constant(term: Term | undefined): unknown {
  switch (term?.kind) {
    case "scalar":
      return term.value;
    case "array":
      return term.items.map(constant);
    case "object":
      return Object.fromEntries(term.entries.map(([key, value]) => [constant(key), constant(value)]));
    default:
      throw new Error(`no constant: ${term?.kind ?? "nothing"}`);
  }
}

function onlyTerm(source: string): Term | undefined {
  const { body } = parseQuery(source, { file: "query", version: "v1" });
  const [literal] = body ?? [];
  return literal?.kind === "expression" ? literal.term : undefined;
}

test("JSON is Rego, with the values that JSON.parse gives", () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: "binary" }), fc.constantFrom(0, 2, "\t"), (text, indent) => {
      const value: unknown = JSON.parse(text);
      expect(
        equals(
          constant(onlyTerm(JSON.stringify(value, null, indent))) as RegoValue,
          JSON.parse(JSON.stringify(value), wellFormed) as RegoValue,
        ),
      ).toBe(true);
    }),
  );
});

/** JSON.parse keeps halves of surrogate pairs, Rego has no such strings; integers that a double can't hold are exact. */
function wellFormed(_key: string, value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) return BigInt(decimal(value));
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.toWellFormed(), each]));
  return value;
}

/** The digits of a large integral double as JSON spells it, without its exponent. */
function decimal(value: number): string {
  const [digits = "", exponent = "0"] = JSON.stringify(value).split("e");
  const [whole = "", fraction = ""] = digits.split(".");
  return whole + fraction + "0".repeat(Number(exponent) - fraction.length);
}

test("an integer of any size is exact, and a bigint only where a double can't hold it", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (integer) => {
      const value = constant(onlyTerm(String(integer)));
      expect(BigInt(value as number)).toBe(integer);
      expect(typeof value).toBe(integer >= -9007199254740991n && integer <= 9007199254740991n ? "number" : "bigint");
    }),
  );
});

/** Every node of a tree with the spans of those around it. */
function eachNode(
  value: unknown,
  visit: (node: { readonly kind: string; readonly span: Span }, parent: Span | null) => void,
  parent: Span | null = null,
): void {
  if (typeof value !== "object" || value === null) return;
  const node = value as { readonly kind?: string; readonly span?: Span };
  const own = node.span ?? parent;
  if (node.kind !== undefined && node.span !== undefined) visit({ kind: node.kind, span: node.span }, parent);
  for (const child of Object.values(value)) eachNode(child, visit, own);
}

test("spans lie inside each other, and what a term spans reads as that term again", () => {
  for (const source of sources) {
    const { module } = parseModule(source, { file: "x.rego", version: "v1" });
    for (const rule of module?.rules ?? []) {
      eachNode(rule, ({ kind, span }, parent) => {
        expect(span.start).toBeLessThanOrEqual(span.end);
        const around = parent ?? span;
        expect({ source, kind, inside: around.start <= span.start && span.end <= around.end }).toEqual({ source, kind, inside: true });
      });
    }
  }
  const { body } = parseQuery('f(x, [1, {2}])[y].z + $`{a} b` * {k: v | v := 1; k = "s"}', { file: "query", version: "v1" });
  eachNode(body, ({ kind, span }) => {
    if (kind === "expression" || kind === "scalar" || kind === "variable") return;
    const text = 'f(x, [1, {2}])[y].z + $`{a} b` * {k: v | v := 1; k = "s"}'.slice(span.start, span.end);
    const again = parseQuery(text, { file: "query", version: "v1" });
    expect({ text, diagnostics: again.diagnostics }).toEqual({ text, diagnostics: [] });
  });
});

test("blank lines, comments and the way lines end change nothing", () => {
  for (const source of sources) {
    const plain = parseModule(source, { file: "x.rego", version: "v1" }).module;
    if (plain === null || source.includes("`") || source.includes("METADATA")) continue;
    const variants = [source.replaceAll("\n", "\r\n"), source.replaceAll("\n", " # note\n\n\t"), `# head\n${source}# tail`];
    for (const variant of variants) {
      const { module, diagnostics } = parseModule(variant, { file: "x.rego", version: "v1" });
      expect({ variant, diagnostics }).toEqual({ variant, diagnostics: [] });
      expect(module === null ? null : showModule(module)).toBe(showModule(plain));
    }
  }
});

const brackets = [
  ["[", "]"],
  ["{", "}"],
  ["(", ")"],
  ["f(", ")"],
  ["a[", "]"],
  ["[x | ", "]"],
  ["{x: y | ", "}"],
  ["{a | b, ", "}"],
  ['$"{', '}"'],
  ["every x in y {", "}"],
  ["not {", "}"],
  ["{x} and {", "}"],
] as const;

test.each(brackets)("nesting of %s is bounded by a diagnostic", (open, close) => {
  const module = (depth: number): string => `package a\nimport rego.v2\np if { ${open.repeat(depth)}1${close.repeat(depth)} }`;
  const parse = (depth: number): ReturnType<typeof parseModule> => parseModule(module(depth), { file: "x.rego", version: "v1" });
  expect(parse(60).diagnostics).toEqual([]);
  expect(parse(60).module).not.toBeNull();
  expect(parse(50_000).diagnostics.map((each) => each.kind)).toContain("nesting-too-deep");
  expect(parseModule(`package a\np if { ${open.repeat(50_000)}`, { file: "x.rego", version: "v1" }).module).toBeNull();
});

function kinds(source: string): readonly string[] {
  return parseQuery(source, { file: "query", version: "v1" }).diagnostics.map((each) => each.kind);
}

test.each([" + 1", " in x", " == 1"])("a chain of %s is bounded, also through parentheses at its left", (link) => {
  expect(kinds(`1${link.repeat(400)}`)).toEqual([]);
  expect(kinds(`1${link.repeat(20_000)}`)).toEqual(["nesting-too-deep"]);
  expect(kinds(`${"(".repeat(100)}1${`${link.repeat(100)})`.repeat(100)}`)).toEqual(["nesting-too-deep"]);
  expect(kinds(`[${`f(1${link.repeat(400)}),`.repeat(10)}]`)).toEqual([]);
});

test.each([".a", '["a"]', "[x]"])("a path of steps %s is bounded", (step) => {
  expect(kinds(`input${step.repeat(1000)}`)).toEqual([]);
  expect(kinds(`input${step.repeat(100_000)}`)).toEqual(["nesting-too-deep"]);
});

test("a query is a body and nothing more", () => {
  const { body } = parseQuery("data.a.p[x]; y := 1", { file: "query", version: "v0" });
  expect(showBody(body ?? [])).toBe('{(ref data "a" "p" x); (assign y 1)}');
  for (const wrong of ["", "# nothing", "x }", "x y", "p := 1 if x", "x; ; y"]) {
    expect({ wrong, body: parseQuery(wrong, { file: "query", version: "v1" }).body }).toEqual({ wrong, body: null });
  }
});
