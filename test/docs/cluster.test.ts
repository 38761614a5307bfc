// Runs the commands of the documents that speak of a live cluster: blocks with the comment `<!-- needs a cluster -->` before them, in a home whose kubeconfig names one.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { program, runCommand } from "../acceptance/run-holdfast.ts";
import { scratchFolder } from "../acceptance/scratch-folder.ts";
import { clusterOfFile } from "../cluster/cluster-of-file.ts";
import { root } from "../../tools/run-tool.ts";
import { markdownFiles, readMarkdown } from "./markdown.ts";

vi.setConfig({ testTimeout: 120_000 });

const namespaces = ["shop", "bank"];
const clusterOf = clusterOfFile(async (cluster) => {
  await cluster.create(namespaces.map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })));
  const labels = { app: "catalog" };
  const spec = {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: "main", image: "registry.example.com/catalog:1.0" }] } },
  };
  await cluster.create(
    namespaces.map((namespace) => ({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "catalog", namespace, labels }, spec })),
  );
});

const blocks = markdownFiles(root).flatMap((page) =>
  readMarkdown(root, page)
    .blocks.filter(({ remark }) => remark === "needs a cluster")
    .map((block) => ({ ...block, place: `${page}:${block.line}` })),
);

test("there are some", () => {
  expect(blocks.length).toBeGreaterThan(2);
});

test.for(blocks)("$place", async ({ text }, context) => {
  const cluster = await clusterOf(context);
  const home = scratchFolder({ "bin/holdfast": `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n` });
  chmodSync(path.join(home, "bin/holdfast"), 0o755);
  mkdirSync(path.join(home, ".kube"));
  const config = JSON.parse(readFileSync(cluster.kubeconfig, "utf8")) as { contexts: { name: string; context: object }[] };
  const contexts = [...config.contexts, { name: "prod", context: config.contexts[0]?.context }];
  writeFileSync(path.join(home, ".kube/config"), JSON.stringify({ ...config, contexts }));
  const env = { HOME: home, PATH: `${path.join(home, "bin")}${path.delimiter}${process.env["PATH"] ?? ""}` };
  // Whatever a command of it ends with ends the block, so that none can fail unseen.
  const run = await runCommand(["bash", "--norc", "-euo", "pipefail", "-c", text], { cwd: home, env });
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
});
