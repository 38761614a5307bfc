// Runs what the documents tell people to type. Every `sh` block of the pages below is run by bash in a folder that has what they speak of, and must end with 0,
// unless the line before it is a comment:
//   <!-- ends with 1 -->       its last command ends with this code
//   <!-- not run: REASON -->   it can't be run here
//   <!-- needs a cluster -->   cluster.test.ts runs it
// In a `console` block lines with `$` are run, and the others must be what they print; a line `…` stands for any number of lines.
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { root } from "../../tools/run-tool.ts";
import { missingLines } from "./missing-lines.ts";
import { markdownFiles, readMarkdown, type CodeBlock } from "./markdown.ts";

const PAGES = markdownFiles(root).filter((file) => !/^(?:library|bench)\//u.test(file));
const blocks = PAGES.flatMap((file) =>
  readMarkdown(root, file).blocks.map((block) => ({ ...block, page: file, place: `${file}:${block.line}` })),
);

const base = mkdtempSync(path.join(realpathSync(tmpdir()), "holdfast-docs-"));
const commands = path.join(base, "bin");
const program = path.join(root, "apps/cli/bin/holdfast.cjs");
const run = `exec "${process.execPath}" "${program}"`;

/** Where tools/install-peers puts programs. */
const peers = path.join(process.env["HOLDFAST_PEERS"] ?? path.join(homedir(), ".cache/holdfast/peers"), "bin");

/** Commands of the documents that are not themselves here: ours runs the built program, npm's are looked up, other tools print a manifest. */
const STAND_INS: Readonly<Record<string, string>> = {
  holdfast: `${run} "$@"`,
  npx: `[ "$1" = holdfast ] || { echo "npx $*: not ours" >&2; exit 1; }\nshift\n${run} "$@"`,
  npm: `exec "${process.execPath}" "${path.join(import.meta.dirname, "check-npm-command.ts")}" "$@"`,
  // What is piped is a manifest; what renders a chart is the real one.
  helm: `[ "$1 $2" = "template release" ] && exec cat deploy/catalog.yaml\nexec "${path.join(peers, "helm")}" "$@"`,
  kustomize: `[ -f deploy/frontend.yaml ] && exec cat deploy/frontend.yaml\nexec "${path.join(peers, "kustomize")}" "$@"`,
  kubectl: "cat deploy/database.yaml",
};

mkdirSync(commands);
for (const [name, script] of Object.entries(STAND_INS)) {
  writeFileSync(path.join(commands, name), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(commands, name), 0o755);
}

const folders = new Map<string, string>();

/** The folder of a page, in which its blocks are run one after the other: a later one may need what an earlier one wrote. */
function folderOf(page: string): string {
  const known = folders.get(page);
  if (known !== undefined) return known;
  const folder = path.join(base, String(folders.size));
  folders.set(page, folder);
  // This one tells people to work in a copy of an example.
  if (page === "docs/tutorials/hold-the-line.md") {
    cpSync(path.join(root, "examples/gitops"), folder, { recursive: true });
    return folder;
  }
  for (const name of ["examples/shop", "deploy", "path/to/manifests"])
    cpSync(path.join(root, "examples/shop"), path.join(folder, name), { recursive: true });
  cpSync(path.join(root, "examples/charts"), path.join(folder, "charts"), { recursive: true });
  return folder;
}

afterAll(() => rmSync(base, { recursive: true, force: true }));

function runScript(script: string, folder: string): { readonly code: number | null; readonly stdout: string; readonly stderr: string } {
  const env = { PATH: `${commands}${path.delimiter}${process.env["PATH"] ?? ""}`, HOME: folder, HOLDFAST_ROOT: root };
  const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", script], {
    cwd: folder,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { code: status, stdout, stderr };
}

function isRun({ language, remark }: CodeBlock): boolean {
  return language === "sh" && !remark.startsWith("not run: ") && remark !== "needs a cluster";
}

describe("commands", () => {
  test.each(blocks.filter(isRun))("$place", ({ page, text, remark }) => {
    const expected = Number(/^ends with (?<code>\d+)$/u.exec(remark)?.groups?.["code"] ?? 0);
    const { code, stderr } = runScript(text, folderOf(page));
    expect({ code, stderr: code === expected ? "" : stderr }).toEqual({ code: expected, stderr: "" });
  });

  test("the pages that people meet first have some", () => {
    for (const page of ["README.md", "docs/getting-started.md", "docs/how-to/gate-a-pull-request.md", "CONTRIBUTING.md"])
      expect(
        blocks.some((block) => isRun(block) && block.page === page),
        page,
      ).toBe(true);
  });

  test("a remark is one that is known", () => {
    const known = /^$|^ends with \d+$|^not run: \S|^needs a cluster$/u;
    expect(
      blocks.filter(({ language, remark }) => language === "sh" && !known.test(remark)).map(({ place, remark }) => `${place}: ${remark}`),
    ).toEqual([]);
  });
});

describe("transcripts", () => {
  const transcripts = blocks.filter(({ language }) => language === "console");

  test.each(transcripts)("$place is what is printed today", ({ page, text }) => {
    const lines = text.split("\n");
    const command = lines[0]?.startsWith("$ ") === true ? lines[0].slice(2) : "";
    expect(command).not.toBe("");
    expect(missingLines(lines.slice(1), runScript(command, folderOf(page)).stdout.split("\n"))).toEqual([]);
  });

  test("the README has one", () => {
    expect(transcripts.some(({ page }) => page === "README.md")).toBe(true);
  });
});

describe("the check of npm's commands", () => {
  const npm = (...args: readonly string[]): boolean => {
    try {
      execFileSync(path.join(commands, "npm"), args, { env: { HOLDFAST_ROOT: root }, stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  };

  test("knows scripts and paths, and refuses others", () => {
    expect(npm("ci")).toBe(true);
    expect(npm("run", "check")).toBe(true);
    expect(npm("test", "--", "library")).toBe(true);
    expect(npm("run", "chekc")).toBe(false);
    expect(npm("test", "--", "libary")).toBe(false);
  });
});
