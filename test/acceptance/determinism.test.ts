// The same input gives the same bytes: in 20 runs, in any order of files, in any folder, on any machine.
import { cpSync, utimesSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { privilegedPod } from "./manifests.ts";
import { root, runHoldfast } from "./run-holdfast.ts";
import { scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const FILES = ["access", "catalog", "database", "frontend", "namespace", "network", "node-tuner", "report-job"].map(
  (name) => `examples/shop/${name}.yaml`,
);

/** Another order each time, the same ones in every run: steps through the list that meet every file once. */
function reordered(files: readonly string[], turn: number): readonly string[] {
  const step = [1, 3, 5, 7][turn % 4] ?? 1;
  return files.map((_, i) => files[(i * step + turn) % files.length] ?? "");
}

test.each(["json", "sarif", "pretty"])("20 runs give the same bytes of %s, in any order of the files", async (format) => {
  const runs: string[] = [];
  for (let turn = 0; turn < 20; turn += 4) {
    const batch = await Promise.all(
      [0, 1, 2, 3].map(async (i) => runHoldfast(["scan", ...reordered(FILES, turn + i), "--format", format, "--verbose"])),
    );
    for (const { code, stdout } of batch) {
      expect(code).toBe(0);
      runs.push(stdout);
    }
  }
  expect(runs).toHaveLength(20);
  expect(runs[0]?.length).toBeGreaterThan(1000);
  expect(new Set(runs).size).toBe(1);
});

test("no output names the machine: another folder, user, time and locale change nothing", async () => {
  const one = scratchFolder();
  const two = scratchFolder({ "deeper/still/x": "" });
  const there = path.join(two, "deeper/still");
  cpSync(path.join(root, "examples/shop"), path.join(one, "shop"), { recursive: true });
  cpSync(path.join(root, "examples/shop"), path.join(there, "shop"), { recursive: true });
  utimesSync(path.join(there, "shop/access.yaml"), 1, 1);
  for (const format of ["json", "sarif", "pretty"]) {
    const [first, second] = await Promise.all([
      runHoldfast(["scan", "shop", "--format", format], { cwd: one, env: { TZ: "UTC" } }),
      runHoldfast(["scan", "shop", "--format", format], {
        cwd: there,
        env: { TZ: "Asia/Tokyo", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", HOME: "/nowhere", USER: "somebody" },
      }),
    ]);
    expect(second.stdout, format).toBe(first.stdout);
    expect(first.stdout, format).not.toContain(one);
  }
});

test("the time stands in a result only where it was given", async () => {
  const { result } = await scanResult(["examples/shop"]);
  expect(result).not.toHaveProperty("time");
  const timed = await scanResult(["examples/shop"], { env: { SOURCE_DATE_EPOCH: "1767225600" } });
  expect(timed.result.time).toBe("2026-01-01T00:00:00Z");
  const wrong = await runHoldfast(["scan", "examples/shop"], { env: { SOURCE_DATE_EPOCH: "yesterday" } });
  expect(wrong.code).toBe(2);
});

describe("a fingerprint", () => {
  const before = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: prod}
spec:
  template:
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0
          env: [{name: DB_PASSWORD, value: "hunter2-correct-horse"}]
          securityContext: {privileged: true, capabilities: {add: [SYS_ADMIN]}}
          ports: [{containerPort: 80, hostPort: 80}]
        - name: side
          image: registry.example.com/side:1.0
          securityContext: {privileged: true}
`;
  const after = `# moved, reordered, and a new version
apiVersion: apps/v1
kind: Deployment
metadata:
  namespace: prod
  name: shop
spec:
  template:
    spec:
      containers:
        - name: side
          image: registry.example.com/side:2.7
          securityContext: {privileged: true}
        - name: first
          image: registry.example.com/first:1
        - name: web
          image: registry.example.com/web:1.1
          env:
            - {name: OTHER, value: plain}
            - {name: DB_PASSWORD, value: "hunter2-correct-horse"}
          securityContext: {capabilities: {add: [SYS_ADMIN]}, privileged: true}
          ports:
            - {containerPort: 90}
            - {containerPort: 80, hostPort: 80}
`;

  async function printsOf(file: string, text: string): Promise<readonly string[]> {
    const { result } = await scanResult(["control", "C-0057,C-0012,C-0044,C-0013", "."], { cwd: scratchFolder({ [file]: text }) });
    return result.findings.filter(({ message }) => !message.includes("first")).map(({ fingerprint }) => fingerprint);
  }

  test("survives moving the file, reordering a list and bumping an image tag", async () => {
    const [old, now] = await Promise.all([printsOf("a.yaml", before), printsOf("moved/b.yml", after)]);
    expect(old.length).toBeGreaterThanOrEqual(5);
    expect(now.toSorted()).toEqual(old.toSorted());
  });

  test("tells another resource and another container apart", async () => {
    const [one, other] = await Promise.all([printsOf("a.yaml", privilegedPod("one")), printsOf("a.yaml", privilegedPod("other"))]);
    expect(one.filter((print) => other.includes(print))).toEqual([]);
  });
});
