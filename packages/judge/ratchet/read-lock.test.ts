import { describe, expect, test } from "vitest";
import { scanEstate } from "../testing/sample-estate.ts";
import { wordsOf, wordText } from "./lock-fact.ts";
import { applyRatchet } from "./ratchet.ts";
import { readLock } from "./read-lock.ts";

const RESULT = scanEstate(
  {
    files: [{ file: "apps/my app/#1.yaml", pods: [{ name: "web", faults: ["C-2"] }] }],
    controls: ["C-1", "C-2", "a rule of ours"],
    frameworks: [{ id: "nsa", controls: ["C-1", "C-2"] }],
  },
  {
    frameworks: ["nsa"],
    renderers: [{ name: "helm", version: "v3.18.0+gabc" }],
    rendered: [{ kind: "chart", name: "web", file: "charts/web", files: [], resources: 2, problems: 0 }],
  },
);

const TEXT = applyRatchet({ file: "l", lock: null, controls: [], update: true }, RESULT).text ?? "";

function faultsOf(text: string): readonly string[] {
  const read = readLock(text);
  return "faults" in read ? read.faults.map(({ line, message }) => `${line}: ${message}`) : [];
}

test("each fact is a line", () => {
  const facts = TEXT.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  expect(facts).toEqual([
    "lock holdfast.lock/v1",
    "reached-with holdfast version test",
    "reached-with library digest library-1",
    "scan compliance mean",
    "scan coverage 100",
    "scan strict-compliance mean",
    "framework nsa compliance mean",
    "framework nsa strict-compliance mean",
    'control "a rule of ours" compliance 100',
    'control "a rule of ours" findings zero',
    'control "a rule of ours" judged whole',
    'control "a rule of ours" strict-compliance 100',
    "control C-1 compliance 100",
    "control C-1 findings zero",
    "control C-1 framework nsa",
    "control C-1 judged whole",
    "control C-1 strict-compliance 100",
    "control C-2 compliance 0",
    "control C-2 framework nsa",
    "control C-2 judged whole",
    "control C-2 strict-compliance 0",
    ...facts.slice(21, -1),
    "end holdfast.lock/v1",
  ]);
  expect(facts.slice(21, -1).toSorted()).toEqual([
    "input chart charts/web web 2",
    'input folder "apps/my app" 1',
    "input ignored 0",
    "input kind Pod",
    "input parameters default",
    "input root .",
    "input selection all",
    "reached-with renderer helm version v3.18.0+gabc",
  ]);
});

test("what was written is read as it was, whatever the order of its lines, and with line ends of Windows", () => {
  const read = readLock(TEXT);
  expect("lock" in read && read.lock.facts.size).toBe(28);
  const [first = "", ...lines] = TEXT.trimEnd().split("\n");
  const end = lines.pop() ?? "";
  const turned = readLock(`\uFEFF${[first, ...lines.toReversed(), end].join("\r\n")}\r\n`);
  expect("lock" in turned && new Set(turned.lock.facts.values())).toEqual("lock" in read && new Set(read.lock.facts.values()));
});

describe("refused, with the line and what to do", () => {
  const lineOf = (start: string): number => TEXT.split("\n").findIndex((line) => line.startsWith(start)) + 1;

  test.each<[string, (text: string) => string, RegExp]>([
    ["an empty file", () => "", /^1: it is no lock file.*Restore the file/u],
    ["another file", () => "kind: Pod\n", /^1: it is no lock file/u],
    [
      "a later form",
      (text) => text.replace("lock/v1", "lock/v2"),
      /^1: it has the form "holdfast\.lock\/v2".*Use the version that wrote it/u,
    ],
    [
      "a file that was cut off",
      (text) => text.slice(0, text.indexOf("# slot 80")),
      /its last line.*is missing: the file was cut off\. Restore/u,
    ],
    ["two files behind each other", (text) => `${text}${text.split("\n").slice(1).join("\n")}`, /something stands behind the last line/u],
    [
      "the marks of a merge",
      (text) => text.replace("scan coverage 100", "<<<<<<< ours\nscan coverage 100\n=======\nscan coverage 99\n>>>>>>> theirs"),
      new RegExp(`^${lineOf("scan coverage")}: it holds the marks of a merge.*keep the tighter`, "u"),
    ],
    [
      "a fact that is said twice",
      (text) => text.replace("scan coverage 100", "scan coverage 100\nscan coverage 99"),
      new RegExp(`^${lineOf("scan coverage") + 1}: it says something else than what line ${lineOf("scan coverage")} says`, "u"),
    ],
    [
      "a fact that is repeated",
      (text) => text.replace("scan coverage 100", "scan coverage 100\nscan coverage 100"),
      /it says again what line/u,
    ],
    ["an unknown fact", (text) => text.replace("scan coverage 100", "scan reach 100"), /"scan reach 100" is no line of a lock file/u],
    ["a number that is none", (text) => text.replace("scan coverage 100", "scan coverage much"), /is no line of a lock file/u],
    ["a percentage above 100", (text) => text.replace("scan coverage 100", "scan coverage 100.1"), /is no line of a lock file/u],
    ["a number of objects that is none", (text) => text.replace("charts/web web 2", "charts/web web two"), /is no line of a lock file/u],
    ["a word too many", (text) => text.replace("scan coverage 100", "scan coverage 100 100"), /is no line of a lock file/u],
    ["an open quote", (text) => text.replace("input root .", 'input root ".'), /is no line of a lock file/u],
    [
      "a framework that is gone",
      (text) => text.replaceAll(/framework nsa .*-?compliance mean\n/gu, ""),
      /it speaks of the framework nsa, for which the file has no floor/u,
    ],
    ["a control that nobody judged", (text) => text.replace("control C-2 judged whole\n", ""), /nothing says that control C-2 was judged/u],
  ])("%s", (_, change, wanted) => {
    const faults = faultsOf(change(TEXT));
    expect(faults.length).toBeGreaterThan(0);
    expect(
      faults.some((fault) => wanted.test(fault)),
      faults.join("\n"),
    ).toBe(true);
  });
});

test.each(["plain", "two words", 'a "quote"', "#hash", "", "tab\there", "line\nbreak", "ünïcode"])(
  "a word is written so that it is read again: %j",
  (word) => {
    expect(wordsOf(`input root ${wordText(word)}`)).toEqual(["input", "root", word]);
    expect(wordText(word)).not.toContain("\n");
  },
);
