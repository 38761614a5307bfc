// Repositories by their URLs, from a real server on the loopback.
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { git, serveGit, type GitServer } from "./git-server.ts";
import { privilegedPod } from "./manifests.ts";
import { runHoldfast } from "./run-holdfast.ts";
import { failedNames, findingsOf, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const TOKEN = "t0p-s3cr3t";
const folder = scratchFolder({
  "work/deploy/a.yaml": privilegedPod("first"),
  "work/other/b.yaml": privilegedPod("other"),
  "work/.holdfastignore": "ignored.yaml\n",
  "work/ignored.yaml": privilegedPod("ignored"),
  "empty/x": "",
});
const work = path.join(folder, "work");
const elsewhere = path.join(folder, "empty");
let server: GitServer;
let closed: GitServer;
let first = "";

beforeAll(async () => {
  await git(work, ["init", "--quiet"]);
  await git(work, ["add", "."]);
  await git(work, ["commit", "--quiet", "-m", "first"], "2026-01-02T03:04:05Z");
  first = await git(work, ["rev-parse", "HEAD"]);
  await git(work, ["tag", "v1"]);
  writeFileSync(path.join(work, "deploy/a.yaml"), privilegedPod("second"));
  await git(work, ["commit", "--quiet", "-am", "second"], "2026-02-03T04:05:06Z");
  await git(work, ["checkout", "--quiet", "-b", "feature/x"]);
  writeFileSync(path.join(work, "deploy/a.yaml"), privilegedPod("branched"));
  await git(work, ["commit", "--quiet", "-am", "third"], "2026-03-04T05:06:07Z");
  await git(work, ["checkout", "--quiet", "main"]);
  await git(folder, ["clone", "--quiet", "--bare", "work", "served/team/app.git"]);
  server = await serveGit(path.join(folder, "served"));
  closed = await serveGit(path.join(folder, "served"), TOKEN);
});
afterAll(() => {
  server.close();
  closed.close();
});

function temporary(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => /^holdfast-\w{6}$/u.test(name));
}

describe("what is fetched", () => {
  test("the default branch, with files named after the repository; nothing is left behind", async () => {
    const before = temporary();
    const { result, code } = await scanResult(["control", "C-0057", `${server.url}/team/app.git`], { cwd: elsewhere });
    expect(code).toBe(0);
    expect(failedNames(result, "C-0057")).toEqual(["other", "second"]);
    expect(findingsOf(result, "C-0057").map(({ source }) => `${source?.file}:${source?.line}`)).toEqual([
      "127.0.0.1/team/app/deploy/a.yaml:10",
      "127.0.0.1/team/app/other/b.yaml:10",
    ]);
    expect(result.inputs.roots).toEqual([`${server.url}/team/app.git`]);
    expect(result.inputs.account.ignored).toBe(1);
    expect(temporary().filter((name) => !before.includes(name))).toEqual([]);
    expect(readdirSync(elsewhere)).toEqual(["x"]);
  });

  test("a branch, a tag, a commit and the beginning of one; a folder; beside plain files and a local repository", async () => {
    const url = `${server.url}/team/app.git`;
    const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
      [[`${url}//deploy?ref=feature/x`], ["branched"]],
      [[`${url}//deploy`, "--git-ref", "v1"], ["first"]],
      [[`${url}//deploy/a.yaml?ref=${first}`], ["first"]],
      [[`${url}//deploy?ref=${first.slice(0, 10)}`], ["first"]],
      [
        [`file://${folder}/served/team/app.git//deploy`, `${url}//deploy?ref=v1`, path.join(work, "other")],
        ["first", "other", "second"],
      ],
    ];
    for (const [args, names] of cases) {
      const { result } = await scanResult(["control", "C-0057", ...args], { cwd: elsewhere });
      expect(failedNames(result, "C-0057"), args.join(" ")).toEqual(names);
    }
    const local = await scanResult(["control", "C-0057", "../served/team/app.git//deploy"], { cwd: elsewhere });
    expect(findingsOf(local.result, "C-0057").map(({ source }) => source?.file)).toEqual(["app/deploy/a.yaml"]);
  });
});

