// The runners of the suites evaluate and write down; they never look at what is expected, and only the suite's own judge judges.
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test, type TestContext } from "vitest";
import { privilegedPod } from "./manifests.ts";
import { needs, needsShared } from "./needs.ts";
import { root, runCommand, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** Runs a runner as its npm script does. */
async function runner(script: "run" | "agreement", ...args: readonly string[]): Promise<Run> {
  return runCommand([process.execPath, path.join(root, `test/conformance/${script}.ts`), ...args]);
}

function lines(file: string): readonly unknown[] {
  const text = readFileSync(file, "utf8");
  return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as unknown]));
}

/** The counts of the judge's last line. */
async function judged(context: TestContext, ...args: readonly string[]): Promise<{ readonly passed: number; readonly failed: number }> {
  const python = needs(context, "python3");
  const run = await runCommand([python, path.join(needsShared(context), "conformance/compare.py"), ...args]);
  const match = /^(?<passed>\d+) passed, (?<failed>\d+) failed$/mu.exec(run.stdout)?.groups;
  if (match === undefined) throw new Error(`the judge ended with ${run.code}: ${run.stderr || run.stdout}`);
  return { passed: Number(match["passed"]), failed: Number(match["failed"]) };
}

describe("rego", () => {
  const cases = (expected: unknown): string =>
    JSON.stringify([
      {
        note: "own/sum",
        query: "data.own.total = x",
        modules: ["package own\n\ntotal := sum([n | some n in input.numbers])\n"],
        input: { numbers: [1, 2, 4] },
        want_result: expected,
      },
      { note: "own/unsafe", query: "data.own.p = x", modules: ["package own\n\np if y > 1\n"], want_result: expected },
      { note: "own/undefined", query: "data.own.none = x", modules: ["package own\n"], want_result: expected },
    ]);

  test("what came out is written down, whatever was expected", async () => {
    const right = scratchFolder({ "own-v1/own.json": cases([{ x: 7 }]) });
    const wrong = scratchFolder({ "own-v1/own.json": cases([{ x: "something else" }]) });
    for (const folder of [right, wrong]) {
      const run = await runner("run", "rego", path.join(folder, "own-v1"), "--actual", path.join(folder, "actual"));
      expect(run.code, run.stderr).toBe(0);
    }
    const actual = lines(path.join(right, "actual"));
    expect(actual).toMatchObject([
      { file: "own.json", index: 0, result: [{ x: 7 }] },
      { file: "own.json", index: 1, error: { code: "rego_unsafe_var_error" } },
      { file: "own.json", index: 2, result: [] },
    ]);
    expect(lines(path.join(wrong, "actual"))).toEqual(actual);
  });

  test("the folder's name says the version of the language", async () => {
    const old = JSON.stringify([{ note: "own/v0", query: "data.own.p = x", modules: ["package own\n\np[1] { true }\n"] }]);
    const folder = scratchFolder({ "own-v0/own.json": old, "own-v1/own.json": old });
    for (const version of ["v0", "v1"]) {
      await runner("run", "rego", path.join(folder, `own-${version}`), "--actual", path.join(folder, version));
    }
    expect(lines(path.join(folder, "v0"))).toMatchObject([{ result: [{ x: [1] }] }]);
    expect(lines(path.join(folder, "v1"))).toMatchObject([{ error: { code: "rego_parse_error" } }]);
  });

  for (const version of ["rego-v0", "rego-v1"]) {
    test(`a slice of ${version}: at least 95 of 100 cases pass`, async (context) => {
      const suite = path.join(needsShared(context), "conformance");
      const names = readFileSync(path.join(suite, "rego-core.txt"), "utf8").trim().split(/\s+/u);
      // Some groups are of one version only.
      const groups = names.filter((name) => existsSync(path.join(suite, version, `${name}.json`)));
      // Every eighth group, so that the slice touches the whole language.
      const slice = groups.filter((_, index) => index % 8 === 0);
      const folder = scratchFolder({ [`${version}/.keep`]: "" });
      for (const group of slice) copyFileSync(path.join(suite, version, `${group}.json`), path.join(folder, version, `${group}.json`));
      const run = await runner("run", "rego", path.join(folder, version), "--actual", path.join(folder, "actual"));
      expect(run.code, run.stderr).toBe(0);
      const { passed, failed } = await judged(context, "rego", path.join(folder, version), path.join(folder, "actual"));
      expect(passed + failed).toBeGreaterThan(50);
      expect(passed / (passed + failed)).toBeGreaterThanOrEqual(0.95);
    });
  }
});

