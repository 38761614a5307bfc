import { readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { whyUnread } from "../file-reason.ts";
import { UsageError } from "../usage-error.ts";
import { isFields, type Fields } from "./fields.ts";

/** An entry of one of a kubeconfig's lists. */
export interface NamedEntry {
  readonly name: string;
  readonly [field: string]: unknown;
}

/** What a kubeconfig says, or several together: https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/ */
export interface Kubeconfig {
  readonly clusters: readonly NamedEntry[];
  readonly users: readonly NamedEntry[];
  readonly contexts: readonly NamedEntry[];
  readonly currentContext: string | null;
}

const LISTS = ["clusters", "users", "contexts"] as const;
/** Fields that hold a path, which is relative to the file that has it. */
const PATHS: readonly string[] = ["certificate-authority", "client-certificate", "client-key", "tokenFile", "token-file"];

function absolute(folder: string, value: unknown): unknown {
  return typeof value === "string" && value !== "" ? path.resolve(folder, value) : value;
}

/** The settings of an identity provider with an absolute path of its authority. */
function settledProvider(folder: string, provider: Fields): Fields {
  const config = provider["config"];
  const key = "idp-certificate-authority";
  return isFields(config) && config[key] !== undefined
    ? { ...provider, config: { ...config, [key]: absolute(folder, config[key]) } }
    : provider;
}

/** A cluster's or user's settings with absolute paths; a plug-in's command is a path where it has a slash. */
function settled(folder: string, settings: Fields): Fields {
  const made: Record<string, unknown> = { ...settings };
  for (const name of PATHS) if (made[name] !== undefined) made[name] = absolute(folder, made[name]);
  const exec = made["exec"];
  if (isFields(exec) && typeof exec["command"] === "string" && /[/\\]/u.test(exec["command"]))
    made["exec"] = { ...exec, command: absolute(folder, exec["command"]) };
  const provider = made["auth-provider"];
  if (isFields(provider)) made["auth-provider"] = settledProvider(folder, provider);
  return made;
}

function entriesOf(document: Fields, list: (typeof LISTS)[number], folder: string): readonly NamedEntry[] {
  const entries = document[list];
  if (!Array.isArray(entries)) return [];
  return (entries as unknown[]).flatMap((entry) => {
    if (!isFields(entry) || typeof entry["name"] !== "string") return [];
    const key = list.slice(0, -1);
    const settings = entry[key];
    return [{ ...entry, name: entry["name"], [key]: isFields(settings) ? settled(folder, settings) : {} }];
  });
}

/** Reads one file. Throws `UsageError` where it is no kubeconfig; null where there is none and none must be there. */
function readOne(file: string, mustExist: boolean): Kubeconfig | null {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && !mustExist) return null;
    throw new UsageError(`the kubeconfig ${file} can't be read: ${whyUnread(error)}`);
  }
  let document: unknown;
  try {
    document = load(text);
  } catch (error) {
    const [reason = ""] = error instanceof Error ? error.message.split("\n") : [];
    throw new UsageError(`the kubeconfig ${file} is not valid YAML: ${reason}`);
  }
  if (document === undefined || document === null) document = {};
  if (!isFields(document)) throw new UsageError(`the kubeconfig ${file} is none: it holds no mapping with clusters, users and contexts`);
  const folder = path.dirname(path.resolve(file));
  const current = document["current-context"];
  return {
    clusters: entriesOf(document, "clusters", folder),
    users: entriesOf(document, "users", folder),
    contexts: entriesOf(document, "contexts", folder),
    currentContext: typeof current === "string" && current !== "" ? current : null,
  };
}

function firstOfEachName(entries: readonly NamedEntry[]): readonly NamedEntry[] {
  return [...new Map(entries.toReversed().map((entry) => [entry.name, entry])).values()].toReversed();
}

/**
 * Reads kubeconfigs, of which the first that says something counts, as in kubectl. Of several files those that are not there are left out; null where none is there. `named` is true for a file that the user
 * named, which must be there. Throws `UsageError`.
 */
export function readKubeconfig(files: readonly string[], named: boolean): Kubeconfig | null {
  const read = files.map((file) => readOne(file, named)).filter((one) => one !== null);
  if (read.length === 0) return null;
  return {
    clusters: firstOfEachName(read.flatMap(({ clusters }) => clusters)),
    users: firstOfEachName(read.flatMap(({ users }) => users)),
    contexts: firstOfEachName(read.flatMap(({ contexts }) => contexts)),
    currentContext: read.find(({ currentContext }) => currentContext !== null)?.currentContext ?? null,
  };
}
