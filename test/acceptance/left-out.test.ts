// Who leaves objects out of a scan of files looks at less: no guard against that may say that all is well.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Result } from "@holdfast/core";
import { privilegedPod } from "./manifests.ts";
import { runHoldfast } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const SCAN = ["scan", "control", "C-0057", "g", "--quiet"];

function podIn(namespace: string, text: string): string {
  return text.replace("metadata:\n", `metadata:\n  namespace: ${namespace}\n  labels: {app: ${namespace}}\n`);
}

function estate(): string {
  const plain = privilegedPod("plain").replace("privileged: true", "privileged: false");
  return scratchFolder({ "g/bad.yaml": podIn("bad", privilegedPod("faulty")), "g/good.yaml": podIn("good", plain) });
}

test("the ratchet, the gates on new findings and the proof of a fix see that objects were left out", async () => {
  const cwd = estate();
  expect((await runHoldfast([...SCAN, "--ratchet=l.lock", "--ratchet-update"], { cwd })).code).toBe(0);
  expect((await runHoldfast([...SCAN, "--format", "json", "--output", "base.json"], { cwd })).code).toBe(0);
  const proof = ["--fail-on-finding", "0".repeat(32)];
  expect((await runHoldfast([...SCAN, "--ratchet=l.lock", ...proof], { cwd })).code).toBe(0);

  const excluding = await runHoldfast(
    [...SCAN, "--exclude-namespaces", "bad", "--ratchet=l.lock", "--ratchet-update", "--baseline", "base.json", "--format", "json"],
    { cwd },
  );
  expect(excluding.code).toBe(1);
  const { ratchet, comparison, inputs } = JSON.parse(excluding.stdout) as Result;
  expect(ratchet).toMatchObject({ update: { outcome: "refused" } });
  expect(comparison?.counts).toMatchObject({ resolved: 0, incomparable: 1 });
  expect(inputs.selection).toEqual({ namespaces: { included: [], excluded: ["bad"] }, kinds: { included: [], excluded: [] } });

  const ways: readonly (readonly string[])[] = [
    ["--include-namespaces", "good"],
    ["--selector", "app=good"],
  ];
  for (const way of ways) expect((await runHoldfast([...SCAN, ...way, "--ratchet=l.lock"], { cwd })).code).toBe(1);
  const variable = { KS_EXCLUDE_NAMESPACES: "bad" };
  expect((await runHoldfast([...SCAN, "--ratchet=l.lock"], { cwd, env: variable })).code).toBe(1);

  for (const gate of [["--fail-on-new"], ["--new-only", "--severity-threshold", "high"], proof]) {
    const baseline = gate === proof ? [] : ["--baseline", "base.json"];
    expect((await runHoldfast([...SCAN, "--exclude-namespaces", "bad", ...baseline, ...gate], { cwd })).code).toBe(3);
  }
});

test("a finding is not proven gone by a scan that leaves a control out", async () => {
  const run = await runHoldfast(
    ["scan", "g", "--control", "C-0057,C-0038", "--exclude-control", "C-0057", "--quiet", "--fail-on-finding", "0".repeat(32)],
    { cwd: estate() },
  );
  expect(run.code).toBe(3);
  expect(run.stdout.replaceAll(/\s+/gu, " ")).toContain("C-0057 was left out");
});

test("the ratchet sees other parameters", async () => {
  const cwd = estate();
  const scan = ["scan", "control", "C-0078", "g", "--quiet", "--ratchet=l.lock"];
  const given = async (registry: string, ...more: readonly string[]): Promise<Result> => {
    writeFileSync(path.join(cwd, "p.yaml"), `imageRepositoryAllowList: ["${registry}"]\n`);
    const { stdout } = await runHoldfast([...scan, "--controls-config", "p.yaml", "--format", "json", ...more], { cwd });
    return JSON.parse(stdout) as Result;
  };
  expect((await given("registry.example.org/", "--ratchet-update")).ratchet?.update.outcome).toBe("made");
  const { ratchet } = await given("registry.example.com/");
  expect(ratchet?.breaches.map(({ message }) => message)).toEqual([
    "judged by other parameters: imageRepositoryAllowList may have been different before",
  ]);
});
