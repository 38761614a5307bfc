// A dry run of a release, and what a user would do with its parts.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { needs } from "./needs.ts";
import { difference, machinePath, root, runCommand, runHoldfast } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const PLATFORM = `${process.platform}-${process.arch}`;
const HAS_EXECUTABLE = PLATFORM === "linux-x64" || PLATFORM === "linux-arm64";

let folder: string;

beforeAll(async () => {
  folder = path.join(scratchFolder(), "release");
  // The executable of this platform: that of the other needs a package from the registry, and `.ci/run` makes it.
  const platforms = HAS_EXECUTABLE ? ["--platform", PLATFORM] : [];
  const { code, stderr } = await runCommand([
    process.execPath,
    path.join(root, "tools/release/release.ts"),
    "--dry-run",
    "--output",
    folder,
    ...platforms,
  ]);
  if (code !== 0) throw new Error(`the dry run failed: ${stderr}`);
}, 300_000);

test("checksums cover every file, and openssl checks their signature", async (context) => {
  const openssl = needs(context, "openssl");
  const sums = await runCommand([needs(context, "sha256sum"), "--check", "--strict", "SHA256SUMS"], { cwd: folder });
  expect([sums.code, sums.stderr]).toEqual([0, ""]);
  const listed = readFileSync(path.join(folder, "SHA256SUMS"), "utf8").matchAll(/^\w{64} {2}(?<name>.*)$/gmu);
  const apart = ["SHA256SUMS", "SHA256SUMS.sig", "holdfast-release.pub", "NODE-LICENSE", "THIRD-PARTY-NOTICES.txt"];
  expect([...[...listed].map((match) => match.groups?.["name"] ?? ""), ...apart].toSorted()).toEqual(readdirSync(folder).toSorted());
  const verify = ["dgst", "-sha256", "-verify", "holdfast-release.pub", "-signature", "SHA256SUMS.sig"];
  expect((await runCommand([openssl, ...verify, "SHA256SUMS"], { cwd: folder })).code).toBe(0);
  const changed = path.join(scratchFolder({ sums: `${readFileSync(path.join(folder, "SHA256SUMS"), "utf8")} ` }), "sums");
  expect((await runCommand([openssl, ...verify, changed], { cwd: folder })).code).not.toBe(0);
});

test("the bill of materials names what is bundled, the provenance each artefact and the commit", async () => {
  const bill = JSON.parse(readFileSync(path.join(folder, "holdfast.cdx.json"), "utf8")) as {
    readonly bomFormat: string;
    readonly metadata: { readonly component: { readonly name: string } };
    readonly components: readonly { readonly name: string; readonly version: string }[];
  };
  expect([bill.bomFormat, bill.metadata.component.name]).toEqual(["CycloneDX", "holdfast"]);
  const names = bill.components.map(({ name }) => name);
  const notices = readFileSync(path.join(folder, "THIRD-PARTY-NOTICES.txt"), "utf8");
  for (const name of ["js-yaml", "commander", "re2js", "ignore"]) {
    expect(names).toContain(name);
    expect(notices).toContain(name);
  }
  const provenance = JSON.parse(readFileSync(path.join(folder, "provenance.json"), "utf8")) as {
    readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
    readonly predicate: {
      readonly buildDefinition: { readonly resolvedDependencies: readonly { readonly digest: { readonly gitCommit?: string } }[] };
    };
  };
  const sums = readFileSync(path.join(folder, "SHA256SUMS"), "utf8");
  for (const { name, digest } of provenance.subject) expect(sums).toContain(`${digest.sha256}  ${name}\n`);
  const { stdout: head } = await runCommand(["git", "rev-parse", "HEAD"]);
  expect(provenance.predicate.buildDefinition.resolvedDependencies[0]?.digest.gitCommit).toBe(head.trim());
});

test("the scan of its own examples is a result that can be read", async () => {
  const { code, stdout } = await runHoldfast(["report", path.join(folder, "examples-scan.json"), "--quiet"]);
  expect([code, stdout]).toEqual([0, ""]);
});

test.skipIf(!HAS_EXECUTABLE)("the single executable does what the package does, with an empty home and no Node", async () => {
  const executable = path.join(folder, readdirSync(folder).find((name) => name.endsWith(PLATFORM)) ?? "");
  const home = scratchFolder();
  const rules = scratchFolder({
    "r.rego":
      'package armo_builtins\nimport rego.v1\ndeny contains {"alertMessage": "x", "alertObject": {"k8sApiObjects": [o]}} if {\n  some o in input\n}\n',
  });
  const env = { PATH: "/usr/bin:/bin", HOME: home };
  for (const command of [
    ["version"],
    ["scan", "examples/shop", "--framework", "nsa", "--format", "json"],
    // Rules of strangers run in a process of their own, which is the executable again.
    ["scan", "examples/shop", "--control", "C-0057", "--custom-rules", rules, "--format", "json"],
    ["rego", "eval", "1 + 1", "--format", "raw"],
    ["scan", "missing"],
  ]) {
    const [single, ours] = await Promise.all([runCommand([executable, ...command], { env }), runHoldfast(command)]);
    expect([command[0], difference(single, ours)]).toEqual([command[0], null]);
  }
  expect(readdirSync(path.join(home, ".cache/holdfast/programs")).length).toBe(1);
});

test.skipIf(!HAS_EXECUTABLE)("where the cache can't be written the executable still runs, and leaves nothing behind", async () => {
  const executable = path.join(folder, readdirSync(folder).find((name) => name.endsWith(PLATFORM)) ?? "");
  const temporary = scratchFolder({ file: "" });
  mkdirSync(path.join(temporary, "tmp"));
  const env = {
    PATH: machinePath(),
    HOME: path.join(temporary, "file"),
    XDG_CACHE_HOME: path.join(temporary, "file"),
    TMPDIR: path.join(temporary, "tmp"),
  };
  const { code, stdout } = await runCommand([executable, "version"], { env });
  expect([code, stdout.slice(0, 8)]).toEqual([0, "holdfast"]);
  expect(readdirSync(path.join(temporary, "tmp"))).toEqual([]);
});

test("a real release needs a clean commit, a tag, a section of the changelog and a key", async () => {
  const clone = path.join(scratchFolder(), "clone");
  await runCommand(["git", "clone", "-q", "--depth", "1", `file://${root}`, clone]);
  writeFileSync(path.join(clone, "new.txt"), "");
  const release = [process.execPath, path.join(clone, "tools/release/release.ts"), "--output", path.join(clone, "generated/out")];
  const changed = await runCommand(release, { cwd: clone });
  expect([changed.code, changed.stderr]).toEqual([1, expect.stringContaining("not committed")]);
  await runCommand(["git", "clean", "-qfd"], { cwd: clone });
  const untagged = await runCommand(release, { cwd: clone });
  expect([untagged.code, untagged.stderr]).toEqual([1, expect.stringContaining("no tag v")]);
});
