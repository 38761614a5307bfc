// Parameters of controls: what only the user knows, from a file.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runHoldfast } from "./run-holdfast.ts";
import { controlOf, findingsOf, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const POD = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - {name: web, image: "docker.io/example/web:1.0"}
`;

function withFiles(parameters: string): string {
  const folder = scratchFolder();
  writeFileSync(path.join(folder, "pod.yaml"), POD);
  writeFileSync(path.join(folder, "parameters.txt"), parameters);
  return folder;
}

const scan = (cwd: string) => scanResult(["pod.yaml", "--control", "C-0078", "--controls-config", "parameters.txt"], { cwd });

test.each([
  ["YAML", "imageRepositoryAllowList: [registry.example.com/]\n", 1],
  ["YAML that allows it", "imageRepositoryAllowList: [docker.io/example/]\n", 0],
  ["JSON as Kubescape downloads it", '{"settings":{"postureControlInputs":{"imageRepositoryAllowList":["registry.example.com/"]}}}', 1],
])("a file of parameters decides: %s", async (_, text, findings) => {
  const { result } = await scan(withFiles(text));
  expect(findingsOf(result, "C-0078")).toHaveLength(findings);
  expect(controlOf(result, "C-0078").status).toBe(findings === 0 ? "passed" : "failed");
});

test("a control whose parameters are all empty passes nothing: it is skipped and says what it needs", async () => {
  const { result } = await scan(withFiles("imageRepositoryAllowList: []\n"));
  expect(controlOf(result, "C-0078")).toMatchObject({ status: "skipped", skips: [{ reason: "needs-input", input: "parameters" }] });
});

test("an unknown name and a value of the wrong form: exit 2, each with its line, and nothing is scanned", async () => {
  const cwd = withFiles("imageRepositoryAllowLst: [a]\nmax_high_vulnerabilities: [many]\n");
  const run = await runHoldfast(["scan", "pod.yaml", "--controls-config", "parameters.txt"], { cwd });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain(
    'parameters.txt:1:1: there is no parameter "imageRepositoryAllowLst"; did you mean imageRepositoryAllowList?',
  );
  expect(run.stderr).toContain("parameters.txt:2:27: max_high_vulnerabilities takes exactly one whole number");
  expect(run.stdout).toBe("");
});

test("a file that isn't there: exit 2", async () => {
  const cwd = withFiles("");
  const run = await runHoldfast(["scan", "pod.yaml", "--controls-config", "nowhere.yaml"], { cwd });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain("--controls-config nowhere.yaml: there is no such file or folder");
});

test("all parameters are listed, with what they mean and who reads them", async () => {
  const run = await runHoldfast(["list", "parameters", "--format", "json"]);
  const listed = JSON.parse(run.stdout) as readonly { name: string; form: string; controls: readonly string[]; meaning: string }[];
  const one = listed.find(({ name }) => name === "imageRepositoryAllowList");
  expect(one).toMatchObject({ form: "strings", controls: expect.arrayContaining(["C-0078"]) as unknown });
  for (const { meaning } of listed) expect(meaning).not.toBe("");
});
