import { mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ExitCode } from "@holdfast/judge";
import { nearestNames } from "@holdfast/core";
import { writeArtifacts, type LibrarySource, type WrittenArtifacts } from "@holdfast/posture";
import { whyUnwritten } from "./file-reason.ts";
import type { CommandContext } from "./commands/define.ts";
import { chosenSource } from "./library/chosen-source.ts";
import { suggestion } from "./output-targets.ts";
import { UsageError } from "./usage-error.ts";

/** What `holdfast download` can write. */
export type Downloaded = "artifacts" | "framework" | "control" | "controls-inputs" | "attack-tracks" | "exceptions";

/** What to write, and where: a file, a folder or `-`; the working folder where nothing is said. */
export interface DownloadRequest {
  readonly what: Downloaded;
  readonly name: string | undefined;
  readonly output: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;
/** Contents by the names of their files. */
type Files = ReadonlyMap<string, unknown>;

function unknown(what: "framework" | "control", name: string, names: readonly string[]): UsageError {
  return new UsageError(`unknown ${what} "${name}"${suggestion(nearestNames(name, names))}\n\`holdfast list ${what}s\` lists them all.`);
}

/** The part of the library that is wanted: a named framework or control, or all of its kind; no rule is put together for nothing. */
function partOf(source: LibrarySource, what: Downloaded, name: string | undefined): LibrarySource {
  const { library } = source;
  const wanted = name?.toLowerCase();
  const is = (...names: readonly string[]): boolean => wanted === undefined || names.some((one) => one.toLowerCase() === wanted);
  const named = library.frameworks.filter(({ id, name: title }) => is(id, title));
  if (what === "framework" && named.length === 0)
    throw unknown(
      what,
      name ?? "",
      library.frameworks.map(({ id }) => id),
    );
  const frameworks = what === "artifacts" ? library.frameworks : what === "framework" ? named : [];
  const within = new Set(frameworks.flatMap(({ sections }) => sections.flatMap(({ controls }) => controls)));
  const controls = library.controls.filter(
    ({ id, name: title }) => what === "artifacts" || (what === "framework" && within.has(id)) || (what === "control" && is(id, title)),
  );
  if (what === "control" && controls.length === 0)
    throw unknown(
      what,
      name ?? "",
      library.controls.map(({ id }) => id),
    );
  const rules = new Set(controls.flatMap((control) => control.rules));
  return {
    ...source,
    library: { ...library, frameworks, controls },
    rules: source.rules.filter(({ description }) => rules.has(description.name)),
  };
}

function frameworkFiles(frameworks: readonly Json[]): Files {
  return new Map(frameworks.map((one) => [`${String(one["name"]).toLowerCase()}.json`, one]));
}

function filesOf(what: Downloaded, name: string | undefined, written: WrittenArtifacts): Files {
  const { frameworks, controls, parameters, attackTracks, exceptions } = written;
  switch (what) {
    case "framework":
      return frameworkFiles(frameworks);
    case "control":
      return name === undefined
        ? new Map([["controls.json", controls]])
        : new Map(controls.map((one) => [`${String(one["controlID"])}.json`, one]));
    case "controls-inputs":
      return new Map([["controls-inputs.json", parameters]]);
    case "attack-tracks":
      return new Map([["attack-tracks.json", attackTracks]]);
    case "exceptions":
      return new Map([["exceptions.json", exceptions]]);
    default:
      return new Map<string, unknown>([
        ...frameworkFiles(frameworks),
        ["controls.json", controls],
        ["controls-inputs.json", parameters],
        ["attack-tracks.json", attackTracks],
        ["exceptions.json", exceptions],
      ]);
  }
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Writes the library, or a part of it, as policy files of Kubescape's form. Nothing is fetched. */
export async function runDownload(
  { what, name, output }: DownloadRequest,
  { stdout, stderr, environment }: CommandContext,
): Promise<ExitCode> {
  if (name !== undefined && what !== "framework" && what !== "control")
    throw new UsageError(`\`holdfast download ${what}\` takes no name, and was given "${name}"`);
  if (output === "") throw new UsageError("--output is empty: name a file or folder, or leave it out");
  const files = filesOf(what, name, writeArtifacts(partOf(await chosenSource(environment.dataFolder), what, name)));
  const [only] = files;
  if (output === "-") {
    if (files.size !== 1 || only === undefined) throw new UsageError(`these are ${files.size} files: name a folder for them with --output`);
    stdout.write(`${JSON.stringify(only[1], null, 2)}\n`);
    return 0;
  }
  const target = path.resolve(environment.workingFolder, output ?? (what === "artifacts" ? "artifacts" : "."));
  const intoFolder = files.size > 1 || output === undefined || /[/\\]$/u.test(output) || isFolder(target);
  try {
    mkdirSync(intoFolder ? target : path.dirname(target), { recursive: true });
    for (const [file, content] of files)
      writeFileSync(intoFolder ? path.join(target, file) : target, `${JSON.stringify(content, null, 2)}\n`);
  } catch (error) {
    stderr.write(`holdfast: ${output ?? target} can't be written: ${whyUnwritten(error)}\n`);
    return 4;
  }
  const shown = path.relative(environment.workingFolder, target) || ".";
  stdout.write(`${files.size === 1 ? (intoFolder ? path.join(shown, only?.[0] ?? "") : shown) : `${files.size} files in ${shown}`}\n`);
  return 0;
}
