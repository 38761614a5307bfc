// What other systems run: the steps of the GitHub action, the script of the GitLab template, the pre-commit hook.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { privilegedPod } from "./manifests.ts";
import { needs } from "./needs.ts";
import { machinePath, program, root, runCommand, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** A folder with the command holdfast, and an npm that fails when it is called. */
const bin = scratchFolder({
  holdfast: `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`,
  npm: "#!/bin/sh\necho npm was called >&2\nexit 1\n",
});
for (const name of ["holdfast", "npm"]) chmodSync(path.join(bin, name), 0o755);
const PATH = `${bin}${path.delimiter}${machinePath()}`;

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly {
      readonly name: string;
      readonly id?: string;
      readonly run?: string;
      readonly env?: Readonly<Record<string, string>>;
    }[];
  };
}

describe("the GitHub action", () => {
  const action = load(readFileSync(path.join(root, "action.yml"), "utf8")) as Action;

  /** Runs the steps that are scripts, as a runner does: in bash with -e and pipefail, with what expressions in env stand for. */
  async function steps(
    cwd: string,
    inputs: Readonly<Record<string, string>>,
  ): Promise<Run & { readonly output: string; readonly summary: string }> {
    const values = { ...Object.fromEntries(Object.entries(action.inputs).map(([name, one]) => [name, one.default])), ...inputs };
    const [outputFile, summaryFile] = ["output", "summary"].map((name) => path.join(cwd, `.github-${name}`));
    let last: Run | undefined;
    for (const { run, env = {} } of action.runs.steps) {
      if (run === undefined) continue;
      const given = Object.entries(env).map(([name, text]) => [
        name,
        text.replaceAll(/\$\{\{ inputs\.(?<input>[\w-]+) \}\}/gu, (_all, input: string) => values[input] ?? ""),
      ]);
      last = await runCommand(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", run], {
        cwd,
        env: {
          PATH,
          GITHUB_OUTPUT: outputFile,
          GITHUB_STEP_SUMMARY: summaryFile,
          ...(Object.fromEntries(given) as Record<string, string>),
        },
      });
      if (last.code !== 0) break;
    }
    const read = (file: string | undefined): string => (file !== undefined && existsSync(file) ? readFileSync(file, "utf8") : "");
    if (last === undefined) throw new Error("the action has no step that is a script");
    return { ...last, output: read(outputFile), summary: read(summaryFile) };
  }

  test("it annotates, writes the summary and the SARIF log, and ends as the scan does", async () => {
    const cwd = scratchFolder({ "deploy/pod.yaml": privilegedPod("pod"), "other dir/pod.yaml": privilegedPod("other") });
    const run = await steps(cwd, {
      paths: "deploy\nother dir\n",
      framework: "nsa",
      "severity-threshold": "high",
      args: "--exclude-control\nC-0270",
    });
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^::(?:error|warning|notice) .*file=deploy\/pod\.yaml,/mu);
    expect(run.summary).toContain("C-0057");
    expect(run.output).toContain("exit-code=1");
    const sarif = JSON.parse(readFileSync(path.join(cwd, "holdfast.sarif"), "utf8")) as {
      readonly runs: readonly { readonly results: readonly unknown[] }[];
    };
    expect(sarif.runs[0]?.results.length).toBeGreaterThan(2);
    expect(run.summary).not.toContain("C-0270");
  });

  test("it passes where no gate is breached, and says 3 where nothing could be judged", async () => {
    const [fine, empty] = await Promise.all([
      steps(scratchFolder({ "pod.yaml": privilegedPod("pod") }), {}),
      steps(scratchFolder({ "readme.txt": "nothing" }), {}),
    ]);
    expect([fine.code, fine.output]).toEqual([0, "exit-code=0\n"]);
    expect([empty.code, empty.output]).toEqual([3, "exit-code=3\n"]);
  });

  test("what inputs hold is never run", async () => {
    const cwd = scratchFolder({ "pod.yaml": privilegedPod("pod") });
    await steps(cwd, { paths: "$(touch ran)\n`touch ran`; touch ran", framework: "nsa; touch ran", args: "$(touch ran)" });
    expect(existsSync(path.join(cwd, "ran"))).toBe(false);
    for (const { run = "" } of action.runs.steps) expect(run).not.toContain("${{");
  });
});

test("the GitLab template's script writes both reports and ends as the scan does", async () => {
  const template = load(readFileSync(path.join(root, "ci-templates/holdfast.gitlab-ci.yml"), "utf8")) as {
    readonly variables: Readonly<Record<string, string>>;
    readonly holdfast: { readonly script: readonly string[]; readonly artifacts: { readonly reports: Readonly<Record<string, string>> } };
  };
  const cwd = scratchFolder({ "deploy/pod.yaml": privilegedPod("pod") });
  const { code, stdout } = await runCommand(["bash", "-eo", "pipefail", "-c", template.holdfast.script.join("\n")], {
    cwd,
    env: { PATH, ...template.variables, HOLDFAST_PATHS: "deploy" },
  });
  expect(code).toBe(1);
  expect(stdout).toContain("C-0057");
  const { sast = "", junit = "" } = template.holdfast.artifacts.reports;
  expect(JSON.parse(readFileSync(path.join(cwd, sast), "utf8"))).toHaveProperty("vulnerabilities");
  expect(readFileSync(path.join(cwd, junit), "utf8")).toContain("<testsuites");
});

test("the pre-commit hook stops a commit that breaches its gate, and lets others through", async (context) => {
  const preCommit = needs(context, "pre-commit");
  const git = needs(context, "git");
  // A repository with the hook's declaration, as pre-commit clones it.
  const hooks = scratchFolder({ ".pre-commit-hooks.yaml": readFileSync(path.join(root, ".pre-commit-hooks.yaml")) });
  const cwd = scratchFolder({ "pod.yaml": privilegedPod("pod"), "notes.txt": "no manifest" });
  const home = scratchFolder();
  const env = {
    PATH,
    HOME: home,
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@example.com",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@example.com",
  };
  const run = async (folder: string, ...words: readonly string[]): Promise<Run> => runCommand(words, { cwd: folder, env });
  for (const folder of [hooks, cwd]) {
    await run(folder, git, "init", "-q", "-b", "main");
    await run(folder, git, "add", "-A");
  }
  await run(hooks, git, "commit", "-qm", "hooks");
  const head = (await run(hooks, git, "rev-parse", "HEAD")).stdout.trim();
  mkdirSync(path.join(home, ".cache"), { recursive: true });
  writeFileSync(path.join(cwd, ".pre-commit-config.yaml"), `repos:\n  - repo: ${hooks}\n    rev: ${head}\n    hooks: [{id: holdfast}]\n`);
  const bad = await run(cwd, preCommit, "run", "--files", "pod.yaml");
  expect([bad.code, bad.stdout]).toEqual([1, expect.stringContaining("severity-threshold high breached")]);
  const other = await run(cwd, preCommit, "run", "--files", "notes.txt");
  expect([other.code, other.stdout]).toEqual([0, expect.stringContaining("Skipped")]);
});
