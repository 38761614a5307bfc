// Operands for builtins, as Rego terms: of the types that a builtin declares, with the values that implementations tend to disagree on.
import type { TypeDescription } from "../../packages/rego/builtins/type-description.ts";
import type { Random } from "../differential/random.ts";

const quoted = (texts: readonly string[]): readonly string[] => texts.map((one) => JSON.stringify(one));

const numbers: readonly string[] =
  "0 1 2 3 -1 -2 7 10 31 63 64 255 1000 0.5 -0.5 1.5 2.5 -2.5 0.1 1.0 1e3 1E+2 1e-7 1e20 1e21 1e22 123456789.125 9007199254740991 9007199254740993 -9007199254740993 9223372036854775807 9223372036854775808 18446744073709551616 1267650600228229401496703205376 1700000000123456789 -62135596800000000000 1e300 5e-324".split(
    " ",
  );
const texts: readonly string[] = quoted([
  ..."a b ab abc aba A ß İ ǅ Σς é 😀 a😀b 👨‍👩‍👧 日本 foo/bar foo.bar a,b 0 1 -1 1.50 1e3 0x1f 010 +1 .5 5. NaN Inf true null".split(" "),
  "",
  " ",
  "e\u0301x",
  " \t\u00a0\u2003x\u0085 ",
  "a\nb\r\nc",
  "\u0000",
  "aaaaaaaaaaaaaaaa",
  '{"a": [1, 2.0, 1e3], "b": null}',
  "a: [1, 0o7, yes, ~, 2001-01-01]\nb: 'x'\n",
]);

