import {
  makeProblem,
  severityOf,
  type AttackStep,
  type AttackTrack,
  type Control,
  type Framework,
  type Library,
  type NeededInput,
  type Parameters,
  type Problem,
} from "@holdfast/core";
import { readFrameworkFile } from "../custom-frameworks/read-framework-file.ts";
import type { CustomRule } from "../custom-rules/custom-rule.ts";
import type { LibraryFault, LibraryFile } from "../library/library-fault.ts";
import { digestOf } from "../library/read-library.ts";
import { EVALUATION_PROBLEMS } from "../problems.ts";
import { isFields, objectsIn, sortArtifacts, type Artifact, type Fields } from "./artifact-files.ts";
import { isOutdated, readRuleArtifact, ruleOfControl, textIn, textsIn } from "./read-rule-artifact.ts";

/** What files of Kubescape's released form come to: a library whose rules are strangers' rules. */
export interface ReadArtifacts {
  /** Controls, frameworks, parameters and attack tracks; rules are beside it. */
  readonly library: Library;
  readonly rules: readonly CustomRule[];
  /** What can't be used, each with its file. */
  readonly problems: readonly Problem[];
  /** The files that hold exceptions, and how many: they are not applied. */
  readonly exceptions: ReadonlyMap<string, number>;
}

/** The first of each name: released files hold the same controls and rules many times. */
function firstByName(artifacts: readonly Artifact[], key: string): ReadonlyMap<string, Artifact> {
  const found = new Map<string, Artifact>();
  for (const artifact of artifacts) {
    const name = textIn(artifact.fields[key]);
    if (name !== undefined && !found.has(name)) found.set(name, artifact);
  }
  return found;
}

function fixedParameters(fields: Fields, attributes: Fields): Parameters {
  const fixed = [fields["fixedInput"], attributes["fixedInput"]].find(isFields) ?? {};
  return Object.fromEntries(Object.entries(fixed).map(([name, values]) => [name.replace(/^.*\./u, ""), textsIn(values)]));
}

/** What a control that is so marked asks of its rules: the judgement of a person, or that its parameters are set. */
function actionNeeded(attributes: Fields): NeededInput | null {
  const action = textIn(attributes["actionRequired"])?.toLowerCase();
  if (action?.startsWith("manual") === true || String(attributes["manual"]) === "true") return "manual";
  return action === "configuration" ? "parameters" : null;
}

/** Reads controls, and gives the rules that they use. */
class ControlReader {
  readonly rules = new Map<string, CustomRule>();
  readonly #known: ReadonlyMap<string, Artifact>;
  readonly #read = new Map<string, CustomRule | null>();
  readonly #faults: LibraryFault[];

  constructor(rules: readonly Artifact[], faults: LibraryFault[]) {
    this.#known = firstByName(rules, "name");
    this.#faults = faults;
  }

  #rule(name: string): CustomRule | null {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const artifact = this.#known.get(name);
    const rule = artifact === undefined ? null : readRuleArtifact(artifact, this.#faults);
    this.#read.set(name, rule);
    return rule;
  }

