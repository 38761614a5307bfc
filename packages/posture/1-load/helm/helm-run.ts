import path from "node:path";
import type { ObjectPath } from "@holdfast/core";
import { MOST_GIVEN_BYTES } from "../given-files.ts";
import type { LoaderAccess } from "../loaders/define.ts";
import type { ToolOutcome } from "../tool-runner.ts";
import type { ChartFile } from "./chart-files.ts";
import { setKeys } from "./set-keys.ts";
import type { ChartSettings } from "./chart-settings.ts";

const LIMITS = { timeoutMs: 30_000, maxOutputBytes: 64 * 1024 * 1024 };

/** A values file of the command line. */
export interface GivenValues {
  /** How results call it. */
  readonly file: string;
  readonly text: string;
}

/** A file of the command line that can't be read, and why. */
export interface UnreadFile {
  readonly file: string;
  readonly fault: string;
}

/** The user's files as results call them, by the paths of their copies. */
type Copies = ReadonlyMap<string, string>;

/** Runs Helm on copies of one chart, always with the same settings. */
export class HelmRun {
  /** The values files of the command line, in their order. */
  readonly values: readonly GivenValues[];
  /** The values that `--set` and its likes set. */
  readonly setKeys: readonly ObjectPath[];
  readonly #access: LoaderAccess;
  readonly #folder: string;
  readonly #release: string;
  readonly #flags: readonly string[];
  readonly #copies: Copies;

  private constructor(
    access: LoaderAccess,
    folder: string,
    settings: ChartSettings & { readonly release: string },
    flags: readonly string[],
    given: { readonly values: readonly GivenValues[]; readonly copies: Copies },
  ) {
    this.#access = access;
    this.#folder = folder;
    this.#release = settings.release;
    this.setKeys = setKeys([...settings.set, ...settings.setString, ...settings.setFile]);
    this.#flags = flags;
    this.values = given.values;
    this.#copies = given.copies;
  }

  /** Gets ready to render a chart of this name. Fails with the file and the reason where one of the settings can't be read. */
  static async prepare(name: string, settings: ChartSettings, access: LoaderAccess): Promise<HelmRun | UnreadFile> {
    const folder = await access.scratch.makeFolder(name);
    const flags: string[] = ["--include-crds", `--namespace=${settings.releaseNamespace ?? "default"}`];
    if (settings.kubeVersion !== undefined) flags.push(`--kube-version=${settings.kubeVersion}`);
    const values: GivenValues[] = [];
    const copies = new Map<string, string>();
    for (const given of settings.values) {
      const copied = await copyOf(given, folder, access);
      if ("fault" in copied) return copied;
      values.push({ file: displayName(given, access.cwd), text: Buffer.from(copied.bytes).toString("utf8") });
      copies.set(copied.path, displayName(given, access.cwd));
      flags.push(`--values=${copied.path}`);
    }
    for (const set of settings.set) flags.push(`--set=${set}`);
    for (const set of settings.setString) flags.push(`--set-string=${set}`);
    for (const set of settings.setFile) {
      const pairs: string[] = [];
      for (const pair of set.split(/(?<!\\),/u)) {
        const at = pair.indexOf("=");
        const copied = await copyOf(pair.slice(at + 1), folder, access);
        if ("fault" in copied) return copied;
        copies.set(copied.path, displayName(pair.slice(at + 1), access.cwd));
        pairs.push(`${pair.slice(0, at)}=${copied.path}`);
      }
      flags.push(`--set-file=${pairs.join(",")}`);
    }
    return new HelmRun(access, folder, { ...settings, release: settings.releaseName ?? releaseNameOf(name) }, flags, { values, copies });
  }

  /** Writes a copy of the chart, and returns its folder. */
  async write(files: ReadonlyMap<string, ChartFile>, name: string): Promise<string> {
    const folder = path.join(this.#folder, name);
    for (const { path: within, bytes } of files.values()) await this.writeFile(folder, within, bytes);
    return folder;
  }

  /** Writes a file of a copy anew. */
  async writeFile(folder: string, within: string, content: string | Uint8Array): Promise<void> {
    await this.#access.scratch.writeFile(path.join(folder, ...within.split("/")), content);
  }

  /** Renders a copy; `more` are flags that come after those of the settings. */
  async template(folder: string, more: readonly string[] = []): Promise<ToolOutcome> {
    const args = ["template", ...this.#flags, ...more, "--", this.#release, folder];
    return this.#access.tools.run("helm", args, { cwd: this.#folder, ...LIMITS });
  }

  /** What Helm said, with the names of the user's files in place of those of their copies; and the first of them that it names. */
  withOwnNames(said: string): { readonly text: string; readonly file?: string } {
    let text = said;
    let first: { readonly at: number; readonly file: string } | undefined;
    for (const [copy, file] of this.#copies) {
      const at = said.indexOf(copy);
      if (at === -1) continue;
      if (first === undefined || at < first.at) first = { at, file };
      text = text.replaceAll(copy, () => file);
    }
    return { text, ...(first === undefined ? {} : { file: first.file }) };
  }

  /** Fetches the dependencies of a copy. */
  async buildDependencies(folder: string): Promise<ToolOutcome> {
    return this.#access.tools.run("helm", ["dependency", "build", "--", folder], { cwd: this.#folder, ...LIMITS, timeoutMs: 120_000 });
  }
}

/** A file of the user's in the folder that Helm works in; Helm would take what looks like a URL for one. */
async function copyOf(
  given: string,
  folder: string,
  { files, scratch, cwd }: LoaderAccess,
): Promise<{ readonly path: string; readonly bytes: Uint8Array } | UnreadFile> {
  // Whether there is such a file was looked at before: what stands in front of a = is no chart then.
  const at = given.indexOf("=");
  const chart = at === -1 ? "" : `, and no chart that is rendered by itself has the name or folder ${JSON.stringify(given.slice(0, at))}`;
  try {
    const { bytes } = await files.readFile(path.resolve(cwd, given), MOST_GIVEN_BYTES);
    if (bytes === undefined) return { file: given, fault: "it is larger than 5 MiB" };
    const copy = path.join(await scratch.makeFolder(`${path.basename(folder)}-given`), "file");
    await scratch.writeFile(copy, bytes);
    return { path: copy, bytes };
  } catch {
    return { file: given, fault: `it can't be read as a file${chart}` };
  }
}

function displayName(given: string, cwd: string): string {
  return path.relative(cwd, path.resolve(cwd, given)).split(path.sep).join("/");
}

/** A chart's name as that of a release: Helm takes names of DNS of at most 53 characters. */
function releaseNameOf(chart: string): string {
  const name = chart
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/gu, "-")
    .slice(0, 53)
    .replaceAll(/^-+|-+$/gu, "");
  return name === "" ? "release" : name;
}
