// Kubescape's commands, flags and variables: accepted, or refused with what to use instead; and words completed in shells.
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Result } from "@holdfast/core";
import { privilegedPod } from "./manifests.ts";
import { needs } from "./needs.ts";
import { difference, program, runHoldfast } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

test("a command line of Kubescape's does what ours does", async () => {
  const cwd = scratchFolder({ "in/pod.yaml": privilegedPod("pod") });
  const [theirs, ours] = await Promise.all([
    runHoldfast(
      [
        "-l",
        "debug",
        "scan",
        "framework",
        "nsa",
        "in",
        "--exclude-controls",
        "C-0270,C-0271",
        "--format",
        "pretty-printer",
        "--fail-coverage-below=100",
      ],
      { cwd },
    ),
    runHoldfast(["scan", "framework", "nsa", "in", "--exclude-control", "C-0270,C-0271", "--coverage-threshold", "100"], { cwd }),
  ]);
  expect(difference(theirs, ours)).toBeNull();
  expect(ours.code).toBe(0);
});

test("names that only Kubescape has mean what they mean there", async () => {
  const cwd = scratchFolder({ "pod.yaml": privilegedPod("a"), "holdfast.yaml": "quiet: true\n" });
  const scanned = await runHoldfast(["scan", "framework", "all", "pod.yaml", "-f", "json", "-o", "a.json"], { cwd });
  expect([scanned.code, scanned.stderr]).toEqual([0, ""]);
  const { frameworks } = JSON.parse(readFileSync(path.join(cwd, "a.json"), "utf8")) as Result;
  expect(frameworks.map(({ id }) => id)).toEqual(expect.arrayContaining(["nsa", "mitre", "allcontrols"]));
  const compared = await runHoldfast(["diff", "a.json", "a.json", "-f", "pretty-printer"], { cwd });
  expect([compared.code, compared.stdout]).toEqual([0, expect.stringContaining("0 new, 0 resolved") as string]);
  const settings = await runHoldfast(["config", "view", "-o", "json"], { cwd });
  expect(JSON.parse(settings.stdout)).toMatchObject([{ key: "quiet", value: true, from: "holdfast.yaml:1" }]);
});

test("what is refused ends with 2 and says what to use", async () => {
  for (const [line, remedy] of [
    ["scan . --fail-threshold 20", "--compliance-threshold"],
    ["scan image nginx:1.27", "does not scan images yet"],
    ["scan . --account 123", "no accounts"],
    ["update", "npm install"],
    ["scan workload shop/Deployment/web deploy/", "holdfast scan PATH --include-kinds"],
    ["config view -o yaml", "Allowed choices are text, json"],
  ] as const) {
    const { code, stdout, stderr } = await runHoldfast(line.split(" "));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(remedy);
  }
});

describe("completion", () => {
  const folder = scratchFolder({ "some file.yaml": "", "other.txt": "" });
  const bin = scratchFolder({ holdfast: "" });
  writeFileSync(path.join(bin, "holdfast"), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(path.join(bin, "holdfast"), 0o755);
  const env = { PATH: `${bin}${path.delimiter}${process.env["PATH"] ?? ""}`, HOME: folder };

  test("bash completes commands, options, names behind commas, and files", () => {
    const script = `source <(holdfast completion bash)
      complete_words() { COMP_WORDS=(holdfast "$@"); COMP_CWORD=$#; _holdfast; printf '%s|' "\${COMPREPLY[@]}"; echo; }
      complete_words sca; complete_words scan --fram; complete_words scan --framework nsa,mit; complete_words scan control C-0057,C-001; complete_words scan s`;
    const lines = execFileSync("bash", ["-c", script], { cwd: folder, env, encoding: "utf8" }).split("\n");
    expect(lines[0]).toBe("scan|");
    expect(lines[1]).toBe("--framework|--framework-file|");
    expect(lines[2]).toBe("nsa,mitre|");
    expect(lines[3]).toContain("C-0057,C-0013|");
    expect(lines[4]).toBe("some file.yaml|");
  });

  test("fish does", (context) => {
    const fish = needs(context, "fish");
    const script = "holdfast completion fish | source; complete -C 'holdfast scan --framework ns'; complete -C 'holdfast vers'";
    expect(execFileSync(fish, ["--no-config", "-c", script], { cwd: folder, env, encoding: "utf8" }).split("\n")).toEqual([
      "nsa",
      "version",
      "",
    ]);
  });

  test("zsh does", (context) => {
    const zsh = needs(context, "zsh");
    const script = `source <(holdfast completion zsh) 2>/dev/null
      compadd() { shift; print -l -- "$@"; }; _files() { print files; }
      words=(holdfast scan --framework ns); CURRENT=4; _holdfast
      words=(holdfast scan ''); CURRENT=3; _holdfast`;
    const lines = execFileSync(zsh, ["-f", "-c", `compdef() { :; }; ${script}`], { cwd: folder, env, encoding: "utf8" }).split("\n");
    expect(lines[0]).toBe("nsa");
    expect(lines).toContain("files");
  });

  test("PowerShell's script asks the program as the others do", async () => {
    const { stdout } = await runHoldfast(["completion", "powershell"]);
    expect(stdout).toContain("Register-ArgumentCompleter -Native -CommandName holdfast");
    expect(stdout).toContain("holdfast completion words --");
  });
});