  read({ file, fields }: Artifact): Control {
    const id = textIn(fields["controlID"]) ?? "";
    const attributes = isFields(fields["attributes"]) ? fields["attributes"] : {};
    const names = [...new Set([...textsIn(fields["rulesNames"]), ...objectsIn(fields["rules"]).flatMap(({ name }) => textIn(name) ?? [])])];
    const current = names.filter((name) => !isOutdated(this.#known.get(name)?.fields ?? {}));
    if (current.length === 0) this.#faults.push({ file, line: null, message: `control ${id}: it names no rule that is for this scanner` });
    const fixed = fixedParameters(fields, attributes);
    const needs = actionNeeded(attributes);
    const used = current.map((name): string => {
      const rule = this.#rule(name);
      if (rule === null) {
        if (!this.#known.has(name))
          this.#faults.push({ file, line: null, message: `control ${id}: there is no rule ${name} in these files` });
        return name;
      }
      const asks = needs !== null && needs !== rule.description.needs;
      const own = asks || Object.keys(fixed).length > 0 ? ruleOfControl(rule, id, needs, fixed) : rule;
      this.rules.set(own.description.name, own);
      return own.description.name;
    });
    const category = isFields(fields["category"]) ? fields["category"] : {};
    const subCategory = isFields(category["subCategory"]) ? textIn(category["subCategory"]["name"]) : undefined;
    const score = typeof fields["baseScore"] === "number" ? fields["baseScore"] : null;
    const description = textIn(fields["description"]) ?? textIn(fields["name"]) ?? id;
    return {
      id,
      name: textIn(fields["name"]) ?? id,
      score,
      severity: severityOf(score),
      category: textIn(category["name"]) ?? "",
      ...(subCategory === undefined ? {} : { subCategory }),
      scope: isFields(fields["scanningScope"]) ? textsIn(fields["scanningScope"]["matches"]) : [],
      tags: textsIn(attributes["controlTypeTags"]),
      rules: used,
      attackTracks: objectsIn(attributes["attackTracks"]).flatMap((one) => {
        const track = textIn(one["attackTrack"]);
        return track === undefined ? [] : [{ track, categories: textsIn(one["categories"]) }];
      }),
      mitre: textsIn(attributes["microsoftMitreColumns"]),
      parameters: [...new Set(used.flatMap((name) => this.rules.get(name)?.description.parameters ?? []))],
      help: {
        description,
        why: textIn(fields["long_description"]) ?? description,
        fix: textIn(fields["remediation"]) ?? "The file says nothing of it.",
        limits: textIn(fields["test"]) ?? "The file says nothing of it.",
      },
    };
  }
}

/** No attack that anyone describes is so long. */
const DEEPEST = 20;

function readStep(value: unknown, depth: number): AttackStep | null {
  const name = isFields(value) ? textIn(value["name"]) : undefined;
  if (!isFields(value) || name === undefined || depth > DEEPEST) return null;
  const next = objectsIn(value["subSteps"]).map((one) => readStep(one, depth + 1));
  return { name, checksVulnerabilities: value["checksVulnerabilities"] === true, next: next.filter((one) => one !== null) };
}

function readTrack({ file, fields }: Artifact, faults: LibraryFault[]): readonly AttackTrack[] {
  const name = isFields(fields["metadata"]) ? textIn(fields["metadata"]["name"]) : undefined;
  const start = isFields(fields["spec"]) ? readStep(fields["spec"]["data"], 1) : null;
  if (name !== undefined && start !== null) return [{ name, start }];
  faults.push({
    file,
    line: null,
    message: `attack track ${name ?? "without a name"}: expected steps with names at spec.data, at most ${DEEPEST} deep`,
  });
  return [];
}

/** The parameters that files set, over those that are known. */
function readParameters(artifacts: readonly Artifact[], known: Library["parameters"], faults: LibraryFault[]): Library["parameters"] {
  const values = new Map<string, readonly string[]>();
  for (const { file, fields } of artifacts) {
    const inputs = isFields(fields["settings"]) ? fields["settings"]["postureControlInputs"] : undefined;
    if (!isFields(inputs))
      faults.push({ file, line: null, message: "expected names and lists of values at settings.postureControlInputs" });
    else
      for (const [name, list] of Object.entries(inputs)) {
        if (list === null || (Array.isArray(list) && list.every((one) => typeof one === "string"))) values.set(name, textsIn(list));
        else faults.push({ file, line: null, message: `parameter ${name}: expected a list of texts` });
      }
  }
  const ours = known.map((parameter) => ({ ...parameter, default: values.get(parameter.name) ?? parameter.default }));
  const names = new Set(known.map(({ name }) => name));
  const others = [...values].filter(([name]) => !names.has(name));
  return [
    ...ours,
    ...others.map(([name, list]) => ({ name, meaning: "What the files' rules take it for.", form: "strings" as const, default: list })),
  ];
}

function readFrameworks(artifacts: readonly Artifact[], controls: readonly Control[], faults: LibraryFault[]): readonly Framework[] {
  const known = new Set(controls.map(({ id }) => id.toLowerCase()));
  const frameworks: Framework[] = [];
  for (const { file, fields } of firstByName(artifacts, "name").values()) {
    // The ids are all that is left of the controls, so that the file is not as long again.
    const ids = objectsIn(fields["controls"]).flatMap(({ controlID }) => textIn(controlID) ?? []);
    const named = ids.length > 0 ? ids : textsIn(fields["ControlsIDs"] ?? fields["controlsIDs"]);
    for (const id of named)
      if (!known.has(id.toLowerCase()))
        faults.push({ file, line: null, message: `framework ${String(fields["name"])}: control ${id} is not in these files` });
    const there = { ...fields, id: undefined, controls: named.filter((id) => known.has(id.toLowerCase())) };
    const library: Library = { controls, rules: [], frameworks, parameters: [], attackTracks: [], digest: "" };
    const own: LibraryFault[] = [];
    const framework = readFrameworkFile({ path: file, text: JSON.stringify(there) }, library, own);
    // Lines are those of the shortened text.
    faults.push(...own.map(({ message }) => ({ file, line: null, message: `framework ${String(fields["name"])}: ${message}` })));
    if (framework !== null) frameworks.push(framework);
  }
  return frameworks;
}

/** Reads files of Kubescape's released form. `ours` gives the parameters and attack tracks that they lack. Nothing of a rule is evaluated or parsed here. */
export function readArtifacts(files: readonly LibraryFile[], ours: Library): ReadArtifacts {
  const faults: LibraryFault[] = [];
  const sorted = sortArtifacts(files, faults);
  const reader = new ControlReader(sorted.rules, faults);
  const controls = [...firstByName(sorted.controls, "controlID").values()].map((artifact) => reader.read(artifact));
  const tracks = new Map(sorted.attackTracks.flatMap((one) => readTrack(one, faults)).map((track) => [track.name, track]));
  const exceptions = new Map<string, number>();
  for (const { file } of sorted.exceptions) exceptions.set(file, (exceptions.get(file) ?? 0) + 1);
  const library: Library = {
    controls: controls.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    rules: [],
    frameworks: readFrameworks(sorted.frameworks, controls, faults),
    parameters: readParameters(sorted.parameters, ours.parameters, faults),
    attackTracks: tracks.size === 0 ? ours.attackTracks : [...tracks.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    digest: digestOf(files.map(({ path, text }) => `${path}\n${text}`)),
  };
  const unusable = faults.map(({ file, line, message }) =>
    makeProblem(EVALUATION_PROBLEMS, "artifact-unusable", { subject: file, cause: message, file, ...(line === null ? {} : { line }) }),
  );
  const ignored = [...exceptions].map(([file, count]) =>
    makeProblem(EVALUATION_PROBLEMS, "exceptions-not-applied", { subject: file, cause: `it holds ${count} exceptions`, file }),
  );
  return { library, rules: [...reader.rules.values()], problems: [...unusable, ...ignored], exceptions };
}
