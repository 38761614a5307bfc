// SARIF 2.1.0 for code hosts: valid, at the exact line, with the fixes that they apply and the fingerprints that they track.
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import { beforeAll, describe, expect, test } from "vitest";
import type { Result } from "@holdfast/core";
import { applyEdit, textAt } from "./apply-edit.ts";
import { privilegedPod } from "./manifests.ts";
import { needsShared } from "./needs.ts";
import { root, runHoldfast } from "./run-holdfast.ts";
import { scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly snippet?: { readonly text: string };
}

interface PhysicalLocation {
  readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
  readonly region?: Region;
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation?: PhysicalLocation }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly artifactLocation: { readonly uri: string };
      readonly replacements: readonly { readonly deletedRegion: Region; readonly insertedContent?: { readonly text: string } }[];
    }[];
  }[];
}

interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly properties: Readonly<Record<string, unknown>>;
}

interface SarifRun {
  readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly SarifRule[] } };
  readonly results: readonly SarifResult[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly invocations: readonly { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly unknown[] }[];
}

function runOf(text: string): SarifRun {
  const log = JSON.parse(text) as { readonly version: string; readonly runs: readonly SarifRun[] };
  expect(log.version).toBe("2.1.0");
  expect(log.runs).toHaveLength(1);
  const [run] = log.runs;
  if (run === undefined) throw new Error("no run");
  return run;
}

async function sarifOf(cwd: string, ...args: readonly string[]): Promise<string> {
  const run = await runHoldfast(["scan", ...args, "--format", "sarif"], { cwd });
  expect(run.stderr).toBe("");
  return run.stdout;
}

let shopText: string;
let shop: SarifRun;
let shopResult: Result;

beforeAll(async () => {
  shopText = await sarifOf(root, "examples/shop");
  shop = runOf(shopText);
  shopResult = (await scanResult(["examples/shop"])).result;
});

/** A schema of draft 4 in the words of draft 7; those of SARIF differ in the name of `id` alone. */
function asDraft7(text: string): object {
  const schema = JSON.parse(text) as Record<string, unknown>;
  const { id, ...rest } = schema;
  return { ...rest, $id: id, $schema: "http://json-schema.org/draft-07/schema#" };
}

