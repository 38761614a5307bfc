// Options in holdfast.yaml and in the environment: where each value comes from, and what counts more.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import type { Result } from "@holdfast/core";
import { privilegedPod } from "./manifests.ts";
import { runHoldfast } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const POD = { "in/pod.yaml": privilegedPod("pod") };

test("the file's options hold, the command line's count more, and --no-config leaves the file out", async () => {
  const cwd = scratchFolder({ ...POD, "holdfast.yaml": "# ours\ncontrol: C-0057\nseverity-threshold: high\nformat: [json]\n" });
  const [filed, given, none, form] = await Promise.all([
    runHoldfast(["scan", "in"], { cwd }),
    runHoldfast(["scan", "in", "--control", "C-0013", "--severity-threshold=critical"], { cwd }),
    runHoldfast(["scan", "in", "--no-config", "--control", "C-0057"], { cwd }),
    runHoldfast(["scan", "--format", "json", "control", "C-0016", "in"], { cwd }),
  ]);
  const controls = ({ stdout }: { readonly stdout: string }): readonly string[] =>
    (JSON.parse(stdout) as { controls: { id: string }[] }).controls.map(({ id }) => id);
  expect([controls(filed), filed.code]).toEqual([["C-0057"], 1]);
  expect([controls(given), given.code]).toEqual([["C-0013"], 0]);
  expect(none.stdout).toContain("compliance 0 %");
  expect(none.code).toBe(0);
  // The control of a form is judged beside the file's.
  expect([controls(form), form.code]).toEqual([["C-0016", "C-0057"], 1]);
});

test.each([
  ["framewrok: nsa", /holdfast\.yaml:2: there is no option --framewrok; did you mean framework/u],
  ["compliance-threshold: 120", /holdfast\.yaml:2: compliance-threshold: Expected a number from 0 to 100/u],
  ["severity-threshold: {a: 1}", /holdfast\.yaml:2: severity-threshold: expected a text/u],
  ["quiet: loud", /holdfast\.yaml:2: quiet: Expected true or false/u],
  ["severity-threshold: []", /holdfast\.yaml:2: severity-threshold: Expected one value/u],
  ["compliance-threshold: [100, 0]", /holdfast\.yaml:2: compliance-threshold: Expected one value/u],
  ["output: [a, b]", /holdfast\.yaml:2: output: Expected one value/u],
  ["framework: [", /holdfast\.yaml:\d+: it is not valid YAML/u],
])("%s ends the run with its line", async (line, message) => {
  const cwd = scratchFolder({ ...POD, "holdfast.yaml": `# settings\n${line}\n` });
  const { code, stdout, stderr } = await runHoldfast(["scan", "in"], { cwd });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(message);
});

test("next and the commands for exceptions read what the file says of judging, and nothing of outputs and gates", async () => {
  const exception = (control: string): string =>
    `apiVersion: kubescape.io/v1beta1\nkind: ClusterSecurityException\nmetadata: {name: mine}\nspec: {reason: known, match: {resources: [{kind: Pod, name: pod}]}, posture: [{controlID: ${control}, action: ignore}]}\n`;
  const cwd = scratchFolder({
    ...POD,
    "accepted/mine.yaml": exception("C-0057"),
    "holdfast.yaml": "control: C-0057\nexceptions: [accepted]\nformat: [csv]\noutput: out.csv\nseverity-threshold: low\n",
    "other.yaml": "control: C-0013\n",
    "wrong.yaml": "control: C-9999\n",
  });
  const [next, other, audit, list, wrong, none] = await Promise.all([
    runHoldfast(["next", "in"], { cwd }),
    runHoldfast(["next", "in", "--config", "other.yaml"], { cwd }),
    runHoldfast(["exceptions", "audit", "in", "--format", "json"], { cwd }),
    runHoldfast(["exceptions", "list", "accepted"], { cwd }),
    runHoldfast(["exceptions", "audit", "in", "--exceptions", "accepted", "--config", "wrong.yaml"], { cwd }),
    runHoldfast(["exceptions", "audit", "in", "--no-config"], { cwd }),
  ]);
  expect([next.code, next.stdout]).toEqual([0, expect.stringMatching(/^nothing to fix.*; 1 accepted by exceptions/u) as string]);
  expect(other.stdout).toContain("holdfast scan control C-0013 in --no-config --fail-on-finding");
  expect([audit.code, audit.stderr]).toEqual([0, ""]);
  expect(audit.stdout).toContain('"mine"');
  expect([list.code, list.stdout]).toEqual([0, expect.stringContaining("mine") as string]);
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringMatching(/C-9999.*\nSome options come from the file of settings/su) as string,
  ]);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("--exceptions") as string]);
  expect(existsSync(path.join(cwd, "out.csv"))).toBe(false);
});

test("what is wrong with a setting is told with where settings are seen, also where the scan finds it out", async () => {
  const cwd = scratchFolder({ ...POD, "holdfast.yaml": "framework: nope\n" });
  const filed = await runHoldfast(["scan", "in"], { cwd });
  expect([filed.code, filed.stderr]).toEqual([
    2,
    expect.stringMatching(/unknown framework "nope".*\nSome options come from the file of settings: `holdfast config view`/su) as string,
  ]);
  const format = await runHoldfast(["scan", "control", "C-0057", "in"], { cwd: scratchFolder(POD), env: { KS_FORMAT: "bogus" } });
  expect([format.code, format.stderr]).toEqual([
    2,
    expect.stringMatching(/unknown format "bogus".*\nSome options come from the environment: /su) as string,
  ]);
  const given = await runHoldfast(["scan", "in", "--framework", "nope"], { cwd: scratchFolder(POD) });
  expect(given.stderr).not.toContain("Some options");
});

