import { HOST_LAYOUTS, NEEDED_INPUTS, type KindPattern, type NeededInput, type Parameters, type RuleDescription } from "@holdfast/core";
import type { ModuleSource } from "@holdfast/rego";
import { CLOUD_GROUPS } from "../2-select/cloud-providers.ts";
import type { CustomRule } from "../custom-rules/custom-rule.ts";
import type { LibraryFault } from "../library/library-fault.ts";
import { digestOf } from "../library/read-library.ts";
import { isFields, objectsIn, type Artifact, type Fields } from "./artifact-files.ts";
import { providedModules } from "./provided-modules.ts";

/** The texts of a list; what is no list has none. */
export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** A text, or nothing where it is empty or none. */
export function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** Kinds as `{apiGroups, apiVersions, resources}`; versions don't matter, and each kind is one of each group. */
function kindsIn(value: unknown): readonly KindPattern[] {
  const patterns = objectsIn(value).flatMap((match) =>
    textsIn(match["apiGroups"]).flatMap((group) => textsIn(match["resources"]).map((kind) => ({ group, kind }))),
  );
  return [...new Map(patterns.map((one) => [`${one.group}/${one.kind}`, one])).values()];
}

const NEEDED_BY_GROUP: ReadonlyMap<string, NeededInput> = new Map<string, NeededInput>([
  ["hostdata.kubescape.cloud", "host-data"],
  ...Array.from(CLOUD_GROUPS.keys(), (group) => [group, "cloud"] as const),
  ["apiserverinfo.kubescape.cloud", "api-server-info"],
]);

/** The input besides manifests that a rule can't do without: as the file says, or by the kinds that are looked up at run time. */
function neededBy(attributes: Fields, kinds: readonly KindPattern[], rego: unknown): NeededInput | null {
  const said = NEEDED_INPUTS.find((one) => one === attributes["holdfastNeeds"]);
  if (said !== undefined) return said;
  // Signatures are fetched from registries, which no rule of a stranger's may do.
  if (typeof rego === "string" && /\bcosign\.(?:verify|has_signature)\(/u.test(rego)) return "image-signatures";
  if (kinds.some(({ kind }) => kind === "ImageVulnerabilities")) return "image-vulnerabilities";
  for (const [group, needs] of NEEDED_BY_GROUP) if (kinds.some((pattern) => pattern.group === group)) return needs;
  return null;
}

/** The names of parameters: the last parts of paths such as `settings.postureControlInputs.publicRegistries`. */
function parametersIn(fields: Fields): readonly string[] {
  const paths = [...textsIn(fields["configInputs"]), ...objectsIn(fields["controlConfigInputs"]).flatMap(({ path }) => textIn(path) ?? [])];
  return [...new Set(paths.map((path) => path.replace(/^.*\./u, "")))];
}

/** What a rule says that it must not say to be evaluated; null where nothing. */
function obstacle(fields: Fields, aggregate: string | undefined): string | null {
  const language = textIn(fields["ruleLanguage"]) ?? "Rego";
  if (language.toLowerCase() !== "rego") return `its language is ${language}, and only Rego is evaluated`;
  const query = textIn(fields["ruleQuery"]) ?? "armo_builtins";
  if (!/^(?:data\.)?armo_builtins$/u.test(query)) return `its query is ${query}, and only armo_builtins is asked`;
  if (aggregate !== undefined && aggregate !== "subject-role-rolebinding" && aggregate !== "apiserver-pod")
    return `its resourcesAggregator ${aggregate} is not known`;
  return textIn(fields["rule"]) === undefined ? "it has no Rego" : null;
}

/** Whether a rule is for older scanners, and another has taken its place. */
export function isOutdated(fields: Fields): boolean {
  return isFields(fields["attributes"]) && textIn(fields["attributes"]["useUntilKubescapeVersion"]) !== undefined;
}

/** Reads a rule. Returns null, and says why, where it can't be evaluated. `parameters` are those that a control fixes for it, under a name of its own. */
export function readRuleArtifact({ file, fields }: Artifact, faults: LibraryFault[]): CustomRule | null {
  const name = textIn(fields["name"]);
  if (name === undefined) {
    faults.push({ file, line: null, message: "a rule has no name" });
    return null;
  }
  const attributes = isFields(fields["attributes"]) ? fields["attributes"] : {};
  const aggregate = textIn(attributes["resourcesAggregator"]);
  const wrong = obstacle(fields, aggregate);
  const kinds = kindsIn(fields["match"]);
  const dynamic = kindsIn(fields["dynamicMatch"]);
  const needs = neededBy(attributes, [...kinds, ...dynamic], fields["rule"]);
  // What is left to a person needs no objects.
  if (wrong !== null || (kinds.length + dynamic.length === 0 && needs !== "manual")) {
    faults.push({ file, line: null, message: `rule ${name}: ${wrong ?? "it matches no kinds of objects"}` });
    return null;
  }
  const program = (text: string, suffix: string): readonly ModuleSource[] => [
    { file: `${file}#${name}${suffix}`, source: text },
    ...providedModules(text),
  ];
  const modules = program(String(fields["rule"]), "");
  const filterText = textIn(fields["resourceEnumerator"]);
  const filter = filterText === undefined ? null : program(filterText, " (filter)");
  const text = textIn(fields["description"]) ?? name;
  const description: RuleDescription = {
    name,
    title: name,
    description: text,
    kinds: [...kinds, ...dynamic],
    needs,
    aggregate: aggregate === "subject-role-rolebinding" || aggregate === "apiserver-pod" ? aggregate : null,
    clouds: textsIn(fields["relevantCloudProviders"]),
    layout: HOST_LAYOUTS.find((one) => one === attributes["holdfastLayout"]) ?? null,
    supersededBy: null,
    parameters: parametersIn(fields),
    digest: digestOf([...modules, ...(filter ?? [])].map(({ source }) => source)),
  };
  return { description, modules, filter, over: "array" };
}

/** A rule for one control, which fixes some of its parameters or leaves it to a person. */
export function ruleOfControl(rule: CustomRule, control: string, needs: NeededInput | null, fixed: Parameters): CustomRule {
  const name = `${rule.description.name} of ${control}`;
  return { ...rule, description: { ...rule.description, name, needs: needs ?? rule.description.needs }, parameters: fixed };
}
