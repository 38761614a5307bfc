// What is only fetched with --allow-network: charts' dependencies from a repository on this machine's loopback, and bases over Git's own transports; and what a machine without git says.
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { expect, test, type TestContext } from "vitest";
import { git } from "./git-server.ts";
import { privilegedPod } from "./manifests.ts";
import { needs } from "./needs.ts";
import { machinePath, runCommand, runHoldfast } from "./run-holdfast.ts";
import { failedNames, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

// Registries are asked who signed an image, where the network is allowed: nothing answers there.
const POD = privilegedPod("web").replace("registry.example.com", "127.0.0.1:9");

function tools(context: TestContext): Readonly<Record<string, string>> {
  const folders = [path.dirname(needs(context, "helm")), path.dirname(needs(context, "kustomize"))];
  return { PATH: [...folders, machinePath()].join(path.delimiter) };
}

/** Serves the files of a folder, and tells which were asked for. */
async function serve(folder: string): Promise<{ readonly url: string; readonly asked: readonly string[]; readonly close: () => void }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    asked.push(pathname);
    try {
      response.end(readFileSync(path.join(folder, path.basename(pathname))));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    asked,
    close: () => server.close(),
  };
}

test("a chart's dependencies are fetched from their repository with --allow-network, and not without", async (context) => {
  const env = tools(context);
  const folder = scratchFolder({
    "part/Chart.yaml": "apiVersion: v2\nname: part\nversion: 1.2.3\n",
    "part/templates/pod.yaml": POD,
    "charts/whole/templates/pod.yaml": POD.replace("name: web", "name: own"),
  });
  const helm = async (...args: readonly string[]): Promise<void> => {
    const { code, stderr } = await runCommand([needs(context, "helm"), ...args], { cwd: folder });
    expect(code, stderr).toBe(0);
  };
  await helm("package", "part", "--destination", "repository");
  const server = await serve(path.join(folder, "repository"));
  try {
    await helm("repo", "index", "repository", "--url", server.url);
    writeFileSync(
      path.join(folder, "charts/whole/Chart.yaml"),
      `apiVersion: v2\nname: whole\nversion: 1.0.0\ndependencies:\n  - {name: part, version: 1.2.x, repository: "${server.url}"}\n`,
    );
    const offline = await scanResult(["control", "C-0057", "charts"], { cwd: folder, env });
    expect(offline.result.problems.map(({ code }) => code)).toEqual(["chart-dependencies"]);
    expect(server.asked).toEqual([]);
    const online = await scanResult(["control", "C-0057", "charts", "--allow-network"], { cwd: folder, env: { ...env, HOME: folder } });
    expect(failedNames(online.result, "C-0057")).toEqual(["own", "web"]);
    expect(server.asked).toContain("/part-1.2.3.tgz");
    expect(online.result.problems).toEqual([]);
  } finally {
    server.close();
  }
});

test("bases come over ssh and from folders of this machine with --allow-network; without git that is said", async (context) => {
  const folder = scratchFolder({ "upstream/app/kustomization.yaml": "resources: [pod.yaml]\n", "upstream/app/pod.yaml": POD });
  await git(path.join(folder, "upstream"), ["init", "--quiet"]);
  await git(path.join(folder, "upstream"), ["add", "."]);
  await git(path.join(folder, "upstream"), ["commit", "--quiet", "-m", "all"]);
  await git(folder, ["clone", "--quiet", "--bare", "upstream", "web.git"]);
  // Answers as the server would that ssh leads to, and writes down what it was asked.
  const bin = scratchFolder({ ssh: `#!/bin/sh\necho "$@" >> "${folder}/asked"\nfor last; do :; done\nexec sh -c "$last"\n` });
  chmodSync(path.join(bin, "ssh"), 0o755);
  const env = tools(context);
  const PATH = [bin, env["PATH"]].join(path.delimiter);
  const bases = { file: `file://${folder}/web.git//app?ref=main`, ssh: `ssh://git@127.0.0.1${folder}/web.git//app?ref=main` };
  for (const [name, base] of Object.entries(bases)) {
    const overlay = scratchFolder({ "overlay/kustomization.yaml": `resources:\n  - ${base}\nnamePrefix: ${name}-\n` });
    const { result } = await scanResult(["control", "C-0057", "overlay", "--allow-network"], { cwd: overlay, env: { ...env, PATH } });
    expect(failedNames(result, "C-0057"), JSON.stringify(result.problems)).toEqual([`${name}-web`]);
  }
  const scanned = await scanResult(["control", "C-0057", `ssh://git@127.0.0.1${folder}/web.git//app`], {
    cwd: folder,
    env: { ...env, PATH },
  });
  expect(failedNames(scanned.result, "C-0057")).toEqual(["web"]);
  expect(readFileSync(path.join(folder, "asked"), "utf8"), "no question can be asked there").toContain("BatchMode=yes");
  const bare = scratchFolder({ "overlay/kustomization.yaml": `resources:\n  - ${bases.file}\n`, "bin/nothing": "" });
  // A machine with Kustomize and nothing else.
  const kustomize = needs(context, "kustomize");
  writeFileSync(path.join(bare, "bin/kustomize"), `#!/bin/sh\nexec ${kustomize} "$@"\n`);
  chmodSync(path.join(bare, "bin/kustomize"), 0o755);
  const without = { cwd: bare, env: { PATH: path.join(bare, "bin") } };
  const overlay = await scanResult(["control", "C-0057", "overlay", "--allow-network"], without);
  expect(overlay.result.problems).toMatchObject([{ code: "kustomize-failed", cause: expect.stringMatching(/git/u) }]);
  const url = await runHoldfast(["scan", "control", "C-0057", bases.file], without);
  expect([url.code, url.stdout]).toEqual([2, ""]);
  expect(url.stderr).toMatch(/there is no git on this machine\nNothing was scanned\. Install git/u);
});
