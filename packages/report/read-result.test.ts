import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formats } from "./formats/list.ts";
import { piecesOf, textOf } from "./formats/tester.ts";
import { json } from "./formats/json.ts";
import { readResult } from "./read-result.ts";
import { SchemaCheck } from "./schema-check.ts";
import { handMadeResults } from "./testing/hand-made-results.ts";

const { findings, attacked } = handMadeResults as { readonly findings: Result; readonly attacked: Result };

/** The problem with a result that was changed after it was written. */
function problemWith(change: (result: Record<string, unknown[]> & { summary: Record<string, unknown> }) => void): string {
  const copy = structuredClone(findings) as unknown as Record<string, unknown[]> & { summary: Record<string, unknown> };
  change(copy);
  const read = readResult(JSON.stringify(copy));
  return "problem" in read ? read.problem : "";
}

const LOST = { code: "yaml-syntax", stage: "load", subject: "a.yaml", effect: "lost", cause: "", remedy: "" };

test.each(["age-encryption.org/v1\n-> scrypt", "-----BEGIN AGE ENCRYPTED FILE-----\nYWdl"])("%s is said to be encrypted", (text) => {
  expect(readResult(text)).toEqual({ problem: expect.stringContaining("holdfast decrypt") as string });
});

describe("texts that are no result", () => {
  test.each([
    ["", "it is empty"],
    ["  \n", "it is empty"],
    ["apiVersion: v1", "it is not valid JSON. "],
    ['{"schema": "holdfast.result/v1", "findings": [', "it ends too early"],
    ["[]", "it holds no result of Holdfast, which is a JSON object"],
    ["null", "it holds no result of Holdfast"],
    ["{}", 'it has no "schema"'],
    ['{"summaryDetails": {}, "results": []}', "it is a report of Kubescape, no result of Holdfast"],
    ['{"version": "2.1.0", "runs": []}', "it is a SARIF log"],
    ['{"apiVersion": "v1", "kind": "Pod"}', "it is a Kubernetes object"],
    ['{"schema": "holdfast.result/v2"}', 'it has the form "holdfast.result/v2", and this version of Holdfast reads holdfast.result/v1'],
    ['{"schema": "holdfast.result/v1"}', "tool is missing"],
  ])("%j", (text, part) => {
    const read = readResult(text);
    expect("problem" in read ? read.problem : "").toContain(part);
  });

  test("a byte order mark is no fault", () => {
    expect(readResult(`\uFEFF${textOf(json, findings)}`)).toEqual({ result: findings });
  });
});

