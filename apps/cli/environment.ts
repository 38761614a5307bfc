import { fstatSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { variableSettings, type VariableSetting } from "./settings/variables.ts";
import { UsageError } from "./usage-error.ts";

/** What the process is given beside its arguments, read once at the start. */
export interface Environment {
  readonly workingFolder: string;
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number;
  /** Colours are wanted on standard output. */
  readonly color: boolean;
  /** Standard error is a terminal that progress may be shown on. */
  readonly progress: boolean;
  /** RFC 3339, from SOURCE_DATE_EPOCH; undefined where the clock was not given. */
  readonly time: string | undefined;
  /** The user's own data of Holdfast, whether it is there or not: $XDG_DATA_HOME/holdfast, else ~/.local/share/holdfast. */
  readonly dataFolder: string;
  /** Logins at registries as the text of a Docker configuration, from DOCKER_AUTH_CONFIG; undefined where it is not set. */
  readonly registryLogins: string | undefined;
  /** The file with the Docker configuration, whether it is there or not. */
  readonly dockerConfig: string;
  /** The kubeconfigs of the user, whether they are there or not: those of KUBECONFIG, else ~/.kube/config. */
  readonly kubeconfigs: readonly string[];
  /** All variables, for the few of them that tools are given. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Options that variables set. */
  readonly settings: readonly VariableSetting[];
  /** The file of the build's summary page on GitHub, from GITHUB_STEP_SUMMARY; undefined where there is none. */
  readonly stepSummary: string | undefined;
}

function sourceDate(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  const seconds = Number(text);
  if (!/^\d+$/u.test(text) || seconds > 253_402_300_799) {
    throw new UsageError(`SOURCE_DATE_EPOCH is ${JSON.stringify(text)}: expected whole seconds since 1970, such as 1767225600`);
  }
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

/** Where programs keep a user's data: https://specifications.freedesktop.org/basedir-spec/latest/. A path that is not absolute does not count. */
function dataHome(given: string | undefined): string {
  return given !== undefined && path.isAbsolute(given) ? given : path.join(homedir(), ".local/share");
}

function kubeconfigs(variable: string | undefined): readonly string[] {
  const named = (variable ?? "").split(path.delimiter).filter((file) => file !== "");
  return named.length > 0 ? named : [path.join(homedir(), ".kube/config")];
}

/** Whether a descriptor may be a terminal. Node's stream for it, which knows, takes longer to open than a small scan can spare. */
function mayBeTerminal(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}

/** Reads the environment; what only a stream can tell, when it is asked for. NO_COLOR and FORCE_COLOR mean what they mean elsewhere (https://no-color.org), DOCKER_CONFIG and DOCKER_AUTH_CONFIG what they mean to Docker. Throws `UsageError`. */
export function readEnvironment(process: NodeJS.Process): Environment {
  const { env } = process;
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0";
  return {
    workingFolder: process.cwd(),
    get width() {
      const { stdout } = process;
      const width = stdout.isTTY ? stdout.columns : Number(env["COLUMNS"] ?? "");
      return width >= 20 ? Math.min(width, 200) : 100;
    },
    get color() {
      return forced || ((env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb" && process.stdout.isTTY);
    },
    get progress() {
      return env["CI"] === undefined && env["TERM"] !== "dumb" && mayBeTerminal(2) && process.stderr.isTTY;
    },
    time: sourceDate(env["SOURCE_DATE_EPOCH"]),
    dataFolder: path.join(dataHome(env["XDG_DATA_HOME"]), "holdfast"),
    registryLogins: (env["DOCKER_AUTH_CONFIG"] ?? "") === "" ? undefined : env["DOCKER_AUTH_CONFIG"],
    dockerConfig: path.join(
      (env["DOCKER_CONFIG"] ?? "") === "" ? path.join(homedir(), ".docker") : (env["DOCKER_CONFIG"] ?? ""),
      "config.json",
    ),
    kubeconfigs: kubeconfigs(env["KUBECONFIG"]),
    variables: env,
    settings: variableSettings(env),
    stepSummary: (env["GITHUB_STEP_SUMMARY"] ?? "") === "" ? undefined : env["GITHUB_STEP_SUMMARY"],
  };
}
