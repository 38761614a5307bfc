// A user's own controls in the form of our library: rules/<name>/rule.rego and filter.rego, controls/*.md, lib/*.rego.
import { nearestNames, type Control, type Library } from "@holdfast/core";
import type { ModuleSource } from "@holdfast/rego";
import { stepsOf } from "../library/attack-track-page.ts";
import { readControlPage } from "../library/control-page.ts";
import type { LibraryFault, LibraryFile } from "../library/library-fault.ts";
import { digestOf, libraryModule, sharedModules, withImports } from "../library/read-library.ts";
import { readRuleDescription } from "../library/rule-description.ts";
import type { CustomRule } from "./custom-rule.ts";

/** A folder of rules as it was read. */
export interface RuleFolder {
  /** Its path, as it is to be shown. */
  readonly name: string;
  /** Its files, by paths below it with `/`. */
  readonly files: readonly LibraryFile[];
}

/** What the rules of a folder may refer to. */
export interface RuleFolderSurroundings {
  readonly library: Library;
  /** The shared modules of the library, `lib/….rego`. */
  readonly shared: readonly LibraryFile[];
}

const PAGE = /^controls\/(?:[^/]+\/)*[^/]+\.md$/u;
const RULE = /^rules\/(?<name>[^/]+)\/rule\.rego$/u;

/** Whether a folder is one of our form, by the paths of its files: it has pages of controls, or rules in folders of their own. */
export function isRuleFolder(paths: readonly string[]): boolean {
  return paths.some((path) => PAGE.test(path) || RULE.test(path));
}

/** Whether a file is part of the form. Other `.rego` files of such a folder are rules on their own. */
export function belongsToForm(path: string): boolean {
  return PAGE.test(path) || /^rules\/[^/]+\/(?:rule|filter)\.rego$/u.test(path) || /^lib\/[^/]+\.rego$/u.test(path);
}

/** The files of a folder that are rules, in the order in which `readRuleFolder` wants their METADATA. */
export function rulesOfFolder({ files }: RuleFolder): readonly LibraryFile[] {
  return files.filter(({ path }) => RULE.test(path));
}

function checkNames(
  controls: readonly (readonly [string, Control])[],
  rules: readonly CustomRule[],
  library: Library,
  faults: LibraryFault[],
): void {
  const own = new Set(rules.map(({ description }) => description.name));
  const known = [...own, ...library.rules.map(({ name }) => name)];
  const parameters = library.parameters.map(({ name }) => name);
  const tracks = new Map(library.attackTracks.map((track) => [track.name, stepsOf(track).map(({ name }) => name)]));
  const check = (file: string, what: string, name: string, names: readonly string[]): void => {
    if (names.includes(name)) return;
    const nearest = nearestNames(name, names);
    faults.push({
      file,
      line: null,
      message: `there is no ${what} ${name}${nearest.length === 0 ? "" : `; did you mean ${nearest.join(" or ")}?`}`,
    });
  };
  for (const [file, control] of controls) {
    if (control.rules.length === 0) faults.push({ file, line: null, message: "rules: a control names the rules that judge it" });
    for (const rule of control.rules) check(file, "rule", rule, known);
    for (const name of control.parameters) check(file, "parameter", name, parameters);
    for (const { track, categories } of control.attackTracks) {
      check(file, "attack track", track, [...tracks.keys()]);
      for (const step of categories) check(file, `${track} step`, step, tracks.get(track) ?? categories);
    }
  }
  const named = new Set(controls.flatMap(([, control]) => control.rules));
  for (const { description, modules } of rules) {
    const file = modules[0]?.file ?? "";
    if (!named.has(description.name)) faults.push({ file, line: null, message: "no page in controls/ names this rule" });
    if (library.rules.some(({ name }) => name === description.name))
      faults.push({ file, line: null, message: `there is a rule ${description.name} already: give its folder another name` });
    if (description.supersededBy !== null) check(file, "rule", description.supersededBy, known);
    for (const name of description.parameters) check(file, "parameter", name, parameters);
  }
}

/**
 * Reads the controls and rules of a folder. `metadata` are the METADATA of the packages of its rules, in the order of `rulesOfFolder`: strangers' text, which has been read
 * where it can do no harm. Rules import the folder's own shared modules, or else the library's, as `data.holdfast.lib.NAME`.
 */
export function readRuleFolder(
  folder: RuleFolder,
  metadata: readonly unknown[],
  { library, shared }: RuleFolderSurroundings,
  faults: LibraryFault[],
): { readonly controls: readonly Control[]; readonly rules: readonly CustomRule[] } {
  const shown = (file: LibraryFile): LibraryFile => ({ ...file, path: `${folder.name}/${file.path}` });
  const ours = new Set(shared);
  const lib = new Map([...sharedModules(shared), ...sharedModules(folder.files)]);
  const moduleOf = (file: LibraryFile): ModuleSource => {
    if (ours.has(file)) return libraryModule(file);
    const { path, text } = shown(file);
    return { file: path, source: text };
  };
  const own: LibraryFault[] = [];
  const rules = rulesOfFolder(folder).flatMap((file, index): readonly CustomRule[] => {
    if (metadata[index] === undefined || metadata[index] === null) {
      own.push({
        file: file.path,
        line: null,
        message: "it does not parse, or has no METADATA before its package: `holdfast rego check FILE` tells",
      });
      return [];
    }
    const name = RULE.exec(file.path)?.groups?.["name"] ?? "";
    const filterFile = folder.files.find(({ path }) => path === `rules/${name}/filter.rego`);
    const modules = withImports(file, lib, own, moduleOf);
    const filter = filterFile === undefined ? null : withImports(filterFile, lib, own, moduleOf);
    const digest = digestOf([...modules, ...(filter ?? [])].map(({ source }) => source));
    return [{ description: readRuleDescription(name, file.path, metadata[index], digest, own), modules, filter, over: "array" }];
  });
  // What was read by paths below the folder is shown with the folder's own.
  faults.push(...own.map((fault) => ({ ...fault, file: `${folder.name}/${fault.file}` })));
  const controls = folder.files
    .filter(({ path }) => PAGE.test(path))
    .map(shown)
    .flatMap((file) => {
      const page = readControlPage(file, faults, true);
      return page === null ? [] : [[file.path, page.control] as const];
    });
  checkNames(controls, rules, library, faults);
  return { controls: controls.map(([, control]) => control), rules };
}