describe("results that were changed", () => {
  test.each<[string, Parameters<typeof problemWith>[0], string]>([
    ["a list that is gone", (result) => delete result["verdicts"], "verdicts is missing"],
    ["a field that is not known", (result) => Object.assign(result, { extra: 1 }), "extra is not known"],
    ["a score past 100", (result) => (result.summary["compliance"] = 101), "summary.compliance is more than 100"],
    ["a score that is text", (result) => (result.summary["compliance"] = "100"), "summary.compliance is string, expected number or null"],
    [
      "a severity that does not exist",
      (result) => Object.assign(result["findings"]?.[1] as object, { severity: "bad" }),
      'findings[1].severity is not "critical", "high"',
    ],
    [
      "a resource that does not exist",
      (result) => Object.assign(result["findings"]?.[0] as object, { resource: 99 }),
      "findings[0].resource is 99, and the list it points into has 5",
    ],
    [
      "an exception that does not exist",
      (result) => Object.assign(result["findings"]?.[0] as object, { acceptedBy: -1 }),
      "findings[0].acceptedBy is -1",
    ],
    [
      "a line before the first",
      (result) => Object.assign(result["problems"] ?? [], [{ ...LOST, line: 0 }]),
      "problems[0].line is 0; lines and columns begin at 1",
    ],
    ["no fixes", (result) => Object.assign(result["findings"]?.[0] as object, { fixes: [] }), "findings[0].fixes is empty"],
    [
      "half a number",
      (result) => Object.assign(result["findings"]?.[0] as object, { resource: 0.5 }),
      "findings[0].resource is number, expected integer",
    ],
  ])("%s", (_, change, part) => {
    expect(problemWith(change)).toContain(part);
  });

  test.each<[string, (attack: { tracks: object[]; workloads: object[] }) => void, string]>([
    ["a track without steps", ({ tracks }) => Object.assign(tracks[0] ?? {}, { steps: [] }), "attack.tracks[0].steps is empty"],
    [
      "a workload that does not exist",
      ({ workloads }) => Object.assign(workloads[0] ?? {}, { resource: 99 }),
      "attack.workloads[0].resource is 99",
    ],
    [
      "a fix that does not exist",
      ({ workloads }) => Object.assign(workloads[1] ?? {}, { fix: { findings: [-1], breaks: 1 } }),
      "attack.workloads[1].fix.findings[0] is -1",
    ],
    [
      "a track that does not exist",
      ({ workloads }) => Object.assign(workloads[0] ?? {}, { tracks: [{ track: 2, depth: 0, steps: [], chains: [] }] }),
      "attack.workloads[0].tracks[0].track is 2",
    ],
    [
      "states that are missing",
      ({ workloads }) => Object.assign(workloads[0] ?? {}, { tracks: [{ track: 0, depth: 0, steps: [], chains: [] }] }),
      "attack.workloads[0].tracks[0].steps has 0 states, and the track has 2 steps",
    ],
  ])("%s", (_, change, part) => {
    const copy = structuredClone(attacked) as unknown as { attack: { tracks: object[]; workloads: object[] } };
    change(copy.attack);
    const read = readResult(JSON.stringify(copy));
    expect("problem" in read ? read.problem : "").toContain(part);
  });

  test("a value that is nested past all measure is refused", () => {
    const text = JSON.stringify(findings).replace('"kind":"choose"', `"kind":"choose","value":${"[".repeat(50_000)}${"]".repeat(50_000)}`);
    const read = readResult(text);
    expect("problem" in read ? read.problem : "").toContain("is nested more than 100 deep");
  });

  test("whatever is put anywhere into a result, it is refused or every format can show it", async () => {
    const anywhere = fc.array(fc.nat(), { minLength: 1, maxLength: 6 });
    const loaded = await Promise.all(formats.map(async ({ id, load }) => ({ id, format: await load() })));
    fc.assert(
      fc.property(fc.constantFrom(findings, attacked), anywhere, fc.jsonValue({ maxDepth: 2 }), (original, way, value) => {
        const copy = structuredClone(original) as unknown;
        let here = copy as Record<string, unknown>;
        for (const [i, step] of way.entries()) {
          const keys = Object.keys(here);
          const key = keys[step % Math.max(1, keys.length)] ?? "new";
          const next = here[key];
          if (i === way.length - 1 || typeof next !== "object" || next === null) {
            here[key] = value;
            break;
          }
          here = next as Record<string, unknown>;
        }
        const read = readResult(JSON.stringify(copy));
        if ("problem" in read) return;
        for (const { id, format } of loaded) {
          // Only the page for people has views.
          const views = id === "pretty" ? (["security", "resource", "control", "attack", "namespace"] as const) : (["control"] as const);
          const shown = views.flatMap((view) => (id === "pretty" ? [false, true] : [true]).map((verbose) => ({ verbose, view })));
          for (const options of shown) expect(piecesOf(format, read.result, options).length).toBeGreaterThan(0);
        }
      }),
      // A time that is none once stopped the document for auditors.
      { numRuns: 120, examples: [[findings, [Object.keys(findings).indexOf("time")], ""]] },
    );
  });
});

test("a schema that uses what is not checked is refused", () => {
  expect(() => new SchemaCheck({ type: "string", pattern: "x" } as object).breachOf("x")).toThrow("pattern");
});
