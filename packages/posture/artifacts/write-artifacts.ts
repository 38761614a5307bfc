// Our library in the form in which Kubescape releases its own.
import type { AttackStep, Control, Framework, KindPattern, NeededInput, RuleDescription } from "@holdfast/core";
import { flattenModules } from "@holdfast/rego";
import type { LibrarySource, RuleSource } from "../library/read-library.ts";

type Json = Readonly<Record<string, unknown>>;

/** A library as released files: frameworks and controls whole, rules with all they import. */
export interface WrittenArtifacts {
  readonly frameworks: readonly Json[];
  readonly controls: readonly Json[];
  readonly parameters: Json;
  readonly attackTracks: readonly Json[];
  /** Holdfast has no exceptions of its own. */
  readonly exceptions: readonly Json[];
}

/** Older scanners take the one rule, newer ones that which took its place. Any version does: only rules that were replaced long ago are there twice. */
const REPLACED_IN = "v2.0.0";

/** Groups of objects that are looked up when a scan runs, not matched among manifests. */
const DYNAMIC =
  /^(?:hostdata\.kubescape\.cloud|apiserverinfo\.kubescape\.cloud|eks\.amazonaws\.com|management\.azure\.com|container\.googleapis\.com)$/u;

function matches(kinds: readonly KindPattern[]): readonly Json[] {
  const byGroup = Map.groupBy(kinds, ({ group }) => group);
  return [...byGroup].map(([group, patterns]) => ({ apiGroups: [group], apiVersions: ["*"], resources: patterns.map(({ kind }) => kind) }));
}

function isDynamic({ group, kind }: KindPattern): boolean {
  return DYNAMIC.test(group) || kind === "ImageVulnerabilities";
}

function attributesOf({ aggregate, needs, layout, supersededBy }: RuleDescription, supersedes: boolean): Json {
  return {
    ...(aggregate === null ? {} : { resourcesAggregator: aggregate }),
    ...(needs === "host-data" ? { hostSensorRule: "true" } : {}),
    ...(needs === "image-vulnerabilities" ? { imageScanRelated: true } : {}),
    // Peers know of no other inputs; read again, nothing is lost.
    ...(needs === null ? {} : { holdfastNeeds: needs }),
    ...(layout === null ? {} : { holdfastLayout: layout }),
    ...(supersededBy === null ? {} : { useUntilKubescapeVersion: REPLACED_IN }),
    ...(supersedes ? { useFromKubescapeVersion: REPLACED_IN } : {}),
  };
}

function ruleArtifact({ description, modules, filter }: RuleSource, supersedes: boolean, meanings: ReadonlyMap<string, string>): Json {
  const { name, kinds, clouds, parameters } = description;
  return {
    name,
    attributes: attributesOf(description, supersedes),
    ruleLanguage: "Rego",
    match: matches(kinds.filter((kind) => !isDynamic(kind))),
    dynamicMatch: matches(kinds.filter(isDynamic)),
    ruleDependencies: [],
    description: description.description,
    remediation: "",
    ruleQuery: "armo_builtins",
    rule: flattenModules(modules, "deny"),
    resourceEnumerator: filter === null ? "" : flattenModules(filter, "deny"),
    controlConfigInputs: parameters.map((one) => ({
      path: `settings.postureControlInputs.${one}`,
      name: one,
      description: meanings.get(one) ?? "",
    })),
    configInputs: parameters.map((one) => `settings.postureControlInputs.${one}`),
    relevantCloudProviders: clouds,
  };
}

const ACTIONS: Readonly<Partial<Record<NeededInput, string>>> = { manual: "manual review", parameters: "configuration" };

function controlArtifact(control: Control, rules: ReadonlyMap<string, Json>, descriptions: ReadonlyMap<string, RuleDescription>): Json {
  const { id, name, help, score, category, subCategory, scope, tags, mitre, attackTracks } = control;
  const needs = new Set(control.rules.map((rule) => descriptions.get(rule)?.needs ?? null));
  const [only] = needs;
  const action = needs.size === 1 && only !== null && only !== undefined ? ACTIONS[only] : undefined;
  return {
    controlID: id,
    name,
    attributes: {
      controlTypeTags: tags,
      microsoftMitreColumns: mitre,
      attackTracks: attackTracks.map(({ track, categories }) => ({ attackTrack: track, categories })),
      ...(action === undefined ? {} : { actionRequired: action }),
    },
    description: help.description,
    remediation: help.fix,
    long_description: help.why,
    test: help.limits,
    example: "",
    ...(score === null ? {} : { baseScore: score }),
    category: { name: category, id: "", ...(subCategory === undefined ? {} : { subCategory: { name: subCategory, id: "" } }) },
    scanningScope: { matches: scope },
    rulesNames: control.rules,
    rules: control.rules.flatMap((rule) => rules.get(rule) ?? []),
  };
}

function frameworkArtifact({ id, name, description, sections }: Framework, controls: ReadonlyMap<string, Json>): Json {
  const ids = [...new Set(sections.flatMap((section) => section.controls))];
  return {
    name: id.toLowerCase() === name.toLowerCase() ? name : id,
    description,
    attributes: { builtin: true, title: name },
    scanningScope: { matches: ["cluster", "file"] },
    typeTags: ["compliance"],
    version: "",
    subSections: Object.fromEntries(
      sections.map((section) => [section.id, { id: section.id, name: section.title, controlsIDs: section.controls }]),
    ),
    controls: ids.flatMap((control) => controls.get(control) ?? []),
    ControlsIDs: ids,
  };
}

function stepArtifact({ name, checksVulnerabilities, next }: AttackStep): Json {
  return {
    name,
    ...(checksVulnerabilities ? { checksVulnerabilities } : {}),
    ...(next.length === 0 ? {} : { subSteps: next.map(stepArtifact) }),
  };
}

/** Writes the library in the released form. Throws a `FlattenError` where a rule's modules can't be put into one. */
export function writeArtifacts({ library, rules: sources }: LibrarySource): WrittenArtifacts {
  const meanings = new Map(library.parameters.map(({ name, meaning }) => [name, meaning]));
  const successors = new Set(library.rules.map(({ supersededBy }) => supersededBy));
  const rules = new Map(
    sources.map((source) => [source.description.name, ruleArtifact(source, successors.has(source.description.name), meanings)]),
  );
  const descriptions = new Map(library.rules.map((rule) => [rule.name, rule]));
  const controls = new Map(library.controls.map((control) => [control.id, controlArtifact(control, rules, descriptions)]));
  return {
    frameworks: library.frameworks.map((framework) => frameworkArtifact(framework, controls)),
    controls: [...controls.values()],
    parameters: {
      name: "default",
      attributes: {},
      scope: { designatorType: "attributes", attributes: {} },
      settings: { postureControlInputs: Object.fromEntries(library.parameters.map(({ name, default: values }) => [name, values])) },
    },
    attackTracks: library.attackTracks.map(({ name, start }) => ({
      apiVersion: "regolibrary.kubescape/v1alpha1",
      kind: "AttackTrack",
      metadata: { name },
      spec: { data: stepArtifact(start) },
    })),
    exceptions: [],
  };
}
