// `holdfast next`: the single most valuable thing to fix, and the command that proves it fixed.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { applyEdit } from "./apply-edit.ts";
import { privilegedPod, SOUND_APPLICATION, UNKNOWN_KIND } from "./manifests.ts";
import { needs } from "./needs.ts";
import { machinePath, runHoldfast, runCommand, program } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";
import type { Finding } from "@holdfast/core";

interface Shown {
  readonly step: {
    readonly action: string;
    readonly severity: string;
    readonly controls: readonly string[];
    readonly findings: readonly string[];
    readonly ageDays: number | null;
    readonly proof: string;
    readonly details: readonly Finding[];
  } | null;
}

test("it names an edit, and its command is 1 before the edit and 0 after", async () => {
  const cwd = scratchFolder({ "app.yaml": privilegedPod("web") });
  const run = await runHoldfast(["next", "--json", "app.yaml"], { cwd });
  expect(run.code).toBe(0);
  const { step } = JSON.parse(run.stdout) as Shown;
  expect(step).toMatchObject({ action: "fix", severity: "high", ageDays: null });
  const edit = step?.details.find((finding) => finding.edit !== undefined)?.edit;
  if (step === null || edit === undefined) throw new Error("there is no edit");
  // Several controls find the same field, so one edit clears several findings.
  expect(step.findings.length).toBeGreaterThan(1);
  expect(step.proof).toMatch(/^holdfast scan control \S+ app\.yaml --fail-on-finding \S+$/u);
  const prove = async (): Promise<number | null> =>
    (await runCommand([process.execPath, program, ...step.proof.split(" ").slice(1)], { cwd })).code;
  expect(await prove()).toBe(1);
  writeFileSync(path.join(cwd, "app.yaml"), applyEdit(privilegedPod("web"), edit));
  expect(await prove()).toBe(0);
  const text = await runHoldfast(["next", "app.yaml"], { cwd });
  expect(text.stdout).toMatch(/clears \d+ of \d+ open findings.*(?:FIX|DECIDE).*PROVE IT\n {2}holdfast scan control /su);
});

test("the proof is made as the scan was: with its values, names and parameters, and what settings say of them and not of gates", async (context) => {
  const PATH = [path.dirname(needs(context, "helm")), machinePath()].join(path.delimiter);
  const pod = privilegedPod("NAME").replace("NAME", "{{ .Release.Name }}-{{ .Values.suffix }}");
  const cwd = scratchFolder({
    "web app/Chart.yaml": "apiVersion: v2\nname: web\nversion: 0.1.0\n",
    "web app/values.yaml": "suffix: a\n",
    "web app/templates/pod.yaml": pod,
    "mine.yaml": "suffix: b\n",
    // The name is said otherwise on the command line, and there is no release that could need the folder.
    "holdfast.yaml": "release-name: other\nset: [note=it's]\nchart-cache: .\nseverity-threshold: low\nformat: [csv]\n",
  });
  const options = ["--values", "mine.yaml", "--release-name=shop"];
  const run = await runHoldfast(["next", "--json", "web app", ...options, "--control", "C-0057"], { cwd, env: { PATH } });
  const { step } = JSON.parse(run.stdout) as Shown;
  expect(step?.proof).toContain("'web app' --values mine.yaml --release-name shop --set 'note=it'\\''s' --no-config --fail-on-finding");
  const whole = await runHoldfast(["next", "--json", "--control", "C-0057", "--set", "suffix=c"], { cwd, env: { PATH } });
  expect((JSON.parse(whole.stdout) as Shown).step?.proof).toContain(" . --set suffix=c --release-name other --no-config --fail-on-finding");
  const command = (step?.proof ?? "").replace("holdfast", `'${process.execPath}' '${program}'`);
  expect((await runCommand(["sh", "-c", command], { cwd, env: { PATH } })).code).toBe(1);
  await runHoldfast(["scan", "control", "C-0057", "web app", ...options, "--format", "json", "--output", "r.json"], { cwd, env: { PATH } });
  expect((await runHoldfast(["next", "r.json"], { cwd })).stderr).toContain("give the proof the same ones");
});

test("a stored result and its history say the same, with the age; a proof is no exit 0 where nothing is judged", async () => {
  const cwd = scratchFolder({ "app.yaml": privilegedPod("web") });
  await runHoldfast(["scan", ".", "--format", "json", "--output", "old.json"], { cwd, env: { SOURCE_DATE_EPOCH: "1767225600" } });
  await runHoldfast(["scan", ".", "--format", "json", "--output", "now.json"], { cwd, env: { SOURCE_DATE_EPOCH: "1768262400" } });
  const { step } = JSON.parse((await runHoldfast(["next", "now.json", "--history", "old.json", "--json"], { cwd })).stdout) as Shown;
  expect(step?.ageDays).toBe(12);
  writeFileSync(path.join(cwd, "app.yaml"), UNKNOWN_KIND);
  expect((await runCommand([process.execPath, program, ...(step?.proof ?? "").split(" ").slice(1)], { cwd })).code).toBe(3);
});

test("nothing open is said; no data is exit code 3", async () => {
  const cwd = scratchFolder({ "sound/web.yaml": SOUND_APPLICATION, "none/gadget.yaml": UNKNOWN_KIND });
  const sound = await runHoldfast(["next", "sound", "--framework", "nsa"], { cwd });
  expect({ code: sound.code, stdout: sound.stdout }).toEqual({ code: 0, stdout: "nothing to fix: there is no open finding\n" });
  const none = await runHoldfast(["next", "none", "--framework", "nsa"], { cwd });
  expect(none.code).toBe(3);
  expect(none.stdout).toContain("no data");
});
