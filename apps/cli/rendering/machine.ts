import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ScratchFolder, ToolRunner } from "@holdfast/posture";
import type { Environment } from "../environment.ts";
import { ToolProcesses } from "./tool-processes.ts";

/** What rendering has of the machine. */
export interface Machine {
  readonly tools: ToolRunner;
  readonly scratch: ScratchFolder;
  /** Ends what runs and removes the folder; at once. */
  readonly close: () => void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Makes a temporary folder, and runs tools. Both are gone when it is closed, when the process ends, and when a signal ends it: tools run in process groups of their own, which
 * the terminal's Ctrl-C doesn't reach.
 */
export function openMachine(environment: Environment, network: boolean): Machine {
  const root = mkdtempSync(path.join(realpathSync(tmpdir()), "holdfast-"));
  const tools = new ToolProcesses(toolEnvironment(environment, root, network));
  const remove = (): void => {
    tools.endAll();
    rmSync(root, { recursive: true, force: true });
  };
  const interrupted = (signal: NodeJS.Signals): void => {
    close();
    // Now that nobody listens any more it ends the process, as it would have at first.
    process.kill(process.pid, signal);
  };
  const close = (): void => {
    for (const signal of SIGNALS) process.off(signal, interrupted);
    process.off("exit", remove);
    remove();
  };
  for (const signal of SIGNALS) process.on(signal, interrupted);
  process.on("exit", remove);
  return { tools, scratch: scratchIn(root), close };
}

function scratchIn(root: string): ScratchFolder {
  return {
    makeFolder: async (name) => mkdtempSync(path.join(root, `${name.replaceAll(/[^\w.-]/gu, "_").slice(0, 40)}-`)),
    writeFile: async (file, content) => {
      if (!path.resolve(file).startsWith(root + path.sep)) throw new Error("a path leads out of the scratch folder");
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    },
  };
}

/** Variables of the user's that a tool needs to fetch something. */
const NETWORK_VARIABLES: readonly string[] = [
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "ALL_PROXY",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  "all_proxy",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "SSH_AUTH_SOCK",
  "DOCKER_CONFIG",
  "HELM_REGISTRY_CONFIG",
  "HELM_REPOSITORY_CONFIG",
  "HELM_REPOSITORY_CACHE",
];

/** Port 9 of this machine is where nothing is ever answered (RFC 863). */
const NOWHERE = "http://127.0.0.1:9";

/**
 * The environment of tools: nothing of the user's but where programs are and, where the network is allowed, what is needed to fetch. Else all homes are in the temporary folder,
 * and proxies lead nowhere.
 */
function toolEnvironment({ variables }: Environment, root: string, network: boolean): Readonly<Record<string, string>> {
  const home = path.join(root, "home");
  mkdirSync(home);
  const own = {
    // Tools run in folders with strangers' files: nothing is looked for in those.
    PATH: (variables["PATH"] ?? "")
      .split(path.delimiter)
      .filter((folder) => path.isAbsolute(folder))
      .join(path.delimiter),
    LANG: "C.UTF-8",
    TZ: "UTC",
    TMPDIR: home,
    HELM_PLUGINS: path.join(home, "plugins"),
    HELM_CACHE_HOME: path.join(home, "cache"),
    HELM_DATA_HOME: path.join(home, "data"),
    KUBECONFIG: path.join(home, "kubeconfig"),
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
  };
  if (network) {
    const given = NETWORK_VARIABLES.flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]] as const]));
    return { ...own, HOME: variables["HOME"] ?? home, ...Object.fromEntries(given) };
  }
  return {
    ...own,
    HOME: home,
    HELM_CONFIG_HOME: path.join(home, "config"),
    XDG_CONFIG_HOME: path.join(home, "config"),
    XDG_CACHE_HOME: path.join(home, "cache"),
    XDG_DATA_HOME: path.join(home, "data"),
    GIT_ALLOW_PROTOCOL: "file",
    HTTP_PROXY: NOWHERE,
    HTTPS_PROXY: NOWHERE,
    ALL_PROXY: NOWHERE,
    http_proxy: NOWHERE,
    https_proxy: NOWHERE,
    all_proxy: NOWHERE,
  };
}
