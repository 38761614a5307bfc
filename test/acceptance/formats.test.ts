// Every format in one run: each to its file, all saying the same, none losing another, and `holdfast report` writes the same bytes as the scan.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { load, loadAll } from "js-yaml";
import { beforeAll, describe, expect, test } from "vitest";
import type { Result } from "@holdfast/core";
import { readings } from "../../packages/report/testing/readings.ts";
import { privilegedPod } from "./manifests.ts";
import { root, runHoldfast } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

interface ListedFormat {
  readonly id: string;
  readonly extension: string | null;
}

const GATES = ["--compliance-threshold", "50", "--framework", "nsa"];
// A time, so that it is seen wherever a format has a place for it.
const env = { SOURCE_DATE_EPOCH: "1767225600" };
let listed: readonly ListedFormat[];
let folder: string;
let result: Result;

function file({ extension }: ListedFormat): string {
  return path.join(folder, `all${extension}`);
}

beforeAll(async () => {
  listed = JSON.parse((await runHoldfast(["list", "formats", "--format", "json"])).stdout) as readonly ListedFormat[];
  folder = scratchFolder({});
  const names = listed.filter(({ extension }) => extension !== null).map(({ id }) => id);
  const run = await runHoldfast(["scan", "examples/shop", ...GATES, "--format", names.join(","), "--output", path.join(folder, "all")], {
    cwd: root,
    env,
  });
  if (run.stderr !== "") throw new Error(run.stderr);
  result = JSON.parse(readFileSync(path.join(folder, "all.json"), "utf8")) as Result;
}, 120_000);

test("one run writes every format to its file, and nothing else", () => {
  const wanted = listed.flatMap(({ extension }) => (extension === null ? [] : [`all${extension}`]));
  expect(readdirSync(folder).toSorted()).toEqual(wanted.toSorted());
});

test("all say the same figures as the console", async () => {
  const { stdout } = await runHoldfast(["report", path.join(folder, "all.json"), "--format", "pretty"], { cwd: root });
  const pretty = readings["pretty"]?.(stdout);
  expect(pretty).toMatchObject({
    findings: result.summary.findings,
    accepted: result.summary.accepted,
    skipped: result.summary.controls.skipped,
  });
  for (const format of listed.filter(({ id, extension }) => extension !== null && readings[id] !== undefined)) {
    const { findings, accepted, skipped } = readings[format.id]?.(readFileSync(file(format), "utf8")) ?? {};
    expect({ findings, accepted, skipped }, format.id).toEqual({
      findings: pretty?.findings,
      accepted: pretty?.accepted,
      skipped: pretty?.skipped,
    });
  }
});

test("holdfast report writes byte for byte what the scan wrote", async () => {
  const again = scratchFolder({});
  const names = listed.filter(({ extension }) => extension !== null).map(({ id }) => id);
  await runHoldfast(["report", path.join(folder, "all.json"), "--format", names.join(","), "--output", path.join(again, "all")], {
    cwd: root,
  });
  for (const name of readdirSync(folder))
    expect(readFileSync(path.join(again, name)).equals(readFileSync(path.join(folder, name))), name).toBe(true);
  const scan = await runHoldfast(["scan", "examples/shop", ...GATES, "--format", "pretty,github"], { cwd: root, env });
  const report = await runHoldfast(["report", path.join(folder, "all.json"), "--format", "pretty,github"], { cwd: root });
  expect(report).toEqual(scan);
});

test("yaml is json, and every place that SARIF names is in the tree", () => {
  expect(load(readFileSync(path.join(folder, "all.yaml"), "utf8"))).toEqual(result);
  const uris = new Set(
    [...readFileSync(path.join(folder, "all.sarif"), "utf8").matchAll(/"uri":"(?<uri>[^"]*)"/gu)].map(([, uri = ""]) =>
      decodeURIComponent(uri),
    ),
  );
  expect(uris.size).toBeGreaterThan(3);
  for (const uri of uris) expect(existsSync(path.join(root, uri)), uri).toBe(true);
});

test("the views of pretty are there, each with the same head", async () => {
  const pages = await Promise.all(
    ["security", "resource", "control", "namespace"].map(
      async (view) => (await runHoldfast(["report", path.join(folder, "all.json"), "--view", view], { cwd: root })).stdout,
    ),
  );
  expect(new Set(pages.map((page) => page.split("\n")[0])).size).toBe(1);
  expect(new Set(pages).size).toBe(4);
  expect(pages[0]).toContain("TOPICS");
  expect((pages[0] ?? "").split("\n").length).toBeLessThan(60);
  expect(pages[3]).toContain("NAMESPACES");
});

describe("formats that go to a service", () => {
  test("GitHub: annotations on standard output, and the summary page behind what other steps said there", async () => {
    const cwd = scratchFolder({ "in/pod.yaml": privilegedPod("pod") });
    mkdirSync(path.join(cwd, ".git"));
    const summary = path.join(cwd, "summary.md");
    writeFileSync(summary, "# Another step\n");
    const run = await runHoldfast(["scan", "control", "C-0057", "in", "--format", "github"], {
      cwd,
      env: { GITHUB_STEP_SUMMARY: summary },
    });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toMatch(
      /^::error file=in\/pod\.yaml,line=10,col=21,endLine=10,endColumn=24,title=C-0057 [^:]*::Pod [^\n]*%0ATo do: /mu,
    );
    expect(readFileSync(summary, "utf8")).toMatch(/^# Another step\n<!-- holdfast -->\n## Holdfast: 1 finding: /u);
  });

  test("PolicyReports: a report for each namespace and one for the cluster", () => {
    const reports = loadAll(readFileSync(path.join(folder, "all.policyreport.yaml"), "utf8")) as readonly {
      readonly kind: string;
      readonly metadata: { readonly namespace?: string };
    }[];
    const namespaces = new Set(result.resources.flatMap(({ namespace }) => (namespace === "" ? [] : [namespace])));
    expect(reports[0]?.kind).toBe("ClusterPolicyReport");
    expect(new Set(reports.flatMap(({ metadata }) => metadata.namespace ?? []))).toEqual(namespaces);
  });

  test("a format that can't be written is a problem, and loses none of the others", async () => {
    const cwd = scratchFolder({ "in/pod.yaml": privilegedPod("pod") });
    mkdirSync(path.join(cwd, "out.junit.xml"));
    const run = await runHoldfast(["scan", "control", "C-0057", "in", "--format", "junit,csv,prometheus,markdown", "--output", "out"], {
      cwd,
    });
    expect(run.code).toBe(4);
    expect(run.stderr).toContain("out.junit.xml: it is a folder (output-not-written)");
    expect(readdirSync(cwd).toSorted()).toEqual(["in", "out.csv", "out.junit.xml", "out.md", "out.prom"]);
  });
});