describe("--last-commit", () => {
  const commitsOf = (result: Awaited<ReturnType<typeof scanResult>>["result"]): readonly unknown[] =>
    findingsOf(result, "C-0057").map(({ source }) => [source?.file.split("/").at(-1), source?.commit?.summary, source?.commit?.date]);

  test("findings name the commit that touched their line last, in a checkout and by URL", async () => {
    const [local, fetched] = await Promise.all([
      scanResult(["control", "C-0057", "deploy", "other", "--last-commit"], { cwd: work }),
      scanResult(["control", "C-0057", `${server.url}/team/app.git`, "--last-commit"], { cwd: elsewhere }),
    ]);
    // The name was changed by the second commit, the line of the finding was not.
    const expected = [
      ["a.yaml", "first", "2026-01-02T03:04:05Z"],
      ["b.yaml", "first", "2026-01-02T03:04:05Z"],
    ];
    expect(commitsOf(local.result)).toEqual(expected);
    expect(commitsOf(fetched.result)).toEqual(expected);
    expect(findingsOf(local.result, "C-0057")[0]?.source?.commit?.hash).toBe(first);
    const { stdout } = await runHoldfast(["scan", "control", "C-0057", "deploy", "--last-commit"], { cwd: work });
    expect(stdout).toMatch(/last changed by .* on 2026-01-02 in [0-9a-f]{12}: first/u);
  });

  test("without it nothing is asked of git; what git does not know is a problem, and the scan stands", async () => {
    const plain = await scanResult(["control", "C-0057", "deploy"], { cwd: work });
    expect(commitsOf(plain.result)).toEqual([["a.yaml", undefined, undefined]]);
    const outside = await scanResult(["control", "C-0057", ".", "--last-commit"], {
      cwd: scratchFolder({ "pod.yaml": privilegedPod("pod") }),
    });
    expect(outside.code).toBe(0);
    expect(outside.result.problems.map(({ code, effect }) => [code, effect])).toEqual([["last-commit-unknown", "degraded"]]);
    expect(findingsOf(outside.result, "C-0057").length).toBe(1);
  });
});

describe("tokens", () => {
  test("are sent to the server, and appear nowhere", async () => {
    const scan = await scanResult(["control", "C-0057", `${closed.url}/team/app.git`], { cwd: elsewhere, env: { GIT_TOKEN: TOKEN } });
    expect(failedNames(scan.result, "C-0057")).toEqual(["other", "second"]);
    expect(scan.stdout + scan.stderr).not.toContain(TOKEN);
  });

  test("of another server are not sent; without the right one nothing is scanned", async () => {
    const seen = closed.authorizations.length;
    const { code, stdout, stderr } = await runHoldfast(
      ["scan", "control", "C-0057", `${closed.url}/team/app.git`, path.join(work, "other")],
      {
        cwd: elsewhere,
        env: { GITHUB_TOKEN: "github-only", GITLAB_TOKEN: "gitlab-only" },
      },
    );
    expect([code, stdout]).toEqual([2, ""]);
    expect(closed.authorizations.slice(seen).every((header) => header === "")).toBe(true);
    expect(stderr).toMatch(/127\.0\.0\.1\/team\/app: the repository can't be fetched: .*\nNothing was scanned\..*GIT_TOKEN/su);
  });
});

describe("what is refused", () => {
  test("options and commands in URLs, before anything runs", async () => {
    const marker = path.join(elsewhere, "ran");
    for (const url of [
      `ext::sh -c "touch ${marker}"`,
      `ssh://-oProxyCommand=touch%20${marker}/app`,
      `--upload-pack=touch ${marker}.git`,
      `git@-oProxyCommand=x:app.git`,
      `${server.url}/team/app.git?ref=--upload-pack=touch`,
      `https://me:${TOKEN}@127.0.0.1/app`,
    ]) {
      const { code, stderr } = await runHoldfast(["scan", "control", "C-0057", "--", url], { cwd: elsewhere });
      expect(code, url).toBe(2);
      expect(stderr).not.toContain(TOKEN);
      expect(stderr).not.toMatch(/at .*\.ts:\d+/u);
    }
    expect(existsSync(marker)).toBe(false);
  });

  test("what is not there: no such repository, no such branch", async () => {
    for (const [url, cause] of [
      [`${server.url}/team/none.git`, /can't be fetched/u],
      // What ssh says, not that git could not read: nothing listens there, or there is no ssh.
      ["ssh://git@127.0.0.1:9/team/app.git", /git\s+says\s+"[^"]*(?:Connection\s+refused|cannot\s+run\s+ssh)/u],
      [`${server.url}/team/app.git?ref=none`, /none of the repository/u],
      [`${server.url}/team/app.git//nowhere`, /does not exist/u],
    ] as const) {
      const { code, stdout, stderr } = await runHoldfast(["scan", "control", "C-0057", url, path.join(work, "other")], { cwd: elsewhere });
      expect([code, stdout], url).toEqual([2, ""]);
      expect(stderr).toMatch(cause);
      expect(stderr).toContain("Nothing was scanned");
    }
  });
});
