import { importCycles } from "./import-cycles.ts";
import type { SourceFile } from "./source-file.ts";

/** Which packages of ours each library may import. Programs, tools and tests may import any; nothing imports a program. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  rego: [],
  judge: ["core"],
  report: ["core"],
  posture: ["core", "rego"],
};

/**
 * The modules of Node that only compute. A library gets files, the network, time and processes through what is passed in. Of `timers/promises` it may have what gives
 * others their turn; what waits for a time is a use of the machine.
 */
const COMPUTING_MODULES: ReadonlySet<string> = new Set([
  "buffer",
  "crypto",
  "path",
  "path/posix",
  "string_decoder",
  "timers/promises",
  "url",
  "util",
  "zlib",
]);

/**
 * The parts of libraries whose whole purpose is the machine: a process of its own for a stranger's rules (docs/decisions/sandbox.md says why), and the network for rules
 * that may use it. They are entered from outside only, by what the package exports for them, so that nobody gets the machine who did not ask for it. And the script of
 * the report's page, which runs in a browser: the report has it as a text.
 */
const MACHINE_FOLDERS: readonly string[] = ["packages/report/page/", "packages/rego/network/", "packages/rego/sandbox/"];

/** What a package exports beside its main part, as `rego/sandbox`. */
const EXPORTED_PARTS: ReadonlySet<string> = new Set(["judge/comparing", "judge/exceptions", "rego/network", "rego/sandbox"]);

const NO_NAMES: ReadonlySet<string> = new Set(["utils", "util", "helpers", "helper", "common", "types", "constants", "misc"]);

/** All breaches of the architecture's rules in a workspace's files, each as one line that begins with the file. */
export function architectureBreaches(files: readonly SourceFile[]): readonly string[] {
  const byName = new Map(files.map((file) => [file.file, file]));
  return [
    ...files.flatMap(nameBreaches),
    ...files.flatMap(packageBreaches),
    ...files.flatMap((file) => stageBreaches(file, byName)),
    ...files.flatMap(purityBreaches),
    ...importCycles(files).map((cycle) => `${cycle[0]}: imports itself through ${cycle.slice(1).join(", ") || "nothing else"}`),
  ];
}

function nameBreaches({ file }: SourceFile): readonly string[] {
  const parts = file.split("/");
  const bases = parts.map((part) => part.replace(/(?:\.test)?\.ts$/u, ""));
  return [
    ...bases.filter((base) => NO_NAMES.has(base)).map((base) => `${file}: "${base}" names nothing; call it what it holds`),
    ...(/^(?:\d+-)?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)*\.ts$/u.test(parts.at(-1) ?? "") ? [] : [`${file}: files are named in kebab-case`]),
    ...(parts.at(-1) === "index.ts" && packageOf(file) !== parts.slice(0, -1).join("/")
      ? [`${file}: only a package's root has an index.ts; files inside a package are imported directly`]
      : []),
  ];
}

/** `packages/core` of `packages/core/a/b.ts`, `apps/cli` of `apps/cli/main.ts`; null for files of no package. */
function packageOf(file: string): string | null {
  return /^(?:packages|apps)\/[^/]+(?=\/)/u.exec(file)?.[0] ?? null;
}

