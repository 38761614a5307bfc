// The frameworks people are audited against: there by name, in sections with their own numbers, each honest about what can't be shown.
import { expect, test } from "vitest";
import { runHoldfast } from "./run-holdfast.ts";
import { scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const HARDENED = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: web
          image: registry.example.com/web:1.0.0
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
`;

const PLAIN = `apiVersion: batch/v1
kind: CronJob
metadata: {name: report, namespace: shop}
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: report, image: "registry.example.com/report:1.0.0"}]
`;

const TUNED = PLAIN.replace("containers:", 'securityContext: {sysctls: [{name: kernel.msgmax, value: "65536"}]}\n          containers:');

const cwd = scratchFolder({ "hardened.yaml": HARDENED, "plain.yaml": PLAIN, "tuned.yaml": TUNED });

test("all are listed, whatever the case in which they are asked for", async () => {
  const { stdout } = await runHoldfast(["list", "frameworks", "--format", "json"]);
  const ids = (JSON.parse(stdout) as readonly { readonly id: string }[]).map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining([
      "allcontrols",
      "armobest",
      "clusterscan",
      "devopsbest",
      "mitre",
      "nsa",
      "security",
      "soc2",
      "workloadscan",
      "cis-aks-t1.2.0",
      "cis-aks-t1.8.0",
      "cis-eks-t1.7.0",
      "cis-eks-t1.8.0",
      "cis-gke-v1.9.0",
      "cis-v1.10.0",
      "cis-v1.12.0",
      "pci-dss-4.0.1",
      "hipaa",
      "iso-27001-2022",
      "nist-800-53-r5",
      "nist-800-190",
      "pss-baseline",
      "pss-restricted",
    ]),
  );
  const { result } = await scanResult(["framework", "PSS-Baseline", "plain.yaml"], { cwd });
  expect(result.frameworks.map(({ id }) => id)).toEqual(["pss-baseline"]);
});

test.each([
  ["hardened.yaml", "pss-restricted", []],
  ["plain.yaml", "pss-baseline", []],
  ["plain.yaml", "pss-restricted", ["C-0016", "C-1010", "C-1012", "C-1013"]],
  ["tuned.yaml", "pss-baseline", ["C-1007"]],
] as const)("%s under %s", async (file, framework, failed) => {
  const { result } = await scanResult(["framework", framework, file], { cwd });
  expect(result.controls.flatMap(({ id, status }) => (status === "failed" ? [id] : []))).toEqual(failed);
});

test("a control of the Pod Security Standards is judged without a framework too", async () => {
  const { result } = await scanResult(["tuned.yaml"], { cwd });
  expect(result.controls.find(({ id }) => id === "C-1007")).toMatchObject({
    status: "failed",
    frameworks: ["pss-baseline", "pss-restricted"],
  });
});

test("sections have the standard's numbers, and say what can't be shown", async () => {
  const { result } = await scanResult(["plain.yaml", "--framework", "pci-dss-4.0.1,cis-v1.12.0"], { cwd });
  const [pci, cis] = ["pci-dss-4.0.1", "cis-v1.12.0"].map((id) => result.frameworks.find((one) => one.id === id));
  expect(pci?.sections.find(({ id }) => id === "8.6.2")).toMatchObject({
    controls: ["C-0012", "C-0207"],
    notShown: expect.stringContaining("source code") as unknown,
  });
  expect(cis?.sections.find(({ id }) => id === "5.2")?.controls).toContain("C-0193");
  expect(cis?.controls).toHaveLength(131);
});