/** What operands of a family look like that mean something to it, by the beginning of the builtins' names. The longest beginning counts. */
const families: Readonly<Record<string, readonly string[]>> = {
  regex: quoted([
    ..."a a* a+ a|ab ab|a (a|b)* (a*)* (a+)+$ ^a$ $ ^ \\b \\B \\bfoo\\b \\s \\S+ \\d{2,3} \\w+ [[:alpha:]]+ [^a] [a-z&&b] (?i)k (?i)ſ (?i)straße (?i)[k-l] (?s). (?m)^b$ (?U)a+ \\pL \\p{Greek} \\x{1F600} . .* .? a?? (?P<x>a)(?P<y>b) (?<z>a) x{0} x{1001} (a)|(b) \\Qa.b\\E \\z \\A [a-\\d] [] a{,2} a** (?i:a)b \\C \\1 (?=a) (".split(
      " ",
    ),
    ..."$0 $1 ${1}x $x ${x} $$ $1x aaa abab foo K ſ k ".split(" "),
    "a foo b",
    "x😀y",
    "a\nb",
    "",
  ]),
  glob: quoted(
    [
      "* ** a* *.com a?c [a-c] [!a] [^a] {a,b} {a,{b,c}} {*,a} \\* a.b.c a/b *.*.com **.com a*b*c ??? [a-] [] {} { a, 😀* * api.github.com cd a.b.com".split(
        " ",
      ),
      ["", "."],
    ].flat(),
  ),
  "time.": quoted([
    ..."2006-01-02T15:04:05Z07:00 2023-02-29T00:00:00Z 2024-02-29T23:59:60Z 2024-02-29T23:59:59.999999999+14:00 0001-01-01T00:00:00Z 1677-09-21T00:12:43Z 2262-04-11T23:47:16.854775808Z UTC Local Europe/Berlin America/New_York Asia/Kolkata Australia/Lord_Howe Nowhere/X 1h2m3.5s -1.5h 1us 1µs 1d 0 +5m 2006-01-02 2024-3-1 RFC3339 RFC1123Z ANSIC Kitchen".split(
      " ",
    ),
    "Jan _2 06 3:04PM",
    "Feb  3 24 4:05AM",
    "Mon, 02 Jan 2006 15:04:05 MST",
    "Sun, 31 Mar 2024 02:30:00 CEST",
    "002 2006 .000 .999",
    "15:04:05,000 -0700",
    "",
  ]),
  semver: quoted(
    "1.0.0 1.0.0-alpha 1.0.0-alpha.1 1.0.0-1 1.0.0-01 01.0.0 v1.0.0 1.0 1.0.0+b 1.0.0-a+b 99999999999999999999.0.0 1.0.0-alpha.99999999999999999999 1.0.0- -1.0.0 1.2.3.4".split(
      " ",
    ),
  ),
  "net.": quoted(
    "10.0.0.0/8 10.1.2.3 10.0.0.0/33 10.0.0.1/24 0.0.0.0/0 ::/0 ::1 ::1/128 fe80::1%eth0 2001:db8::/32 ::ffff:10.0.0.1 ::ffff:10.0.0.0/104 010.0.0.1 256.0.0.1 1.2.3 10.0.0.0/08 ".split(
      " ",
    ),
  ),
  base64: quoted("YQ== YQ YWI= YWJj -_== +/== YR== YQ=\n= 8J+YgA== 8J-YgA = ==== /w== a".split(" ")),
  hex: quoted("61 6G 0 FF ff c3a9 0x61".split(" ")),
  "urlquery.": quoted("a=b&a=c a%20b a+b %zz %ff a;b=c =x a==b ?a=1 %F0%9F%98%80 &&".split(" ")),
  uri: quoted(
    "http://a/b?c#d HTTP://User:p@[::1]:80/%7Efoo //a a:b :a http://a:b/ http://%41/ http://é/ mailto:x@y /a//b http://a?%zz http://[::1 ".split(
      " ",
    ),
  ),
  "units.": quoted(
    "1 1k 1K 1Ki 1.5Mi 1m 100m 1e3 1E 1Ei 1.5e2k -1M 1_000 KB 1KB 1MiB 1b 0.1m 1e 1e3Ki .5G 1..2 10x 1Pi 1z +1 0x10".split(" "),
  ),
  sprintf: quoted(
    "%v %d %s %q %x %X %o %b %c %U %e %E %f %F %g %G %t %T %p %% %5d|%-5d| %05d %+d %#x %#o %#v %+v %#q %x %08.3f %.2f %.0f %.3g %6.2f%% %[2]d %[2]*[1]d %*d %!d %z %d %.3s %-10s| %10q %+q %O %#U %s,%s %d%d %[3]v %[x]d %.*f %1000000d %_d"
      .replace("%_d", "% d")
      .split(" "),
  ),
  format_int: ["2", "8", "10", "16", "3", "255", "-255", "1.9", "-1.9", "1e20"],
  json: [
    '[{"op": "add", "path": "/a/-", "value": 1}]',
    '[{"op": "remove", "path": "/b"}]',
    '[{"op": "replace", "path": "", "value": []}]',
    '[{"op": "move", "from": "/a", "path": "/c"}]',
    '[{"op": "copy", "from": "/a/0", "path": "/a/1"}]',
    '[{"op": "test", "path": "/a~1b", "value": 1.0}]',
    '[{"op": "add", "path": ["a", 0], "value": {1}}]',
    '[{"op": "add", "path": "a/01", "value": 1}]',
    '{"a": [1, {"b": 2}], "b": {"c": {"d": 1}}, "a/b": 1, "": 0}',
    '["a/0", "b/c"]',
    '["/a", "b", ""]',
    '{"a/1/b", ["b", "c", "d"]}',
    '[["a", 0], "b/c/d", "a~1b"]',
    '"{\\"a\\": 1.0, \\"a\\": 2}"',
    '"[1,]"',
    '" [1e400, 1E2, -0] "',
    '"1 2"',
    '"\\"\\\\ud800\\""',
    '"{}"',
  ],
  yaml: quoted([
    "a: 1\na: 2",
    "- 1\n- - 2",
    "&a [*a]",
    "? [1]\n: 2",
    "1_000",
    "0x1F",
    "1e3",
    ".inf",
    "!!str 1",
    "a: |\n  x\n  y",
    "on",
    "{a: b",
    "---\na\n---\nb",
    "\ta",
    "2001-01-01",
    "",
    "~",
  ]),
  "graph.": [
    '{"a": ["b", "c"], "b": {"d"}, "c": ["d"], "d": []}',
    '{"a": ["a"]}',
    '{"a": ["x"], "b": null}',
    '{"a": {"b"}, "b": {"a"}}',
    '["a"]',
    '{"a", "b"}',
    '["x", "a"]',
    "{1: [2], 2: [1]}",
    "[1]",
    "{}",
    "set()",
  ],
  "strings.render_template": [
    '"{{.a}}"',
    '"{{range .l}}<{{.}}>{{end}}"',
    '"{{if .b}}x{{else}}y{{end}}"',
    '"{{.a | printf \\"%q\\"}}"',
    '"{{.x.y}}"',
    '"{{len .l}} {{index .l 1}}"',
    '"{{"',
    '"{{- .a -}} z"',
    '{"a": "<&>", "b": false, "l": [1, 2.5, "x"]}',
    '{"a": 1e6, "b": [], "l": {}}',
  ],
  "object.": [
    '{"a": 1}',
    '{"a": {"b": [1, 2]}}',
    '{"a": {"b": [1], "c": {1}}}',
    "{1: 2}",
    "{}",
    '["a", "b"]',
    "[[1]]",
    '{"a"}',
    "{1, 2}",
    "[1, 2]",
    "[1, 2, 3]",
    "[2, 1]",
    '["a", "b", 1]',
    "[]",
    '{"a": 1.0}',
    '[{"a": 1}, {"a": {"b": 2}}, {"a": {"c": 3}}]',
  ],
  "array.": ["-5", "0", "1", "2", "3", "100", "1.5", "9223372036854775808", "[1, 2, 3]", '["a", ["b"]]'],
  "numbers.": ["0", "1", "5", "-3", "2", "0.5", "1.0", "9007199254740992", "9007199254740995", "-1"],
  "bits.": ["0", "1", "-1", "5", "-8", "63", "64", "100", "1.0", "1.5", "9007199254740993", "-18446744073709551616", "1e20"],
};

