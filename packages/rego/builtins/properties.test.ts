import fc from "fast-check";
import { RE2JS } from "re2js";
import { expect, test } from "vitest";
import { compile } from "../6-link/compile.ts";
import { compare, equals } from "../runtime/compare.ts";
import { fromJson, stringify } from "../runtime/json.ts";
import { canonicalInteger } from "../runtime/numbers.ts";
import { own } from "../runtime/own.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import type { PlainObject, RegoValue } from "../runtime/value.ts";
import { absolute, divide, minus, multiply, plus, remainder } from "./arithmetic.ts";
import { divideFractions } from "./extended-float.ts";
import { fixedText } from "./float-text.ts";
import { builtinByName } from "./list.ts";
import { nativePattern } from "./native-pattern.ts";
import { compilePattern } from "./pattern.ts";
import { setIntersection, setUnion } from "./sets.ts";
import { sprintf } from "./sprintf.ts";
import { caseContext } from "./tester.ts";
import { unmarshalYaml } from "./yaml.ts";
import { marshalYaml } from "./yaml-text.ts";

function call(name: string, ...operands: RegoValue[]): RegoValue | undefined {
  return builtinByName.get(name)?.evaluate(caseContext(false), ...operands);
}

/** Integers around the places where the representation changes. */
const integers = fc.oneof(
  fc.integer().map(BigInt),
  fc.bigInt({ min: -(2n ** 130n), max: 2n ** 130n }),
  fc
    .tuple(fc.constantFrom(2n ** 31n, 2n ** 53n, 2n ** 63n, 2n ** 64n), fc.integer({ min: -2, max: 2 }), fc.boolean())
    .map(([base, by, negative]) => {
      const value = base + BigInt(by);
      return negative ? -value : value;
    }),
);

const json: fc.Arbitrary<RegoValue> = fc
  .jsonValue({ noUnicodeString: false })
  .map((value) => JSON.parse(JSON.stringify(value)) as RegoValue);

test("integers are calculated as bigints calculate", () => {
  fc.assert(
    fc.property(integers, integers, (a, b) => {
      const [x, y] = [canonicalInteger(a), canonicalInteger(b)];
      expect(plus(x, y)).toBe(canonicalInteger(a + b));
      expect(minus(x, y)).toBe(canonicalInteger(a - b));
      expect(multiply(x, y)).toBe(canonicalInteger(a * b));
      const size = a < 0n ? -a : a;
      // Of what is longer than 64 bits the first digits are kept.
      if (size < 1n << 64n) expect(absolute(x)).toBe(canonicalInteger(size));
      expect(remainder(x, y)).toBe(b === 0n ? undefined : canonicalInteger(a % b));
      const divides = b !== 0n && a % b === 0n && size < 1n << 64n;
      expect(equals(divide(x, y) ?? "none", divides ? canonicalInteger(a / b) : (divide(x, y) ?? "none"))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("a short quotient is what the long way of dividing gives, text and all", () => {
  const part = (most: number): fc.Arbitrary<number> =>
    fc.oneof(fc.integer({ min: -most, max: most }), fc.integer({ min: -2000, max: 2000 }));
  const divisors = fc.oneof(part(1_000_000), fc.constantFrom(10, 100, 1000, 10_000, 100_000, 25, 40, 64, 250, 8000, 500_000));
  fc.assert(
    fc.property(part(1_000_000_000), divisors, (a, b) => {
      fc.pre(b !== 0 && a % b !== 0);
      const [short, long] = [divide(a, b) ?? null, divideFractions(a, b)];
      expect([typeof short, stringify(short)]).toEqual([typeof long, stringify(long)]);
    }),
    { numRuns: 5000 },
  );
});

test("an integer has one form: a number as long as a double holds it", () => {
  fc.assert(
    fc.property(integers, integers, (a, b) => {
      for (const result of [plus(canonicalInteger(a), canonicalInteger(b)), multiply(canonicalInteger(a), canonicalInteger(b))]) {
        expect(typeof result === "number" ? Number.isSafeInteger(result) : !Number.isSafeInteger(Number(result))).toBe(true);
      }
    }),
  );
});

test("sets calculate as JavaScript's sets of numbers do", () => {
  const lists = fc.array(fc.integer({ min: 0, max: 30 }));
  fc.assert(
    fc.property(lists, lists, (a, b) => {
      const [x, y] = [RegoSet.from(a), RegoSet.from(b)];
      const [nativeA, nativeB] = [new Set(a), new Set(b)];
      expect(setUnion(x, y)?.sorted()).toEqual([...new Set([...a, ...b])].sort(compare));
      expect(setIntersection(x, y)?.sorted()).toEqual([...nativeA].filter((item) => nativeB.has(item)).sort(compare));
      expect((minus(x, y) as RegoSet).sorted()).toEqual([...nativeA].filter((item) => !nativeB.has(item)).sort(compare));
    }),
  );
});

test.each(["base64", "base64url", "hex"])("%s decodes what it encoded", (name) => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(call(`${name}.decode`, call(`${name}.encode`, text) as RegoValue)).toBe(text.toWellFormed());
    }),
  );
});

test("URL queries decode to what they encoded", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(call("urlquery.decode", call("urlquery.encode", text) as RegoValue)).toBe(text.toWellFormed());
    }),
  );
});

