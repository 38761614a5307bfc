// What was written down by hand is checked for slips: a line that isn't there, that says something else, or that a values file contradicts.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { expectedInputs, type ExpectedFinding, type ExpectedInput } from "./expected-inputs.ts";
import { keysOf, lineOfValue } from "./line-of-value.ts";

const inputs = expectedInputs();
const atHand = inputs.flatMap((input) => (input.base === null ? [] : [{ ...input, base: input.base }]));

describe.each(atHand)("$name", ({ base, ...input }) => {
  test("is there, with its values files", () => {
    expect(statSync(path.join(base, input.input)).isDirectory()).toBe(true);
    expect(input.options.values.filter((file) => !existsSync(path.join(base, input.input, file)))).toEqual([]);
  });

  test("each finding is named once and whole", () => {
    const names = input.findings.map(({ control, object, path }) => `${control} ${object} ${path ?? ""}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => !/^C-\d{4} [A-Z]\w*(?:\/[\w.:-]+){1,2} \S*$/u.test(name))).toEqual([]);
    expect(input.findings.filter(({ why }) => why.length < 10)).toEqual([]);
  });

  test("each line is in its file and its block, and says what the finding is about", () => {
    expect(input.findings.flatMap((finding) => slipsOf(finding, readFileSync(path.join(base, finding.file), "utf8")))).toEqual([]);
  });

  test("each line of a values file is that of the value which feeds the field", () => {
    const slips = input.findings.flatMap((finding) => {
      const dotted = valueWithin(input, finding);
      if (dotted === null) return [];
      const text = readFileSync(path.join(base, finding.file), "utf8");
      const line = lineOfValue(text, dotted);
      // A field within a text that tpl renders is below the key of that text.
      const inText = line !== null && text.split("\n")[line - 1]?.endsWith(": |") === true && finding.block[0] === line;
      return line === finding.line || inText ? [] : [`${dotted} is at ${finding.file}:${String(line)}, not ${String(finding.line)}`];
    });
    expect(slips).toEqual([]);
  });
});

test("the findings are enough, and of many kinds", () => {
  expect(inputs.flatMap(({ findings }) => findings).length).toBeGreaterThanOrEqual(160);
  expect(new Set(inputs.flatMap(({ findings }) => findings.map(({ control }) => control))).size).toBeGreaterThanOrEqual(30);
});

test("every sample has findings, and there are enough samples of each kind", () => {
  const own = new Set(inputs.filter(({ root }) => root === "own").map(({ input }) => input.split("/").slice(0, 2).join("/")));
  const samples = Object.entries({ charts: 6, kustomize: 6, flux: 3 }).flatMap(([kind, least]) => {
    const names = readdirSync(path.join(import.meta.dirname, "inputs", kind)).map((name) => `${kind}/${name}`);
    expect(names.length).toBeGreaterThanOrEqual(least);
    return names;
  });
  expect([...own].toSorted()).toEqual(samples.toSorted());
});

test("a value is found by its indentation", () => {
  const text = "# first\na-b:\n  c: 1\n\n  list:\n    - name: x\n      d: 1\n    - name: y\n      d:\n        - e\ntop: 2\n";
  expect(
    ["a-b", "a-b.c", "a-b.list[0].name", "a-b.list[1]", "a-b.list[1].d[0]", "top", "a-b.top", "a-b.list[2]"].map((dotted) =>
      lineOfValue(text, dotted),
    ),
  ).toEqual([2, 3, 6, 8, 10, 11, null, null]);
});

/** What is wrong with a finding's line, judged by the text of the file alone. */
function slipsOf({ control, object, path, file, line, block: [first, last], feeds }: ExpectedFinding, content: string): readonly string[] {
  const lines = content.split("\n");
  const text = lines[line - 1];
  const at = `${control} ${object} ${path ?? ""} at ${file}:${String(line)}`;
  if (text === undefined || text.trim() === "") return [`${at}: no such line`];
  if (first < 1 || last > lines.length || line < first || line > last) return [`${at}: the block ${String(first)} to ${String(last)}`];
  const ends = [feeds, path].flatMap((dotted) => (dotted === null ? [] : [lastKey(dotted)]));
  const enclosing = path === null ? [] : keysOf(path).filter((key) => typeof key === "string");
  const item = text.trimStart().startsWith("- ");
  const says =
    ends.some((key) => text.includes(key)) ||
    // An absent field is at what would hold it: a mapping, or an item of a list.
    enclosing.some((key) => text.includes(`${key}:`)) ||
    (item && /\[\d+\]/u.test(path ?? "")) ||
    // What concerns the object as a whole, or a part of its metadata, is at its name.
    ((path === null || path.startsWith("metadata.")) && /^\s+name: /u.test(text)) ||
    // What an operation or a transformer sets or removes.
    (feeds === null && /^\s*(?:value:|- op: remove$|newTag: )/u.test(text)) ||
    // What a value feeds as a whole, where no file has it.
    text.includes(`toYaml .Values.${keysOf(feeds ?? "")[0] ?? ""} `) ||
    (/\bhostIPC\b/u.test(text) && feeds === "podTemplate");
  return says ? [] : [`${at}: ${text.trim()}`];
}

function lastKey(dotted: string): string {
  return keysOf(dotted).findLast((key) => typeof key === "string") ?? "";
}

/** What `feeds` is called within the values file that the finding's line is in; null where it is in no values file of a chart. */
function valueWithin({ input, loader }: Pick<ExpectedInput, "input" | "loader">, { file, feeds }: ExpectedFinding): string | null {
  if (feeds === null || !/^values[\w-]*\.yaml$/u.test(path.basename(file))) return null;
  const isSubchart = loader === "helm" && path.relative(input, file).startsWith(`charts${path.sep}`);
  return isSubchart && !feeds.startsWith("global.") ? feeds.slice(feeds.indexOf(".") + 1) : feeds;
}
