import type { Result } from "@holdfast/core";
import { describe, expect, test } from "vitest";
import { buildResult, resourceAt } from "../testing/build-result.ts";
import { handMadeResults } from "../testing/hand-made-results.ts";
import type { ReportOptions } from "./define.ts";
import { sarif } from "./sarif.ts";
import { testFormat, textOf } from "./tester.ts";

interface Region {
  readonly startLine: number;
  readonly startColumn?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly snippet?: { readonly text: string };
}
interface Location {
  readonly physicalLocation?: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region?: Region;
    readonly contextRegion?: Region;
  };
  readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
}
interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations?: readonly Location[];
  readonly relatedLocations?: readonly (Location & { readonly message: { readonly text: string } })[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly { readonly artifactChanges: readonly { readonly replacements: readonly unknown[] }[] }[];
  readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
}
interface Run {
  readonly tool: {
    readonly driver: {
      readonly rules: readonly {
        readonly id: string;
        readonly name: string;
        readonly properties: Readonly<Record<string, unknown>>;
        readonly defaultConfiguration: { readonly level: string };
      }[];
    };
  };
  readonly columnKind: string;
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly { readonly level: string; readonly descriptor: { readonly id: string } }[];
  }[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly results: readonly SarifResult[];
}

function runOf(result: Result, options: Partial<ReportOptions> = {}): Run {
  const log = JSON.parse(textOf(sarif, result, options)) as { readonly runs: readonly Run[] };
  return log.runs[0] as Run;
}

function handMade(name: string): Result {
  return handMadeResults[name] as Result;
}

function resultOf(run: Run, control: string): SarifResult {
  return run.results.find(({ ruleId }) => ruleId === control) as SarifResult;
}

testFormat("sarif", sarif, (text) => (JSON.parse(text) as { readonly runs: readonly Run[] }).runs[0]?.results.length ?? 0);

describe("places", () => {
  test("a finding stands at its exact region, in UTF-16 columns, with the code it is about", () => {
    const run = runOf(handMade("findings"));
    expect(run.columnKind).toBe("utf16CodeUnits");
    const place = resultOf(run, "C-0057").locations?.[0]?.physicalLocation;
    expect(place?.artifactLocation).toEqual({ uri: "deploy/node-tuner.yaml", uriBaseId: "%SRCROOT%" });
    expect(place?.region).toEqual({ startLine: 19, startColumn: 25, endLine: 19, endColumn: 29, snippet: { text: "true" } });
    expect(place?.contextRegion).toMatchObject({ startLine: 17, endLine: 21 });
  });

  test.each([
    ["apps/shop/", "deploy/a.yaml", "apps/shop/deploy/a.yaml", "%SRCROOT%"],
    ["apps/shop/", "../web/a.yaml", "apps/web/a.yaml", "%SRCROOT%"],
    ["", "../a.yaml", "../a.yaml", undefined],
    ["x/", "/etc/a b.yaml", "file:///etc/a%20b.yaml", undefined],
    ["", "a b/100 %/日本#1?.yaml", "a%20b/100%20%25/%E6%97%A5%E6%9C%AC%231%3F.yaml", "%SRCROOT%"],
    ["", "c:d.yaml", "c%3Ad.yaml", "%SRCROOT%"],
    ["", "\uD800.yaml", "%EF%BF%BD.yaml", "%SRCROOT%"],
  ])("below %j the file %j is %j", (sourcePrefix, file, uri, uriBaseId) => {
    const result = buildResult({
      controls: [{ id: "C-1", name: "One", score: 5 }],
      resources: [resourceAt("Pod", "a", file, 1)],
      findings: [{ control: "C-1", resource: 0, message: "m", fixes: [{ kind: "none", reason: "r" }] }],
    });
    const place = runOf(result, { sourcePrefix }).results[0]?.locations?.[0]?.physicalLocation?.artifactLocation;
    expect(place).toEqual(uriBaseId === undefined ? { uri } : { uri, uriBaseId });
  });

  test("a subject that stands in no file is placed where its binding is, and names the objects that take part", () => {
    const result = resultOf(runOf(handMade("findings")), "C-0002");
    expect(result.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "deploy/access.yaml", uriBaseId: "%SRCROOT%" },
      region: { startLine: 20, startColumn: 5 },
    });
    expect(result.locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName).toBe("rbac.authorization.k8s.io/v1/Group/support");
    expect(result.relatedLocations?.map(({ message }) => message.text)).toEqual([
      "review: subjects[0]",
      "review: rules[1].resources[0]",
      "takes part: ClusterRoleBinding support",
      "takes part: ClusterRole support",
    ]);
  });

  test("a region in a line with a masked secret has no code of its own: the columns would not fit", () => {
    const place = resultOf(runOf(handMade("findings")), "C-0012").locations?.[0]?.physicalLocation;
    expect(place?.region).toEqual({ startLine: 21, startColumn: 22, endLine: 21, endColumn: 43 });
    expect(place?.contextRegion?.snippet?.text).toContain("value: •••");
  });

  test("standard input is no artifact: only the object is named", () => {
    const result = runOf(handMade("hostile")).results[1];
    expect(result?.locations).toHaveLength(1);
    expect(result?.locations?.[0]?.physicalLocation).toBeUndefined();
  });
});

