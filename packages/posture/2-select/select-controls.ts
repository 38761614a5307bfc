import { nearestNames, type Control, type Framework, type Library } from "@holdfast/core";

/** What to judge. Names are matched without regard to case; with none given every control of the library is judged. */
export interface ControlRequest {
  readonly frameworks: readonly string[];
  readonly controls: readonly string[];
  readonly excludeControls: readonly string[];
}

/** What was selected. Controls are sorted by id, frameworks as they were asked for. */
export interface ControlSelection {
  readonly controls: readonly Control[];
  /** Controls that would have been judged and were excluded. */
  readonly excluded: readonly Control[];
  readonly frameworks: readonly Framework[];
}

/** A name that the library, or of a kind the cluster, does not have. */
export interface UnknownName {
  readonly what: "control" | "framework" | "kind";
  readonly name: string;
  readonly nearest: readonly string[];
  /** What has this name instead. */
  readonly is?: "control" | "framework";
}

/** The name that stands for every framework. */
const ALL = "all";

/** A control is found by its id or its whole name. */
function findControl(library: Library, name: string): Control | undefined {
  const wanted = name.toLowerCase();
  return library.controls.find((control) => control.id.toLowerCase() === wanted || control.name.toLowerCase() === wanted);
}

/** A framework is found by its id or its whole name. */
function findFramework(library: Library, name: string): Framework | undefined {
  return library.frameworks.find(({ id, name: title }) => [id, title.toLowerCase()].includes(name.toLowerCase()));
}

/** Selects the controls to judge, or says which names are unknown. */
export function selectControls(library: Library, request: ControlRequest): ControlSelection | { readonly unknown: readonly UnknownName[] } {
  const unknown: UnknownName[] = [];
  const findControls = (names: readonly string[]): readonly Control[] =>
    names.flatMap((name) => {
      const control = findControl(library, name);
      if (control !== undefined) return [control];
      const ids = library.controls.map(({ id }) => id);
      const byId = nearestNames(name, ids);
      const nearest =
        byId.length > 0
          ? byId
          : nearestNames(
              name,
              library.controls.map((one) => one.name),
            );
      unknown.push({ what: "control", name, nearest, ...(findFramework(library, name) === undefined ? {} : { is: "framework" }) });
      return [];
    });

  const frameworks = new Set<Framework>();
  for (const name of request.frameworks) {
    if (name.toLowerCase() === ALL) {
      for (const framework of library.frameworks) frameworks.add(framework);
      continue;
    }
    const framework = findFramework(library, name);
    if (framework !== undefined) frameworks.add(framework);
    else
      unknown.push({
        what: "framework",
        name,
        nearest: nearestNames(
          name,
          library.frameworks.map(({ id }) => id),
        ),
        ...(findControl(library, name) === undefined ? {} : { is: "control" }),
      });
  }
  const asked = new Set(findControls(request.controls));
  const excluded = new Set(findControls(request.excludeControls));
  if (unknown.length > 0) return { unknown };

  const inFrameworks = new Set([...frameworks].flatMap(({ sections }) => sections.flatMap(({ controls }) => controls)));
  const everything = request.frameworks.length === 0 && request.controls.length === 0;
  const selected = library.controls.filter((control) => everything || asked.has(control) || inFrameworks.has(control.id));
  return {
    controls: selected.filter((control) => !excluded.has(control)).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    excluded: selected.filter((control) => excluded.has(control)).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    frameworks: [...frameworks],
  };
}