test("JSON texts stand for the value that was written, YAML texts but for the digits of large integers", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(equals(call("json.unmarshal", call("json.marshal", value) as RegoValue) as RegoValue, value)).toBe(true);
      const large = /[0-9]{16}/.test(stringify(value));
      const yaml = marshalYaml(value);
      expect(large || yaml === undefined || equals(unmarshalYaml(yaml) as RegoValue, value)).toBe(true);
    }),
  );
});

const formats = fc.array(
  fc.oneof(
    fc.constantFrom(
      "%",
      "%s",
      "%v",
      "%d",
      "%x",
      "%q",
      "%-5",
      "%+.3",
      "%[2]",
      "%[9]",
      "%[",
      "*",
      "%.*",
      "%#",
      "%0",
      "% ",
      "]",
      "f",
      "e",
      "g",
      "b",
      "c",
      "U",
      "T",
      "%%",
      "%!",
    ),
    fc.string({ maxLength: 3 }),
    fc.integer({ min: 0, max: 40 }).map(String),
  ),
  { maxLength: 12 },
);

test("sprintf takes any format and any operands", () => {
  const operands = fc.array(fc.oneof(json, integers.map(canonicalInteger), fc.double({ noNaN: true, noDefaultInfinity: true })), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(formats, operands, (parts, values) => {
      expect(typeof sprintf(parts.join(""), values)).toBe("string");
    }),
    { numRuns: 3000 },
  );
});

test("decimal text is the double, rounded half to even", () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
      fc.integer({ min: 0, max: 20 }),
      (value, precision) => {
        const text = fixedText(value, precision);
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(0.5000001 * 10 ** -precision + Math.abs(value) * 2 ** -52);
        expect(text.split(".")[1]?.length ?? 0).toBe(precision);
      },
    ),
  );
  expect(["0.5", "1.5", "2.5", "0.125", "0.375"].map((text) => fixedText(Number(text), text.length === 3 ? 0 : 2))).toEqual([
    "0",
    "2",
    "2",
    "0.12",
    "0.38",
  ]);
});

test("any template gives a text or nothing", () => {
  const parts = fc.constantFrom(
    "{{",
    "}}",
    "{{-",
    "-}}",
    ".a",
    "$x",
    ":=",
    "if ",
    "range ",
    "else",
    "end",
    "define ",
    "template ",
    '"t"',
    "|",
    "(",
    ")",
    " ",
    "len",
    ".",
    "1",
    "`",
    "'",
    "x",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 20 }), (template) => {
      expect(["string", "undefined"]).toContain(typeof call("strings.render_template", template.join(""), { a: [1, { a: "b" }] }));
    }),
    { numRuns: 3000 },
  );
});

