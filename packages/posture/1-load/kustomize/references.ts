import { isFields, listOf, textOf, type Fields } from "./kustomization.ts";

/** What a kustomization names. */
export interface Reference {
  /** As it is written: a path from the kustomization's folder, or a URL. */
  readonly target: string;
  /** `base`: a folder with a kustomization, or a file of manifests. `component`: such a folder. `file`: anything else that it reads. */
  readonly role: "base" | "component" | "file" | "plugin";
}

/** Where a kustomization has generators, transformers and validators: as files, folders or texts. */
export const PLUGIN_KEYS: readonly string[] = ["generators", "transformers", "validators"];

/** What a generator or transformer of Kustomize's own reads, by its configuration: https://kubectl.docs.kubernetes.io/references/kustomize/builtins */
export function pluginReferences(fields: Fields): readonly Reference[] {
  return [
    ...generatorFiles(fields),
    ...optional(fields["path"]),
    ...listOf(fields["paths"]).flatMap((one) => optional(one).filter(({ target }) => !target.includes("\n"))),
    ...paths(fields, "replacements"),
    ...optional(fields["valuesFile"]),
    ...listOf(fields["additionalValuesFiles"]).flatMap(optional),
  ];
}

/** What a kustomization names, in the order in which Kustomize reads it: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization */
export function referencesOf(fields: Fields): readonly Reference[] {
  return [
    ...named(fields, "base", "resources", "bases"),
    ...named(fields, "component", "components"),
    // A generator or transformer may be a folder of such, or stand here as a text.
    ...named(fields, "plugin", ...PLUGIN_KEYS).filter(({ target }) => !target.includes("\n")),
    ...named(fields, "file", "crds", "configurations"),
    ...listOf(fields["patchesStrategicMerge"]).flatMap((one) => {
      const target = textOf(one);
      return target === undefined || target.includes("\n") ? [] : [{ target, role: "file" as const }];
    }),
    ...paths(fields, "patches", "patchesJson6902", "replacements"),
    ...optional(isFields(fields["openapi"]) ? fields["openapi"]["path"] : undefined),
    ...[...listOf(fields["configMapGenerator"]), ...listOf(fields["secretGenerator"])].flatMap(generatorFiles),
    ...listOf(fields["helmCharts"]).flatMap((chart) =>
      isFields(chart) ? [...optional(chart["valuesFile"]), ...listOf(chart["additionalValuesFiles"]).flatMap(optional)] : [],
    ),
  ];
}

function named(fields: Fields, role: Reference["role"], ...keys: readonly string[]): readonly Reference[] {
  return keys.flatMap((key) => listOf(fields[key]).flatMap((one) => optional(one).map(({ target }) => ({ target, role }))));
}

function paths(fields: Fields, ...keys: readonly string[]): readonly Reference[] {
  return keys.flatMap((key) => listOf(fields[key]).flatMap((one) => (isFields(one) ? optional(one["path"]) : [])));
}

function optional(value: unknown): readonly Reference[] {
  const target = textOf(value);
  return target === undefined ? [] : [{ target, role: "file" }];
}

/** `files: [name.txt, key=name.txt]`, and files of variables. */
function generatorFiles(generator: unknown): readonly Reference[] {
  if (!isFields(generator)) return [];
  const files = listOf(generator["files"]).flatMap((one) => optional(typeof one === "string" ? one.slice(one.indexOf("=") + 1) : one));
  return [...files, ...listOf(generator["envs"]).flatMap(optional), ...optional(generator["env"])];
}

/** Whether a target has to be fetched, if there is no such file: a URL, or one of the shorter forms that Kustomize takes for one. */
export function isRemote(target: string): boolean {
  return /^[a-z][a-z0-9+.-]*:|^[^/@\s]+@[^/:\s]+:|^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)\/|\?(?:ref|version|timeout|submodules)=|^git::/iu.test(
    target,
  );
}

/** Whether Kustomize would start Helm for it. */
export function rendersCharts(fields: Fields): boolean {
  return listOf(fields["helmCharts"]).length > 0 || listOf(fields["helmChartInflationGenerator"]).length > 0;
}