test("what is false is off, and options that may be repeated take lists, whatever they make of each word", async () => {
  const print = "ab".repeat(16);
  const cwd = scratchFolder({
    ...POD,
    "off.yaml": "ratchet: false\ncluster: false\nquiet: true\n",
    "lists.yaml": `quiet: true\ncontrol-threshold: [C-0057=0, C-0013=100]\nfail-on-finding: [${print}, ${print}-1]\n`,
  });
  const off = await runHoldfast(["scan", "in", "--control", "C-0057", "--config", "off.yaml"], { cwd });
  expect([off.code, off.stdout, off.stderr]).toEqual([0, "", ""]);
  const lists = await runHoldfast(["scan", "in", "--control", "C-0057,C-0013", "--config", "lists.yaml", "--format", "json"], { cwd });
  expect((JSON.parse(lists.stdout) as Result).gates.map(({ gate, outcome }) => `${gate} ${outcome}`)).toEqual([
    "control-threshold holds",
    "control-threshold breached",
    "fail-on-finding holds",
    "fail-on-finding holds",
  ]);
  const set = await runHoldfast(["config", "set", "control-threshold", "C-0057=0", "C-0013=100,C-0016=5"], { cwd });
  expect([set.code, set.stderr]).toEqual([0, ""]);
  expect(readFileSync(path.join(cwd, "holdfast.yaml"), "utf8")).toBe('control-threshold: ["C-0057=0", "C-0013=100", "C-0016=5"]\n');
});

test("a file that is named must be there; an empty one sets nothing", async () => {
  const cwd = scratchFolder({ ...POD, "empty.yaml": "# nothing yet\n" });
  const [missing, empty] = await Promise.all([
    runHoldfast(["scan", "in", "--config", "missing.yaml"], { cwd }),
    runHoldfast(["scan", "in", "--config", "empty.yaml", "--quiet"], { cwd }),
  ]);
  expect([missing.code, missing.stderr]).toEqual([2, "holdfast: missing.yaml: there is no such file or folder\n"]);
  expect(empty.code).toBe(0);
});

test("config set and unset change one line and leave the rest; view says where each value comes from", async () => {
  const before = "# why\nframework:\n  - nsa # the first\n\nquiet: true # CI\n# the end\n";
  const cwd = scratchFolder({ "holdfast.yaml": before });
  const file = path.join(cwd, "holdfast.yaml");
  const run = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await runHoldfast(["config", ...args], {
      cwd,
      env: { KS_FORMAT: "pretty-printer", KS_LOGGER: "debug" },
    });
    expect([code, stderr]).toEqual([0, ""]);
    return stdout;
  };
  await run("set", "quiet", "false");
  expect(readFileSync(file, "utf8")).toBe(before.replace("quiet: true", "quiet: false"));
  await run("set", "framework", "nsa", "mitre,soc2");
  await run("set", "compliance-threshold", "90.5");
  expect(readFileSync(file, "utf8")).toBe(
    "# why\nframework: [nsa, mitre, soc2]\n\nquiet: false # CI\n# the end\ncompliance-threshold: 90.5\n",
  );
  const rows = JSON.parse(await run("view", "--json")) as readonly {
    readonly key: string;
    readonly value: unknown;
    readonly from: string;
  }[];
  expect(rows.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
    { key: "compliance-threshold", value: 90.5, from: "holdfast.yaml:6" },
    { key: "format", value: ["pretty"], from: "KS_FORMAT" },
    { key: "framework", value: ["nsa", "mitre", "soc2"], from: "holdfast.yaml:2" },
    { key: "quiet", value: false, from: "holdfast.yaml:4" },
  ]);
  await run("unset", "framework");
  expect(readFileSync(file, "utf8")).toBe("# why\n\nquiet: false # CI\n# the end\ncompliance-threshold: 90.5\n");
});

test("config set refuses what scan would refuse, and changes nothing", async () => {
  const cwd = scratchFolder({ "holdfast.yaml": "quiet: true\n" });
  for (const [args, message] of [
    [["frameworks", "nsa"], /did you mean framework/u],
    [["compliance-threshold", "120"], /from 0 to 100/u],
    [["quiet", "loud"], /true or false/u],
    [["output", "a", "b"], /one value/u],
  ] as const) {
    const { code, stderr } = await runHoldfast(["config", "set", ...args], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  }
  expect(readFileSync(path.join(cwd, "holdfast.yaml"), "utf8")).toBe("quiet: true\n");
});

test("the schema holds for a good file, not for a bad one, and names every option of scan", async () => {
  const { stdout } = await runHoldfast(["config", "schema"]);
  const schema = JSON.parse(stdout) as { readonly properties: Readonly<Record<string, unknown>> };
  const validate = new Ajv2020({ strict: false, logger: false }).compile(schema);
  expect(validate({ framework: ["nsa"], "severity-threshold": "high", quiet: true, "compliance-threshold": 90 })).toBe(true);
  expect(validate({ framewrok: ["nsa"] })).toBe(false);
  expect(validate({ quiet: "loud" })).toBe(false);
  const { stdout: help } = await runHoldfast(["scan", "--help"]);
  const flags = [...help.matchAll(/^ {2}(?:-\w, )?--(?:no-)?(?<key>[\w-]+)/gmu)].map((match) => match.groups?.["key"]);
  const keys = flags.filter((key) => key !== undefined && !["allow-loosen", "config", "help"].includes(key));
  expect(keys.length).toBeGreaterThan(15);
  expect(Object.keys(schema.properties).toSorted()).toEqual([...new Set<string | undefined>(keys)].map(String).toSorted());
});