test("a graph that is searched from each of its nodes gives what separate searches give", () => {
  const source =
    "package p\n\nall := {n: graph.reachable(input, [n, 1]) | some n, _ in input}\n\none := graph.reachable(input.graph, [input.from, 1])\n";
  const { program } = compile({ modules: [{ file: "p.rego", source, version: "v1" }] });
  const name = fc.constantFrom("a", "b", "c", "d", "e", "__proto__", "missing");
  const edges = fc.oneof(fc.array(name, { maxLength: 3 }), fc.constantFrom<RegoValue>(null, "a", { a: 1 }));
  fc.assert(
    fc.property(fc.dictionary(name, edges), (graph) => {
      const input = fromJson(JSON.stringify(graph)) as PlainObject;
      const all = program?.rule(["p", "all"])?.({ input }).value as PlainObject;
      for (const from of Object.keys(input)) {
        const one = program?.rule(["p", "one"])?.({ input: { graph: input, from } }).value;
        expect(equals(own(all, from) as RegoValue, one as RegoValue)).toBe(true);
      }
    }),
  );
});

const patternParts = fc.constantFrom(
  ...Array.from("ab0-/^$.|()"),
  "(?:",
  "a*",
  "b+",
  "a?",
  "[ab]",
  "[^a]",
  "[a-c0-9_-]+",
  "\\d+",
  "\\w*",
  "\\s",
  "\\.",
  "[\\w.-]*",
  ".*",
  "{2}",
  "{1,3}",
  "{",
  "]",
  "\\S",
  "(?i)",
  "(?i:",
  "(?:a-",
  "b)|",
  "A",
  "k",
  "ab |",
  "(ab|cd)",
  "(a|ab)",
  "(?:-b+)?",
  "(^|/)",
  "(-|$)",
  "(|b)",
  "(?:a0|ab|a)",
  "(-a|-b)?",
  "(a-)+",
  "(?:/a*)*",
  "([ab]+)",
  "\\b",
  "a{2,}",
  "-{0,2}",
);
const subjects = fc.string({ unit: fc.constantFrom(...Array.from("abABkK\u212a0-/. \n\u2028_|{]")), maxLength: 8 });

test("what runs in JavaScript's engine matches as RE2 does", () => {
  let native = 0;
  fc.assert(
    fc.property(fc.array(patternParts, { maxLength: 6 }), subjects, (parts, text) => {
      const source = parts.join("");
      const translated = nativePattern(source);
      if (translated === undefined) return;
      native++;
      const pattern = compilePattern(source);
      const matcher = RE2JS.compile(source).matcher(text);
      const expected: string[] = [];
      let previousEnd = -1;
      while (matcher.find()) {
        if (matcher.start() !== matcher.end() || matcher.start() !== previousEnd) {
          expected.push(
            `${matcher.start()} ${Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i) ?? "none").join(",")}`,
          );
        }
        previousEnd = matcher.end();
      }
      expect(pattern?.matches(text, -1).map((match) => `${match.start} ${match.groups.map((group) => group ?? "none").join(",")}`)).toEqual(
        expected,
      );
      expect(pattern?.test(text)).toBe(expected.length > 0);
    }),
    { numRuns: 20_000 },
  );
  expect(native).toBeGreaterThan(1000);
});

test("what runs in JavaScript's engine is not slow on any text", () => {
  const pieces = fc.array(fc.constantFrom("a", "b", "ab", "cd", "0", "-", ".", "/", "/a", "-b", " ", "\n", "A"), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(fc.array(patternParts, { minLength: 2, maxLength: 7 }), pieces, (parts, piece) => {
      const source = parts.join("");
      if (nativePattern(source) === undefined) return;
      const text = piece.join("").repeat(40_000 / piece.length);
      const start = process.threadCpuUsage();
      compilePattern(source)?.test(text);
      // Quadratic time would be many seconds.
      expect(process.threadCpuUsage(start).user).toBeLessThan(2_000_000);
    }),
    { numRuns: 1500 },
  );
});

