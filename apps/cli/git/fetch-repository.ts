import type { ToolOutcome, ToolRunner } from "@holdfast/posture";
import type { GitRoot } from "./git-url.ts";
import { UsageError } from "../usage-error.ts";
import { authorization, type GitAccess } from "./git-access.ts";

const TIMEOUT_MS = 5 * 60_000;
const MOST_OUTPUT = 4 * 1024 * 1024;
const NOTHING = "Nothing was scanned.";
const REMEDY =
  "See whether `git ls-remote URL` answers. For private repositories set GITHUB_TOKEN, GITLAB_TOKEN or GIT_TOKEN, or use an ssh URL with a key in your agent.";
const COMMIT = /^[0-9a-f]{7,64}$/u;

/** Settings that no repository and no server can change: no hooks, no commands as transports, no submodules, no question on a terminal. */
const SETTINGS: readonly string[] = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.attributesFile=/dev/null",
  "protocol.ext.allow=never",
  "submodule.recurse=false",
  "fetch.recurseSubmodules=false",
  "fetch.fsckObjects=true",
  "transfer.fsckObjects=true",
  "gc.auto=0",
  "maintenance.auto=false",
  "credential.helper=",
  "advice.detachedHead=false",
  "init.defaultBranch=main",
];

export interface FetchOptions {
  /** An empty folder that the repository is checked out to. */
  readonly folder: string;
  /** Whether all commits are needed, and not only the one that is scanned. */
  readonly history: boolean;
  readonly access: GitAccess;
}

/**
 * Checks a repository out into an empty folder: of its history only what is asked for, none of its submodules. Tokens are given to git by its environment,
 * and only for the origin of the URL. Throws a `UsageError` with what git said: a URL is named by whoever asks, like a path.
 */
export async function fetchRepository(root: GitRoot, tools: ToolRunner, options: FetchOptions): Promise<void> {
  const git = new Git(root, tools, options);
  await git.run("init", "--quiet", "--template=");
  const depth = options.history ? [] : ["--depth=1"];
  const tried = await git.fetch([...depth, "--", root.url, root.ref ?? "HEAD"]);
  let commit = "FETCH_HEAD";
  if (tried !== null) {
    if (root.ref === undefined || !COMMIT.test(root.ref)) throw git.fault(tried);
    // Servers need not hand out commits by their hash, and never do by its beginning.
    const all = await git.fetch(["--", root.url, "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"]);
    if (all !== null) throw git.fault(all);
    commit = root.ref;
  }
  await git.run("checkout", "--quiet", "--detach", "--force", `${commit}^{commit}`, "--");
}

class Git {
  readonly #root: GitRoot;
  readonly #tools: ToolRunner;
  readonly #folder: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #secrets: readonly string[];

  constructor(root: GitRoot, tools: ToolRunner, { folder, access }: FetchOptions) {
    this.#root = root;
    this.#tools = tools;
    this.#folder = folder;
    const { header, secrets } = authorization(root, access);
    this.#secrets = secrets;
    // With a token git stays where it was sent: another server must not get it.
    const settings =
      header === undefined
        ? []
        : [
            [`http.${root.origin ?? ""}/.extraHeader`, header],
            ["http.followRedirects", "false"],
          ];
    this.#environment = {
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_TERMINAL_PROMPT: "0",
      GIT_ALLOW_PROTOCOL: "https:http:ssh:file",
      GIT_LFS_SKIP_SMUDGE: "1",
      GIT_SSH_COMMAND: "ssh -oBatchMode=yes -oConnectTimeout=30",
      GIT_CONFIG_COUNT: String(settings.length),
      ...Object.fromEntries(
        settings.flatMap(([key = "", value = ""], at) => [
          [`GIT_CONFIG_KEY_${at}`, key],
          [`GIT_CONFIG_VALUE_${at}`, value],
        ]),
      ),
    };
  }

  /** Fetches; null where it did, else what came of it. */
  async fetch(args: readonly string[]): Promise<ToolOutcome | null> {
    const outcome = await this.#git("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--update-head-ok", ...args);
    return isDone(outcome) ? null : outcome;
  }

  async run(...args: readonly string[]): Promise<void> {
    const outcome = await this.#git(...args);
    if (!isDone(outcome)) throw this.fault(outcome);
  }

  async #git(...args: readonly string[]): Promise<ToolOutcome> {
    return this.#tools.run("git", [...SETTINGS.flatMap((setting) => ["-c", setting]), ...args], {
      cwd: this.#folder,
      timeoutMs: TIMEOUT_MS,
      maxOutputBytes: MOST_OUTPUT,
      env: this.#environment,
    });
  }

  /** What git said last, without what nobody may see. */
  fault(outcome: ToolOutcome): UsageError {
    const { ref, name } = this.#root;
    const unfetched = `${name}: ${ref === undefined ? "" : `${ref} of `}the repository can't be fetched`;
    if ("failure" in outcome) {
      if (outcome.failure === "not-found")
        return new UsageError(
          `${unfetched}: there is no git on this machine\n${NOTHING} Install git, or scan a folder that was checked out elsewhere.`,
        );
      const why = outcome.failure === "timed-out" ? "git took more than 5 minutes" : `git was ended (${outcome.failure})`;
      return new UsageError(`${unfetched}: ${why}\n${NOTHING} ${REMEDY}`);
    }
    const lines = outcome.stderr.split("\n").flatMap((line) => line.replaceAll(/\p{Cc}/gu, " ").trim() || []);
    const fatal = lines.findIndex((line) => line.startsWith("fatal: "));
    // Where ssh ended the line before has its reason; git only says that it could not read.
    const ssh = lines[fatal]?.startsWith("fatal: Could not read from remote") === true ? lines[fatal - 1] : undefined;
    let said = ssh ?? lines[fatal] ?? lines.at(-1) ?? `it ended with ${outcome.code}`;
    for (const secret of this.#secrets) said = said.replaceAll(secret, "***");
    return new UsageError(`${unfetched}: git says ${JSON.stringify(said.slice(0, 300))}\n${NOTHING} ${REMEDY}`);
  }
}

function isDone(outcome: ToolOutcome): boolean {
  return !("failure" in outcome) && outcome.code === 0;
}