function packageBreaches({ file, imports }: SourceFile): readonly string[] {
  const home = packageOf(file);
  const library = home?.startsWith("packages/") === true ? home.slice("packages/".length) : null;
  const allowed = library === null ? null : MAY_IMPORT[library];
  if (allowed === undefined) return [`${file}: the architecture test doesn't know what packages/${library} may import`];
  return imports.flatMap((imported) => {
    const target = packageOf(imported);
    if (home !== null && imported === `${home}/index.ts`)
      return [`${file}: imports its own package's index.ts; import the file that has it`];
    if (target !== null && target !== home && home !== null)
      return [`${file}: reaches into ${target} by path (${imported}); import the package`];
    if (target === null && home !== null && /^(?:\.\.|tools|bench|test|library|generated)\//u.test(imported) && !isTest(file)) {
      return [`${file}: imports ${imported}, which is outside every package`];
    }
    if (imported === "holdfast" || (target?.startsWith("apps/") === true && home !== target && home !== null))
      return [`${file}: imports a program`];
    const ours = /^@holdfast\/(?<name>[^/]+)(?<rest>\/.*)?$/u.exec(imported)?.groups;
    if (ours === undefined) return [];
    // What helps tests is for tests alone.
    const exported = EXPORTED_PARTS.has(`${ours["name"]}${ours["rest"]}`) || (ours["rest"] === "/testing" && isTest(file));
    if (ours["rest"] !== undefined && !exported) return [`${file}: reaches into a package (${imported}); import what it exports`];
    // An example imports its package as others would.
    if (isExample(file) && ours["name"] === library) return [];
    return allowed === null || allowed.includes(ours["name"] ?? "") ? [] : [`${file}: packages/${library} may not import ${imported}`];
  });
}

/** A stage imports only lower stages and support folders, and no support folder of it may lead to a higher stage. */
function stageBreaches(from: SourceFile, byName: ReadonlyMap<string, SourceFile>): readonly string[] {
  const stage = stageOf(from.file);
  if (stage === null || isTest(from.file)) return [];
  const breaches: string[] = [];
  const seen = new Set<string>([from.file]);
  const follow = (through: SourceFile, path: readonly string[]): void => {
    for (const imported of through.imports) {
      if (seen.has(imported) || !imported.startsWith(`${stage.pipeline}/`)) continue;
      seen.add(imported);
      const target = stageOf(imported, stage.pipeline);
      const way = [...path, imported].join(" -> ");
      if (target !== null && target.number > stage.number)
        breaches.push(`${from.file}: stage ${stage.number} imports stage ${target.number}: ${way}`);
      const next = byName.get(imported);
      if (target === null && next !== undefined) follow(next, [...path, imported]);
    }
  };
  follow(from, []);
  return breaches;
}

/** The numbered folder that a file lies in: the innermost one, or that of the given pipeline. */
function stageOf(file: string, pipeline?: string): { readonly pipeline: string; readonly number: number } | null {
  const match =
    pipeline === undefined
      ? /^(?<pipeline>.+)\/(?<number>\d+)-[^/]+\//u.exec(file)
      : /^(?<number>\d+)-[^/]+\//u.exec(file.slice(pipeline.length + 1));
  if (match?.groups === undefined) return null;
  return { pipeline: pipeline ?? match.groups["pipeline"] ?? "", number: Number(match.groups["number"]) };
}

function purityBreaches({ file, imports, machineUses }: SourceFile): readonly string[] {
  if (!file.startsWith("packages/") || isTest(file) || isExample(file) || machineFolder(file) !== null) return [];
  const modules = imports.filter((imported) => imported.startsWith("node:") && !COMPUTING_MODULES.has(imported.slice("node:".length)));
  const doors = imports.filter((imported) => machineFolder(imported) !== null && `${machineFolder(imported)?.slice(0, -1)}.ts` !== file);
  return [
    ...modules.map((imported) => `${file}: a library doesn't import ${imported}; it is given what it needs`),
    ...doors.map((imported) => `${file}: a library doesn't import ${imported}, which uses the machine; it is given what it needs`),
    ...machineUses.map((use) => `${file}: a library doesn't reach for the machine (${use}); it is given what it needs`),
  ];
}

function machineFolder(file: string): string | null {
  return MACHINE_FOLDERS.find((folder) => file.startsWith(folder)) ?? null;
}

/** A program that shows how a library is used. */
function isExample(file: string): boolean {
  return /^packages\/[^/]+\/examples\//u.test(file);
}

function isTest(file: string): boolean {
  return /(?:\.test|\/tester)\.ts$/u.test(file);
}