/** The operands of one call, each a closed Rego term. Mostly of the declared types, rarely of others. */
export function operands(random: Random, name: string, types: readonly TypeDescription[]): readonly string[] {
  const family = Object.keys(families)
    .filter((start) => name.startsWith(start))
    .toSorted((a, b) => b.length - a.length)[0];
  const own = family === undefined ? [] : (families[family] ?? []);
  return types.map((type) => (random.chance(0.02) ? term(random, { kind: "any" }, own, 2) : term(random, type, own, 3)));
}

function term(random: Random, type: TypeDescription, own: readonly string[], depth: number): string {
  if (type.kind === "union") return term(random, random.pick(type.of), own, depth);
  const fitting = own.filter((one) => kindOf(one) === type.kind);
  if (fitting.length > 0 && random.chance(0.75)) return random.pick(fitting);
  switch (type.kind) {
    case "null":
      return "null";
    case "boolean":
      return random.pick(["true", "false"]);
    case "number":
      return random.pick(type.integer && random.chance(0.7) ? numbers.filter((one) => /^-?\d{1,4}$/u.test(one)) : numbers);
    case "string":
      return random.chance(0.15)
        ? JSON.stringify(`${JSON.parse(random.pick(texts)) as string}${JSON.parse(random.pick(texts)) as string}`)
        : random.pick(texts);
    case "array":
      return `[${random.several(0, 3, () => term(random, type.of, own, depth - 1)).join(", ")}]`;
    case "set": {
      const items = random.several(0, 3, () => term(random, type.of, own, depth - 1));
      return items.length === 0 ? "set()" : `{${items.join(", ")}}`;
    }
    case "object":
      return `{${random.several(0, 3, () => `${term(random, type.key, own, depth - 1)}: ${term(random, type.value, own, depth - 1)}`).join(", ")}}`;
    default: {
      if (own.length > 0 && random.chance(0.6)) return random.pick(own);
      const kinds =
        depth > 0
          ? (["number", "string", "boolean", "null", "array", "set", "object"] as const)
          : (["number", "string", "boolean"] as const);
      return term(random, described(random.pick(kinds)), own, depth);
    }
  }
}

function described(kind: "number" | "string" | "boolean" | "null" | "array" | "set" | "object"): TypeDescription {
  if (kind === "number") return { kind, integer: false };
  if (kind === "array" || kind === "set") return { kind, of: { kind: "any" } };
  return kind === "object" ? { kind, key: { kind: "string" }, value: { kind: "any" } } : { kind };
}

/** The type of a term of the lists above. */
function kindOf(text: string): TypeDescription["kind"] {
  if (text.startsWith('"')) return "string";
  if (text.startsWith("[")) return "array";
  if (text === "set()") return "set";
  if (text.startsWith("{")) return text === "{}" || /^\{(?:"[^"]*"|\d+):/u.test(text) ? "object" : "set";
  return "number";
}