describe("results", () => {
  test("levels follow the severity", () => {
    const run = runOf(handMade("findings"));
    expect(resultOf(run, "C-0057").level).toBe("error");
    expect(resultOf(run, "C-0002").level).toBe("warning");
    expect(resultOf(run, "C-0017").level).toBe("note");
  });

  test("rules are found by their index, and tell how severe they are", () => {
    const run = runOf(handMade("findings"));
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    const rule = run.tool.driver.rules.find(({ id }) => id === "C-0057");
    expect(rule).toMatchObject({ name: "PrivilegedContainer", defaultConfiguration: { level: "error" } });
    expect(rule?.properties).toMatchObject({ "security-severity": "8", tags: ["security", "kubernetes", "nsa"] });
  });

  test("fingerprints and edits are those of the result", () => {
    const result = resultOf(runOf(handMade("findings")), "C-0057");
    expect(result.partialFingerprints).toEqual({ "holdfast/v1": "3f0c1d5e8a7b4c2d9e6f0a1b2c3d4e5f" });
    expect(result.fixes?.[0]?.artifactChanges[0]?.replacements).toEqual([
      { deletedRegion: { startLine: 19, startColumn: 1, endLine: 20, endColumn: 1 } },
    ]);
  });

  test("what an exception accepts is suppressed with its reason, and all else says that it is not", () => {
    const run = runOf(handMade("findings"));
    expect(resultOf(run, "C-0030").suppressions).toMatchObject([{ kind: "external", justification: "It uses the host's network." }]);
    expect(resultOf(run, "C-0057").suppressions).toEqual([]);
    expect(runOf(handMade("calm")).results.some(({ suppressions }) => suppressions !== undefined)).toBe(false);
  });

  test("what a message would make a link or a placeholder is plain text", () => {
    const text = runOf(handMade("hostile")).results[0]?.message.text;
    expect(text).toContain(String.raw`\[click\](https://evil.example)`);
    expect(text).toContain("{{0}}");
  });
});

describe("the run", () => {
  test("carries scores, coverage and reach of the scan and of each framework", () => {
    const { properties } = runOf(handMade("findings"));
    expect(properties).toMatchObject({ compliance: 81.96, strictCompliance: 79.04, coverage: 100, reach: { answerable: 6, total: 8 } });
    expect(properties["frameworks"]).toMatchObject([{ id: "nsa", compliance: 81.96, coverage: 100 }]);
  });

  test("tells what was lost, and is no success where nothing was judged", () => {
    const [lossy] = runOf(handMade("losses")).invocations;
    expect(lossy?.executionSuccessful).toBe(true);
    expect(lossy?.toolExecutionNotifications.map(({ level }) => level)).toEqual(["warning", ...Array.from({ length: 9 }, () => "error")]);
    expect(runOf(handMade("empty")).invocations[0]?.executionSuccessful).toBe(false);
    expect(runOf(handMade("empty")).properties).toMatchObject({ compliance: null, coverage: null });
  });
});
