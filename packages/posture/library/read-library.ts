import { createHash } from "node:crypto";
import type { AttackTrack, Framework, Library, ParameterDescription, RuleDescription } from "@holdfast/core";
import { packageAnnotation, type ModuleSource } from "@holdfast/rego";
import { readAttackTracks, stepsOf } from "./attack-track-page.ts";
import { readControlPage, type ControlPage } from "./control-page.ts";
import { readFramework } from "./framework-page.ts";
import type { LibraryFault, LibraryFile } from "./library-fault.ts";
import { readParameters } from "./parameter-page.ts";
import { readRuleDescription } from "./rule-description.ts";

/** A rule with the sources of its program: its own module and the shared ones it imports. */
export interface RuleSource {
  readonly description: RuleDescription;
  readonly modules: readonly ModuleSource[];
  /** The same for its filter, where it has one. */
  readonly filter: readonly ModuleSource[] | null;
}

/** The library as its files say it, with all that is wrong with them. */
export interface LibrarySource {
  readonly library: Library;
  readonly pages: readonly ControlPage[];
  readonly rules: readonly RuleSource[];
  readonly faults: readonly LibraryFault[];
}

const IMPORT = /^import\s+data\.holdfast\.lib\.([a-z0-9_]+)/gmu;

/** A short digest of texts. */
export function digestOf(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest("hex").slice(0, 16);
}

/** A file of the library as a module. */
export function libraryModule({ path, text }: LibraryFile): ModuleSource {
  return { file: `library/${path}`, source: text, version: "v1" };
}

/** The shared modules among files, by the name under `data.holdfast.lib`. */
export function sharedModules(files: readonly LibraryFile[]): ReadonlyMap<string, LibraryFile> {
  return new Map(files.flatMap((file) => (/^lib\/[^/]+\.rego$/u.test(file.path) ? [[file.path.slice(4, -5), file] as const] : [])));
}

/** A module and all shared modules that it imports, directly or not, each once, the module first. */
export function withImports(
  file: LibraryFile,
  lib: ReadonlyMap<string, LibraryFile>,
  faults: LibraryFault[],
  moduleOf: (file: LibraryFile) => ModuleSource = libraryModule,
): readonly ModuleSource[] {
  const files = new Set([file]);
  // A set is walked in the order of insertion, those that are added on the way included.
  for (const one of files) {
    for (const [, name] of one.text.matchAll(IMPORT)) {
      const found = lib.get(name ?? "");
      if (found === undefined)
        faults.push({ file: one.path, line: null, message: `imports data.holdfast.lib.${name}, and library/lib has no ${name}.rego` });
      else files.add(found);
    }
  }
  return [...files].map(moduleOf);
}

function readRules(files: readonly LibraryFile[], faults: LibraryFault[]): readonly RuleSource[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const lib = sharedModules(files);
  return files.flatMap((file) => {
    const name = /^rules\/([^/]+)\/rule\.rego$/u.exec(file.path)?.[1];
    if (name === undefined) return [];
    const filterFile = byPath.get(`rules/${name}/filter.rego`);
    const modules = withImports(file, lib, faults);
    const filter = filterFile === undefined ? null : withImports(filterFile, lib, faults);
    const digest = digestOf([...modules, ...(filter ?? [])].map(({ source }) => source));
    const metadata = packageAnnotation(file.text, { file: file.path, version: "v1" });
    return [{ description: readRuleDescription(name, file.path, metadata, digest, faults), modules, filter }];
  });
}

/** Finds tracks and steps that a control names and that are none. */
function checkTracks(pages: readonly ControlPage[], tracks: readonly AttackTrack[], faults: LibraryFault[]): void {
  const steps = new Map(tracks.map((track) => [track.name, new Set(stepsOf(track).map(({ name }) => name))]));
  for (const { control } of pages) {
    for (const { track, categories } of control.attackTracks) {
      const known = steps.get(track);
      if (known === undefined) faults.push({ file: control.id, line: null, message: `there is no attack track ${track}` });
      for (const name of categories)
        if (known?.has(name) === false)
          faults.push({ file: control.id, line: null, message: `the attack track ${track} has no step ${name}` });
    }
  }
}

/** Finds names that lead nowhere: a control's rules and parameters, a rule's parameters, a framework's controls. */
function checkReferences(
  pages: readonly ControlPage[],
  rules: readonly RuleSource[],
  frameworks: readonly Framework[],
  parameters: readonly ParameterDescription[],
  faults: LibraryFault[],
): void {
  const ruleNames = new Set(rules.map(({ description }) => description.name));
  const ids = new Set(pages.map(({ control }) => control.id));
  const parameterNames = new Set(parameters.map(({ name }) => name));
  const withoutObjects = new Set(
    rules.flatMap(({ description: { name, needs } }) => (needs === "manual" || needs === "image-signatures" ? [name] : [])),
  );
  for (const { control, examples } of pages) {
    const file = control.id;
    for (const rule of control.rules) if (!ruleNames.has(rule)) faults.push({ file, line: null, message: `there is no rule ${rule}` });
    if (examples === null && !control.rules.every((rule) => withoutObjects.has(rule)))
      faults.push({ file, line: null, message: 'the sections "bad" and "good" are missing' });
    for (const name of control.parameters)
      if (!parameterNames.has(name)) faults.push({ file, line: null, message: `there is no parameter ${name}` });
  }
  for (const { description } of rules) {
    if (description.supersededBy !== null && !ruleNames.has(description.supersededBy))
      faults.push({ file: description.name, line: null, message: `supersededBy: there is no rule ${description.supersededBy}` });
    for (const name of description.parameters)
      if (!parameterNames.has(name)) faults.push({ file: description.name, line: null, message: `there is no parameter ${name}` });
  }
  for (const framework of frameworks) {
    for (const id of framework.sections.flatMap(({ controls }) => controls))
      if (!ids.has(id)) faults.push({ file: framework.id, line: null, message: `there is no control ${id}` });
  }
}

/** Reads the library from its files. Nothing is compiled. */
export function readLibrary(files: readonly LibraryFile[]): LibrarySource {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const faults: LibraryFault[] = [];
  const pages = sorted.flatMap((file) => (/^controls\/[^/]+\.md$/u.test(file.path) ? (readControlPage(file, faults) ?? []) : []));
  const rules = readRules(sorted, faults);
  const frameworks = sorted.flatMap((file) => (/^frameworks\/[^/]+\.yaml$/u.test(file.path) ? [readFramework(file, faults)] : []));
  const parameterFile = sorted.find(({ path }) => path === "parameters.yaml");
  const parameters = parameterFile === undefined ? [] : readParameters(parameterFile, faults);
  const trackFile = sorted.find(({ path }) => path === "attack-tracks.yaml");
  const attackTracks = trackFile === undefined ? [] : readAttackTracks(trackFile, faults);
  checkReferences(pages, rules, frameworks, parameters, faults);
  checkTracks(pages, attackTracks, faults);
  const library: Library = {
    controls: pages.map(({ control }) => control).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    rules: rules.map(({ description }) => description),
    frameworks,
    parameters,
    attackTracks,
    digest: digestOf(
      sorted.filter(({ path }) => !/(?:^|\/)(?:cases|mutants)\.yaml$/u.test(path)).map(({ path, text }) => `${path}\n${text}`),
    ),
  };
  return { library, pages, rules, faults };
}
