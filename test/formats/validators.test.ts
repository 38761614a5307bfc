// What the formats write, judged by programs that others made: the schema of JUnit by xmllint, Prometheus's own parser, the SARIF multitool, and a real API server with the
// resource definitions of PolicyReports.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { loadAll } from "js-yaml";
import { expect, test } from "vitest";
import { formats } from "../../packages/report/formats/list.ts";
import { textOf } from "../../packages/report/formats/tester.ts";
import { arbitraryResult } from "../../packages/report/testing/arbitrary-result.ts";
import { handMadeResults } from "../../packages/report/testing/hand-made-results.ts";
import { hideNames } from "../../packages/report/hide/hide-names.ts";
import { readMetrics } from "../../packages/report/testing/read-metrics.ts";
import { needs, needsShared, needsValidators } from "../acceptance/needs.ts";
import { scratchFolder } from "../acceptance/scratch-folder.ts";
import { clusterOfFile } from "../cluster/cluster-of-file.ts";
import { sharedFolder } from "../shared-folder.ts";

const GENERATED = 60;

/** All results made by hand and some generated ones, always the same, by names that files can have. */
const results: Readonly<Record<string, Result>> = {
  ...handMadeResults,
  ...Object.fromEntries(fc.sample(arbitraryResult, { numRuns: GENERATED, seed: 8 }).map((result, i) => [`generated-${i}`, result])),
};

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 10);

/** Results with their names hidden. */
const hidden: Readonly<Record<string, Result>> = Object.fromEntries(
  Object.entries(handMadeResults).map(([name, result]) => [`hidden-${name}`, hideNames(result, digest)]),
);

/** Writes every result in a format into a folder of its own, and gives the folder. */
async function written(id: string, extension: string, more: Readonly<Record<string, Result>> = {}): Promise<string> {
  const entry = formats.find((format) => format.id === id);
  if (entry === undefined) throw new Error(`there is no format ${id}`);
  const format = await entry.load();
  const folder = path.join(scratchFolder({}), id);
  mkdirSync(folder);
  for (const [name, result] of Object.entries({ ...results, ...more }))
    writeFileSync(path.join(folder, `${name}${extension}`), textOf(format, result));
  return folder;
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).map((file) => path.join(folder, file));
}

test("JUnit is valid against the schema of Jenkins's xUnit plugin", async (context) => {
  const xmllint = needs(context, "xmllint");
  const schema = path.join(needsShared(context), "schemas/junit-10.xsd");
  const folder = await written("junit", ".xml", hidden);
  const { status, stderr } = spawnSync(xmllint, ["--noout", "--schema", schema, ...filesIn(folder)], { encoding: "utf8" });
  expect(stderr.split("\n").filter((line) => line !== "" && !line.endsWith(" validates"))).toEqual([]);
  expect(status).toBe(0);
  const broken = path.join(folder, "broken.xml");
  writeFileSync(broken, '<testsuites><testsuite name="x"/></testsuites>');
  expect(spawnSync(xmllint, ["--noout", "--schema", schema, broken]).status, "the check itself finds faults").not.toBe(0);
});

test("Prometheus's own parser reads every series", async (context) => {
  const validators = needsValidators(context);
  const folder = await written("prometheus", ".prom");
  const script = `
import json, sys
from prometheus_client.parser import text_string_to_metric_families
counts = {}
for file in sys.argv[1:]:
    with open(file, encoding="utf-8") as text:
        families = list(text_string_to_metric_families(text.read()))
    assert all(family.type == "gauge" and family.documentation for family in families), file
    counts[file] = sum(len(family.samples) for family in families)
print(json.dumps(counts))
`;
  const output = execFileSync(needs(context, "python3"), ["-c", script, ...filesIn(folder)], {
    encoding: "utf8",
    env: { ...process.env, PYTHONPATH: path.join(validators, "python") },
  });
  const counts = JSON.parse(output) as Readonly<Record<string, number>>;
  for (const file of filesIn(folder)) expect(counts[file], file).toBe(readMetrics(readFileSync(file, "utf8")).size);
});

interface ValidationLog {
  readonly runs: readonly { readonly results: readonly { readonly ruleId: string; readonly level?: string }[] }[];
}

test("the SARIF multitool finds no error", async (context) => {
  const node = path.join(needsValidators(context), "node/node_modules/@microsoft");
  const platform = readdirSync(node).find((name) => name.startsWith("sarif-multitool-"));
  const folder = await written("sarif", ".sarif");
  const log = path.join(folder, "..", "validation.sarif");
  const run = spawnSync(path.join(node, platform ?? "", "Sarif.Multitool"), ["validate", "--output", log, ...filesIn(folder)], {
    encoding: "utf8",
    env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" },
  });
  expect(run.error).toBeUndefined();
  const { runs } = JSON.parse(readFileSync(log, "utf8").replace(/^\uFEFF/u, "")) as ValidationLog;
  const found = runs.flatMap((one) => one.results);
  expect(found.filter(({ level }) => level === "error")).toEqual([]);
  // That the tool has no address on the web is noted of every log: the check has run.
  expect(found.filter(({ ruleId }) => ruleId === "SARIF2005")).toHaveLength(Object.keys(results).length);
});

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly results: readonly unknown[];
}

/** Definitions of resources take a moment until the server knows them. */
async function known(request: () => Promise<{ readonly status: number }>): Promise<void> {
  for (let left = 100; left > 0 && (await request()).status !== 200; left--) await new Promise((resolve) => void setTimeout(resolve, 100));
}

const clusterOf = clusterOfFile(async (cluster) => {
  for (const name of ["policyreports", "clusterpolicyreports"]) {
    const file = path.join(sharedFolder ?? "", `schemas/wgpolicyk8s.io_${name}.yaml`);
    await cluster.create(loadAll(readFileSync(file, "utf8")) as object[]);
    await known(async () => cluster.request("GET", `/apis/wgpolicyk8s.io/v1alpha2/${name}`));
  }
});

test("an API server takes every PolicyReport, and stores it as it was written", async (context) => {
  needsShared(context);
  const cluster = await clusterOf(context);
  const folder = await written("policyreport", ".yaml", hidden);
  const manifests = filesIn(folder).flatMap((file, i) =>
    (loadAll(readFileSync(file, "utf8")) as readonly Manifest[]).map((one) => ({
      ...one,
      metadata: { ...one.metadata, name: `${one.metadata.name}-${i}` },
    })),
  );
  const namespaces = new Set(manifests.flatMap(({ metadata }) => metadata.namespace ?? []));
  const there = await cluster.request("GET", "/api/v1/namespaces");
  const existing = new Set(
    (there.body["items"] as readonly { readonly metadata: { readonly name: string } }[]).map(({ metadata }) => metadata.name),
  );
  await cluster.create(
    [...namespaces].filter((name) => !existing.has(name)).map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
  );
  const stored = await cluster.create(manifests);
  expect(stored.length).toBeGreaterThan(GENERATED);
  for (const [i, manifest] of manifests.entries()) expect(stored[i]?.["results"]).toEqual(manifest.results);
});
