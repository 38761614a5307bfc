// `npm run release`: makes what a release is, in generated/release: the npm tarball, single executables, the bill of materials, the scan of its own examples, provenance, checksums
// and their signature. With --dry-run anything may be uncommitted, and the key is one that is made for this run. docs/release.md says each step.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { root } from "../run-tool.ts";
import { billOfMaterials } from "./bill-of-materials.ts";
import { executableBlob, writeExecutable } from "./build-executable.ts";
import { nodeFor, type Platform } from "./node-for.ts";
import { provenance } from "./provenance.ts";
import { sha256Sums, signature, signingKey } from "./sign.ts";

const { values: options } = parseArgs({
  options: { "dry-run": { type: "boolean", default: false }, platform: { type: "string", multiple: true }, output: { type: "string" } },
});
const PLATFORMS: readonly Platform[] = ["linux-x64", "linux-arm64"];

const output = path.resolve(options.output ?? path.join(root, "generated/release"));
const { version } = JSON.parse(readFileSync(path.join(root, "apps/cli/package.json"), "utf8")) as { readonly version: string };

function git(...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
}

function fail(message: string): never {
  console.error(`release: ${message}`);
  process.exit(1);
}

/** What makes a release one that users can trust: a commit that is tagged with its version, and nothing beside it. */
function checkReadiness(): void {
  const changed = git("status", "--porcelain");
  if (changed !== "") fail(`there are changes that are not committed:\n${changed}`);
  const tags = git("tag", "--points-at", "HEAD").split("\n");
  if (!tags.includes(`v${version}`)) fail(`the commit has no tag v${version}`);
  const log = readFileSync(path.join(root, "CHANGELOG.md"), "utf8");
  if (!new RegExp(`^## ${version.replaceAll(".", "\\.")}, \\d{4}-\\d{2}-\\d{2}$`, "mu").test(log))
    fail(`CHANGELOG.md has no section "## ${version}, DATE"`);
  if (process.env["HOLDFAST_RELEASE_KEY"] === undefined) fail("HOLDFAST_RELEASE_KEY names no file with the private key (PEM)");
}

/** Packs the npm package. The build has run; its own script would run it again. */
function packTarball(): string {
  const packed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", output], {
    cwd: path.join(root, "apps/cli"),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const answer = Object.values(JSON.parse(packed) as Readonly<Record<string, { readonly filename: string }>>);
  return answer[0]?.filename ?? fail("npm packed nothing");
}

function release(): void {
  const isDry = options["dry-run"];
  if (!isDry) checkReadiness();
  const wanted = options.platform ?? PLATFORMS;
  const platforms = PLATFORMS.filter((platform) => wanted.includes(platform));
  if (platforms.length !== wanted.length) fail(`platforms: ${PLATFORMS.join(", ")}`);
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const scratch = mkdtempSync(path.join(tmpdir(), "holdfast-release-"));
  const commitTime = new Date(Number(git("log", "-1", "--format=%ct")) * 1000).toISOString();
  try {
    console.log(`release: ${version} of ${git("rev-parse", "--short", "HEAD")}${isDry ? ", a dry run" : ""}`);
    if (!existsSync(path.join(root, "apps/cli/dist/holdfast.cjs"))) fail("the program is not built: npm run build");
    console.log(packTarball());
    const blob = executableBlob(process.execPath, scratch, version);
    for (const platform of platforms) {
      const name = `holdfast-${version}-${platform}`;
      writeExecutable(nodeFor(platform, process.version.slice(1), scratch), blob, path.join(output, name));
      console.log(name);
    }
    writeFileSync(path.join(output, "holdfast.cdx.json"), billOfMaterials(version, commitTime));
    // Its own scan of its examples, by the program as it ships.
    const own = platforms.includes(`${process.platform}-${process.arch}` as Platform)
      ? [path.join(output, `holdfast-${version}-${process.platform}-${process.arch}`)]
      : [process.execPath, path.join(root, "apps/cli/bin/holdfast.cjs")];
    const [command = "", ...before] = own;
    execFileSync(
      command,
      [...before, "scan", "examples/shop", "--no-config", "--format", "json", "--output", path.join(output, "examples-scan.json")],
      {
        cwd: root,
        env: { PATH: process.env["PATH"], HOME: scratch, SOURCE_DATE_EPOCH: String(Date.parse(commitTime) / 1000) },
      },
    );
    const artefacts = readdirSync(output).toSorted();
    writeFileSync(
      path.join(output, "provenance.json"),
      provenance(output, artefacts, { version, commit: git("rev-parse", "HEAD"), commitTime, node: process.version, isDry }),
    );
    writeFileSync(path.join(output, "SHA256SUMS"), sha256Sums(output, [...artefacts, "provenance.json"]));
    const key = signingKey(isDry ? undefined : process.env["HOLDFAST_RELEASE_KEY"]);
    writeFileSync(path.join(output, "SHA256SUMS.sig"), signature(readFileSync(path.join(output, "SHA256SUMS")), key));
    writeFileSync(path.join(output, "holdfast-release.pub"), key.publicPem);
    copyFileSync(path.join(root, "apps/cli/dist/THIRD-PARTY-NOTICES.txt"), path.join(output, "THIRD-PARTY-NOTICES.txt"));
    const nodeLicence = path.join(path.dirname(process.execPath), "..", "LICENSE");
    if (existsSync(nodeLicence)) copyFileSync(nodeLicence, path.join(output, "NODE-LICENSE"));
    console.log(
      `release: ${readdirSync(output).length} files in ${path.relative(root, output)}${isDry ? "; the key that signed them was made for this run" : ""}`,
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

release();