describe("controls", () => {
  const suite = (expected: unknown): string =>
    JSON.stringify({
      rule: "rule-privilege-escalation",
      controls: ["C-0057"],
      cases: [
        {
          name: "own",
          input: [
            {
              apiVersion: "v1",
              kind: "Pod",
              metadata: { name: "pod" },
              spec: { containers: [{ name: "a", securityContext: { privileged: true } }] },
            },
          ],
          expect: expected,
          expected,
          findings: expected,
        },
        { name: "nothing", input: [] },
      ],
    });

  test("the findings are written in the suite's spelling, whatever was expected", async () => {
    const folder = scratchFolder({ "one/own.json": suite([]), "two/own.json": suite([{ objects: [] }]) });
    for (const name of ["one", "two"]) {
      const run = await runner("run", "controls", path.join(folder, name), "--actual", path.join(folder, `${name}.actual`));
      expect(run.code, run.stderr).toBe(0);
    }
    const actual = lines(path.join(folder, "one.actual"));
    expect(actual).toMatchObject([
      { rule: "rule-privilege-escalation", case: "own", findings: [{ objects: [{ apiVersion: "v1", kind: "Pod", name: "pod" }] }] },
      { rule: "rule-privilege-escalation", case: "nothing", findings: [] },
    ]);
    expect(JSON.stringify(actual)).toContain("spec.containers[0].securityContext.privileged");
    expect(lines(path.join(folder, "two.actual"))).toEqual(actual);
  });

  test("the given cases of all rules: at least 97 % strictly", async (context) => {
    const suite = path.join(needsShared(context), "conformance/controls");
    const actual = path.join(scratchFolder(), "actual");
    const run = await runner("run", "controls", suite, "--actual", actual);
    expect(run.code, run.stderr).toBe(0);
    const { passed, failed } = await judged(context, "controls", suite, actual);
    expect(passed + failed).toBeGreaterThan(700);
    expect(passed / (passed + failed)).toBeGreaterThanOrEqual(0.97);
  });
});

describe("agreement", () => {
  test("plain manifests are judged and nothing is rendered; files are relative to the corpus, and subjects have none", async () => {
    const folder = scratchFolder({
      "corpus/deploy/pod.yaml": privilegedPod("pod"),
      "corpus/chart/Chart.yaml": "apiVersion: v2\nname: chart\nversion: 1.0.0\n",
      "corpus/chart/templates/pod.yaml": privilegedPod("{{ .Release.Name }}"),
      "corpus/rbac.yaml": `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: everything}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: User, name: ann}]
`,
    });
    const run = await runner("agreement", path.join(folder, "corpus"), "--actual", path.join(folder, "actual"));
    expect(run.code, run.stderr).toBe(0);
    const { resources } = JSON.parse(readFileSync(path.join(folder, "actual"), "utf8")) as {
      readonly resources: readonly {
        readonly kind: string;
        readonly name: string;
        readonly file: string;
        readonly controls: Record<string, unknown>;
      }[];
    };
    expect(resources.find(({ name }) => name === "pod")).toMatchObject({
      kind: "Pod",
      file: "deploy/pod.yaml",
      controls: { "C-0057": { status: "failed" } },
    });
    expect(resources.find(({ name }) => name === "ann")).toMatchObject({ kind: "User", file: "" });
    expect(resources.filter(({ file }) => file.includes("templates"))).toEqual([]);
  });

  for (const corpus of ["kubernetes-goat", "podinfo"]) {
    test(`on ${corpus} at most 1 % of verdicts differ without a reason`, async (context) => {
      const shared = needsShared(context);
      const actual = path.join(scratchFolder(), "actual.json");
      const run = await runner("agreement", path.join(shared, "corpus", corpus), "--actual", actual);
      expect(run.code, run.stderr).toBe(0);
      const reasons = path.join(root, "docs/differences.json");
      const { passed, failed } = await judged(context, "verdicts", path.join(shared, `golden/${corpus}.json`), actual, reasons);
      expect(passed).toBeGreaterThan(100);
      expect(failed / (passed + failed)).toBeLessThanOrEqual(0.01);
    });
  }
});

test("wrong usage of the runners is exit code 2 and says what would be right", async () => {
  for (const run of [
    await runner("run"),
    await runner("run", "rego"),
    await runner("run", "nothing", ".", "--actual", "x"),
    await runner("agreement"),
  ]) {
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/usage: npm run /u);
  }
});