test.each([
  "(a*)*b",
  "^(a+)+$",
  "a*a*b",
  "x*y",
  ".*.*c",
  "a?a?a?b",
  "a(?i)b",
  // What stands before the quantifier could be matched by it, is too far away, or has no fixed length.
  "a\\w+ b",
  "-aaaaaaaaaaaaaaaaaaaa\\w+ b",
  "b|A\\w+ x",
  "(?i)K[i-l]+ x",
  "a|b*",
  "[[:alpha:]]",
  "(?:a+)+$",
  "^(?:a+b?)+$",
  "^(a|ab)*$",
  "^(?:(a?)|b)+$",
  "(?:/a|/b)\\w+ x",
  "(-[a-z-]+)?(:|$)",
  "(a|b)*c",
  "a{380}b",
  "(?:a|a|a|a|a)a{99}b{99}c{99}d",
  "(a?)?",
  "^(?:(?:a|ab)(?:b|ba)(?:a|ab)(?:b|ba)(?:a|ab)(?:b|ba)(?:a|ab))$",
  "^(?:a?)+$",
  "[a-z]+@[a-z@]+x",
  "\\w+x",
  "a\\bc",
  "(?:a\\b)+",
  "\\pL",
])("%s stays with RE2", (source) => {
  expect(nativePattern(source)).toBeUndefined();
});

test.each([
  "^[a-z]+$",
  "kube-system",
  "^/(etc|var)/x",
  "^(.+)/foo$",
  "password|token|secret",
  "[0-9]+",
  "^--([a-z-]+)=",
  "v\\d{1,2}",
  "^[^/]*:",
  "\\$\\(x\\)",
  "(?i)a",
  "(?i:(?:BEGIN \\w+ KEY)|(?:AKIA[0-9A-Z]{16}))",
  "(?:a|b)|c",
  "K[i-j]+ x",
  "\\bx",
  "(a)|(b)",
  "a{1,60}b{1,60}c{1,60}",
  "\\b\\d{1,3}\\.\\d{1,3}\\b",
  "(?i)(api|access)[-_]?key\\s*[:=]\\s*\\w{12,}",
  "[a-z0-9.]+@[a-z0-9-]+\\.(com|org|net)",
  "^([a-z0-9.-]+(?::\\d+)?)/([a-z0-9/._-]+):([\\w.-]+)$",
  "^(?:/[a-z]+)*$",
  "a+$",
  "a -?\\w+ b",
  "^a|b",
  "^(?:(a)|b)+$",
  "(?i)^(ecr:|\\*$)",
  "(^|/)(ba|da|a)?sh$",
  "(^|[\\s/;&|(])sudo($|[\\s;&|)])",
  "/(docker|dockershim|containerd)\\.sock$",
  "^(10\\.|127\\.|172\\.(1[6-9]|2\\d|3[01])\\.|::1$|f[cd][0-9a-f]*:)",
  "^(|(127\\.\\d+\\.\\d+|localhost)(:\\d+)?)$",
  "^(\\S+)\\s+(not )?in\\s*\\{([^}]*)\\}$",
  "^[a-z0-9]+([+._-][a-z0-9]+)*$",
])("%s runs in JavaScript's engine", (source) => {
  expect(nativePattern(source)).toBeDefined();
});

test("a pattern that makes backtracking engines slow takes no time", () => {
  const start = process.threadCpuUsage();
  expect(call("regex.match", "^(a+)+$", `${"a".repeat(50_000)}!`)).toBe(false);
  expect(call("regex.match", "x*y", "x".repeat(50_000))).toBe(false);
  expect(call("regex.match", "- \\w+ y", "- x".repeat(50_000))).toBe(false);
  expect(call("regex.match", "- \\w+ y", `- ${"x".repeat(150_000)}`)).toBe(false);
  expect(process.threadCpuUsage(start).user).toBeLessThan(2_000_000);
});

test("results of one evaluation agree: the same key, the same random number", () => {
  const context = { ...caseContext(false), random: Math.random };
  const draw = builtinByName.get("rand.intn");
  const first = draw?.evaluate(context, "key", 1_000_000);
  expect(draw?.evaluate(context, "key", 1_000_000)).toBe(first);
});