describe("validity", () => {
  async function errorsOf(text: string, shared: string): Promise<readonly unknown[]> {
    const ajv = new Ajv({
      strict: false,
      allErrors: true,
      formats: {
        uri: (value) => URL.canParse(value),
        "uri-reference": (value) => URL.canParse(value, "file:///") && !/[ "<>\\^`{|}]/u.test(value),
        "date-time": (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/u.test(value),
      },
    });
    const validate = ajv.compile(asDraft7(readFileSync(path.join(shared, "schemas/sarif-schema-2.1.0.json"), "utf8")));
    validate(JSON.parse(text));
    return validate.errors ?? [];
  }

  test("a scan with findings is valid against the schema", async (context) => {
    expect(await errorsOf(shopText, needsShared(context))).toEqual([]);
  });

  test("scans without findings, without data, with problems and with names that URIs must escape are valid too", async (context) => {
    const shared = needsShared(context);
    const cwd = scratchFolder({ "a b#ü%.yaml": privilegedPod("pod"), "broken/x.yaml": "kind: [\n", "none/x.txt": "" });
    for (const args of [["."], ["broken"], ["none"], ["a b#ü%.yaml", "--compliance-threshold", "100", "--framework", "nsa"]]) {
      const { stdout } = await runHoldfast(["scan", ...args, "--format", "sarif"], { cwd, env: { SOURCE_DATE_EPOCH: "1767225600" } });
      expect(await errorsOf(stdout, shared), args.join(" ")).toEqual([]);
    }
  });
});

describe("results", () => {
  test("there is one for each finding, in the same order, with its fingerprint", () => {
    expect(shop.results.map(({ ruleId }) => ruleId)).toEqual(shopResult.findings.map(({ control }) => control));
    const prints = shop.results.map(({ partialFingerprints }) => Object.values(partialFingerprints));
    expect(prints).toEqual(shopResult.findings.map(({ fingerprint }) => [fingerprint]));
  });

  test("the region is exactly the thing to edit", async () => {
    const cwd = scratchFolder({ "pod.yaml": `# a comment\n${privilegedPod("pod")}` });
    const [result] = runOf(await sarifOf(cwd, "control", "C-0057", ".")).results;
    expect(result?.locations[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: "pod.yaml", uriBaseId: "%SRCROOT%" },
      region: { startLine: 11, startColumn: 21, endLine: 11, endColumn: 25, snippet: { text: "true" } },
    });
  });

  test("every region lies in its file, and its snippet is what stands there", () => {
    for (const { locations, ruleId } of shop.results) {
      const location = locations[0]?.physicalLocation;
      expect(location?.region, ruleId).toBeDefined();
      if (location?.region === undefined) continue;
      const { startLine, startColumn, endLine, endColumn, snippet } = location.region;
      const text = readFileSync(path.join(root, location.artifactLocation.uri), "utf8");
      expect(text.split("\n").length).toBeGreaterThanOrEqual(startLine);
      if (snippet !== undefined) expect(textAt(text, startLine, startColumn, endLine, endColumn), ruleId).toBe(snippet.text);
    }
  });

  test("paths are relative to the root of the repository, wherever the scan runs", async () => {
    const repository = scratchFolder({ "deploy/app one/pod.yaml": privilegedPod("pod") });
    mkdirSync(path.join(repository, ".git"));
    const uriOf = async (cwd: string, argument: string): Promise<string | undefined> =>
      runOf(await sarifOf(cwd, "control", "C-0057", argument)).results[0]?.locations[0]?.physicalLocation?.artifactLocation.uri;
    const expected = "deploy/app%20one/pod.yaml";
    expect(await uriOf(repository, ".")).toBe(expected);
    expect(await uriOf(path.join(repository, "deploy"), "app one")).toBe(expected);
    expect(await uriOf(path.join(repository, "deploy/app one"), "../../deploy")).toBe(expected);
    expect(await uriOf(repository, path.join(repository, "deploy"))).toBe(expected);
  });

  test("a fix applied as a code host applies it takes the finding away", async () => {
    const before = privilegedPod("pod");
    const cwd = scratchFolder({ "pod.yaml": before });
    const [result] = runOf(await sarifOf(cwd, "control", "C-0057", ".")).results;
    const change = result?.fixes?.[0]?.artifactChanges[0];
    expect(change?.artifactLocation.uri).toBe("pod.yaml");
    const replacements = (change?.replacements ?? []).map(({ deletedRegion, insertedContent }) => ({
      ...deletedRegion,
      text: insertedContent?.text ?? "",
    }));
    const after = applyEdit(before, { replacements });
    expect(after).not.toBe(before);
    const again = scratchFolder({ "pod.yaml": after });
    expect(runOf(await sarifOf(again, "control", "C-0057", ".")).results).toEqual([]);
  });

  test("findings with an edit have a fix, the others none", () => {
    expect(shop.results.map(({ fixes }) => (fixes?.length ?? 0) > 0)).toEqual(shopResult.findings.map(({ edit }) => edit !== undefined));
    expect(shopResult.findings.some(({ edit }) => edit !== undefined)).toBe(true);
  });
});

describe("rules and run", () => {
  test("each control is a rule with help, and results name it rightly", () => {
    const { rules, name } = shop.tool.driver;
    expect(name).toBe("holdfast");
    expect(rules.map(({ id }) => id)).toEqual(shopResult.controls.map(({ id }) => id));
    for (const rule of rules) {
      expect(rule.help.markdown.length, rule.id).toBeGreaterThan(100);
      expect(rule.help.text.length, rule.id).toBeGreaterThan(100);
      expect(rule.shortDescription.text, rule.id).not.toBe("");
      expect(Number(rule.properties["security-severity"]), rule.id).toBeGreaterThan(0);
    }
    for (const { ruleId, ruleIndex } of shop.results) expect(rules[ruleIndex]?.id).toBe(ruleId);
  });

  test("coverage, reach and score stand in the run's properties", () => {
    const { compliance, coverage, reach } = shopResult.summary;
    expect(shop.properties).toMatchObject({ compliance, coverage, reach });
  });

  test("problems are notifications, and a scan without data is no success", async () => {
    const cwd = scratchFolder({ "broken.yaml": "kind: [\n", "pod.yaml": privilegedPod("pod"), "none/readme.txt": "" });
    const partial = runOf((await runHoldfast(["scan", ".", "--format", "sarif"], { cwd })).stdout);
    expect(partial.invocations[0]).toMatchObject({
      executionSuccessful: true,
      toolExecutionNotifications: [{ level: "error", locations: [{ physicalLocation: { artifactLocation: { uri: "broken.yaml" } } }] }],
    });
    const none = runOf((await runHoldfast(["scan", "none", "--format", "sarif"], { cwd })).stdout);
    expect(none.invocations[0]?.executionSuccessful).toBe(false);
    expect(none.properties).toMatchObject({ compliance: null, coverage: null });
  });
});
