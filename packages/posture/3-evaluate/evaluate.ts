import {
  formatObjectPath,
  identityOf,
  makeProblem,
  type Control,
  type ControlEvaluation,
  type KubernetesObject,
  type NeededInput,
  type Parameters,
  type Problem,
  type Resource,
  type RuleDescription,
  type RuleEvaluation,
  type Skip,
} from "@holdfast/core";
import type { RegoValue } from "@holdfast/rego";
import type { UnreadKinds } from "../1-load/cluster/unread-kinds.ts";
import { cloudEvidence, type CloudEvidence } from "../2-select/cloud-providers.ts";
import { ResourcesByKind } from "../2-select/resources-by-kind.ts";
import type { SignatureFailure } from "../image-signatures/image-signatures.ts";
import type { CompiledLibrary, RuleProgram } from "../library/compiled-library.ts";
import { EVALUATION_PROBLEMS, type EvaluationProblemCode } from "../problems.ts";
import { bindingsWithoutRole } from "./aggregate/subject-role-rolebinding.ts";
import { withCarriedObjects } from "./carried-objects.ts";
import { Clusters } from "./clusters.ts";
import { evaluateRule, FilterResults, inputIsThere, ruleInput, type RuleOutcome, type RuleSettings } from "./evaluate-rule.ts";
import type { JudgedOnArrival } from "./judged-on-arrival.ts";
import { cloudSkipOf, layoutSkipOf, neededKinds, skipFor, skipOf } from "./needed-input.ts";
import { ResourceTable } from "./resource-table.ts";
import type { RuleFinding } from "./rule-finding.ts";
import { UnknownValues } from "./unknown-values.ts";

/** A finding that knows which resources it is about, as places in the list of resources. */
export interface PlacedFinding {
  readonly control: string;
  readonly rule: string;
  readonly resource: number;
  /** The resources of the rule's related objects, in its order. */
  readonly related: readonly number[];
  readonly finding: RuleFinding;
}

/** What evaluation gives: the resources with those that came up on the way, what became of each control, and the findings. */
export interface EvaluationOutcome {
  readonly resources: readonly Resource[];
  readonly controls: readonly ControlEvaluation[];
  readonly findings: readonly PlacedFinding[];
  readonly problems: readonly Problem[];
}

type RuleRun =
  | { readonly kind: "skipped"; readonly skip: Skip }
  | { readonly kind: "errored"; readonly problem: number }
  | {
      readonly kind: "evaluated";
      readonly digest: string;
      readonly given: number;
      readonly judged: readonly number[];
      readonly undecided: NonNullable<RuleEvaluation["undecided"]>;
      readonly findings: readonly Omit<PlacedFinding, "control">[];
    };

/** The places of resources that were seen. */
interface SeenPlaces {
  readonly places: ReadonlySet<number>;
  readonly inOrder: readonly number[];
}

function inOrder(places: ReadonlySet<number>): readonly number[] {
  return [...places].sort((a, b) => a - b);
}

/** How a problem names a control; a custom rule without METADATA has its id for a name. */
function titleOf({ id, name }: Control): string {
  return id === name ? id : `${id} ${name}`;
}

/** Evaluates rules over the resources of one scan, each once, however many controls it serves. */
class Evaluator {
  readonly table: ResourceTable;
  readonly problems: Problem[] = [];
  readonly #library: CompiledLibrary;
  readonly #settings: RuleSettings;
  readonly #clouds: CloudEvidence;
  readonly #loaded: readonly Resource[];
  readonly #byKind: ResourcesByKind;
  readonly #descriptions: ReadonlyMap<string, RuleDescription>;
  readonly #unread: UnreadKinds | null;
  readonly #arrived: JudgedOnArrival | null;
  /** A cluster was scanned, not files. */
  readonly #live: boolean;
  readonly #clusters: Clusters;
  readonly #unknown: UnknownValues | null;
  readonly #unknownProblems = new Map<number, number>();
  readonly #runs = new Map<string, RuleRun>();
  // Rules with the same kinds and aggregation share one input: filters that they share are evaluated once, and which resources it is about is found out once.
  readonly #inputs = new Map<string, readonly KubernetesObject[]>();
  readonly #filtered = new FilterResults();
  readonly #seen = new WeakMap<readonly RegoValue[], SeenPlaces>();

  constructor(library: CompiledLibrary, resources: readonly Resource[], parameters: Parameters, { unread, arrived }: ClusterEvidence) {
    this.#unread = unread;
    this.#arrived = arrived;
    this.#live = unread !== null;
    this.#library = library;
    this.#clouds = cloudEvidence(resources);
    this.#settings = { parameters, cloudProvider: this.#clouds.providers[0] ?? "" };
    this.#loaded = resources;
    this.#byKind = new ResourcesByKind(resources);
    this.table = new ResourceTable(resources);
    this.#clusters = new Clusters(resources);
    this.#unknown = UnknownValues.of(resources, (object) => this.table.placeOf(object));
    this.#descriptions = new Map(library.library.rules.map((rule) => [rule.name, rule]));
  }

  run(name: string, control: Control): RuleRun {
    const known = this.#runs.get(name);
    if (known !== undefined) return known;
    const made = this.#evaluate(name, control);
    this.#runs.set(name, made);
    return made;
  }

  #error(code: EvaluationProblemCode, subject: string, cause: string, place: { file?: string; line?: number } = {}): RuleRun {
    this.problems.push(makeProblem(EVALUATION_PROBLEMS, code, { subject, cause, ...place }));
    return { kind: "errored", problem: this.problems.length - 1 };
  }

  /** The rules of a control without those that another of them took the place of. */
  rulesOf(control: Control): readonly string[] {
    return control.rules.filter((name) => !control.rules.includes(this.#descriptions.get(name)?.supersededBy ?? ""));
  }

  #ruleMissing(name: string, control: Control): RuleRun {
    return this.#error("rule-missing", titleOf(control), `the library has no rule ${name}`);
  }

  #evaluate(name: string, control: Control): RuleRun {
    const rule = this.#descriptions.get(name);
    if (rule === undefined) return this.#ruleMissing(name, control);
    const unread = this.#unread?.skipOf(rule) ?? null;
    if (unread !== null) return { kind: "skipped", skip: unread };
    const elsewhere = cloudSkipOf(rule, this.#clouds);
    if (elsewhere !== null) return { kind: "skipped", skip: elsewhere };
    const input = this.#input(rule);
    if (input.length === 0) return { kind: "skipped", skip: this.#nothingJudged(rule) };
    const missing = this.#missingInput(rule);
    if (missing !== null) return { kind: "skipped", skip: skipFor(rule, missing, this.#live) };

    // Asked for only now: programs are loaded, or compiled, when the first of their rules is.
    const program = this.#library.program(name);
    if (program === null) return this.#ruleMissing(name, control);
    const outcome = this.#arrived?.outcomeOf(name, input) ?? this.#outcomeOf(rule, program, input);
    if (outcome.problem !== null) {
      const { code, message, file, line } = outcome.problem;
      const place = { ...(file === null ? {} : { file }), ...(line === null ? {} : { line }) };
      return this.#error(program.failsAs ?? "rule-failed", titleOf(control), `${name}: ${message} (${code})`, place);
    }
    const given = this.#seenAmong(outcome.judged);
    const found = outcome.findings.map(withCarriedObjects);
    const foundAt = this.#placesOf(found.map(({ object }) => object));
    const all = found.flatMap((finding, index) => {
      const related = finding.related.map(({ object }) => this.table.placeOf(object)).filter((place) => place !== null);
      return (foundAt[index] ?? []).map((resource) => ({ rule: name, resource, related, finding }));
    });
    const doubts = this.#unknown?.doubtsOf({ rule, program, settings: this.#settings, input, findings: all }) ?? null;
    const findings = doubts === null ? all : all.filter(doubts.holds);
    const beyond = all.map(({ resource }) => resource).filter((place) => !given.places.has(place));
    const seen = beyond.length === 0 ? given.inOrder : inOrder(given.places.union(new Set(beyond)));
    const judged = doubts === null ? seen : seen.filter((place) => !doubts.undecided.has(place));
    const doubtful = doubts === null ? [] : seen.filter((place) => doubts.undecided.has(place));
    const undecided = [
      ...this.#undecided(rule, program, input, seen),
      ...doubtful.map((resource) => ({ resource, problem: this.#unknownProblem(resource) })),
    ];
    if (undecided.length === 0 && (judged.length === 0 || !inputIsThere(rule.needs, input.length, judged.length)))
      return { kind: "skipped", skip: this.#nothingJudged(rule) };
    return { kind: "evaluated", digest: rule.digest, given: input.length, judged, undecided, findings };
  }

  /** What a rule says. One that was evaluated elsewhere was given all objects together. */
  #outcomeOf(rule: RuleDescription, program: RuleProgram, input: readonly KubernetesObject[]): RuleOutcome {
    const evaluate = (objects: readonly KubernetesObject[]): RuleOutcome =>
      evaluateRule(rule, program, objects, this.#settings, this.#filtered);
    return program.standsIn === true ? evaluate(input) : this.#clusters.outcome(input, evaluate);
  }

  /** Why a rule found nothing to judge. Where a file is reported it is judged, whatever the nodes say of themselves. */
  #nothingJudged(rule: RuleDescription): Skip {
    return layoutSkipOf(rule, () => this.#nodes()) ?? skipOf(rule, this.#live);
  }

  #nodes(): readonly KubernetesObject[] {
    return this.#byKind
      .matching([{ group: "", kind: "Node" }])
      .map((place) => this.#loaded[place]?.object)
      .filter((object) => object !== undefined);
  }

  /** The input without which a rule can't be judged here; null where it has all it needs. */
  #missingInput(rule: RuleDescription): NeededInput | null {
    const { needs, parameters } = rule;
    // With nothing allowed and nothing forbidden a rule would pass whatever it is given, and without a trusted key nothing could pass.
    const told = parameters.some((name) => (this.#settings.parameters[name] ?? []).length > 0);
    if (needs === "parameters") return told ? null : "parameters";
    if (needs === "image-signatures") {
      if ((this.#library.signatures ?? null) === null) return "image-signatures";
      return parameters.length === 0 || told ? null : "parameters";
    }
    return needs === null || this.#byKind.matching(neededKinds(rule)).length > 0 ? null : needs;
  }

  /**
   * The resources of which a rule can't say all, because a registry did not say who signed an image of theirs. Which image is whose is seen by evaluating objects alone: the
   * registries' answers are kept.
   */
  #undecided(
    rule: RuleDescription,
    program: RuleProgram,
    input: readonly KubernetesObject[],
    judged: readonly number[],
  ): NonNullable<RuleEvaluation["undecided"]> {
    const { signatures } = this.#library;
    if (rule.needs !== "image-signatures" || !signatures || signatures.takeFailures().length === 0) return [];
    const decided = new Set(judged);
    return input.flatMap((object) => {
      evaluateRule(rule, program, [object], this.#settings);
      const problems = signatures.takeFailures().map((failure) => this.#signatureProblem(failure));
      const resource = this.table.placeOf(object as unknown as RegoValue);
      const [problem] = problems;
      return problem === undefined || resource === null || decided.has(resource) ? [] : [{ resource, problem }];
    });
  }

  /** The place of the problem that a resource has values which are not known: one for all rules that look at them. */
  #unknownProblem(resource: number): number {
    const known = this.#unknownProblems.get(resource);
    if (known !== undefined) return known;
    const { kind = "", namespace = "", name = "", file = null, line = null } = this.#loaded[resource] ?? {};
    const values = this.#unknown?.at(resource) ?? [];
    const named = values.map(({ path, variables }) => `${formatObjectPath(path)} (${variables.join(", ")})`);
    const cause = `not known before it is deployed: ${named.slice(0, 5).join(", ")}${named.length > 5 ? ` and ${named.length - 5} more` : ""}`;
    const place = { ...(file === null ? {} : { file }), ...(line === null ? {} : { line }) };
    const subject = `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`;
    this.problems.push(makeProblem(EVALUATION_PROBLEMS, "value-unknown", { subject, cause, ...place }));
    this.#unknownProblems.set(resource, this.problems.length - 1);
    return this.problems.length - 1;
  }

  /** The place of the problem that an image's signatures aren't known, which several rules and objects may come by. */
  #signatureProblem({ image, cause }: SignatureFailure): number {
    const known = this.problems.findIndex((one) => one.code === "signatures-unknown" && one.subject === image && one.cause === cause);
    if (known !== -1) return known;
    this.problems.push(makeProblem(EVALUATION_PROBLEMS, "signatures-unknown", { subject: image, cause }));
    return this.problems.length - 1;
  }

  /** The resources that the objects stand for which a rule was given or picked. Rules that share an input share the answer. */
  #seenAmong(judged: readonly RegoValue[]): SeenPlaces {
    const known = this.#seen.get(judged);
    if (known !== undefined) return known;
    const places = new Set(this.#placesOf(judged).flat());
    const made = { places, inOrder: inOrder(places) };
    this.#seen.set(judged, made);
    return made;
  }

  /** For each object of a rule's answer, the resources that it stands for: its own, and those that are the same object and that the answer does not name. */
  #placesOf(objects: readonly RegoValue[]): readonly (readonly number[])[] {
    const places = objects.map((object) => this.table.placeOf(object));
    const named = new Set(places);
    // Worked out once for all resources that are the same object.
    const unnamed = new Map<readonly number[], readonly number[]>();
    return places.map((place) => {
      if (place === null) return [];
      const twins = this.table.twins(place);
      if (twins === undefined) return [place];
      const others = unnamed.get(twins) ?? twins.filter((twin) => !named.has(twin));
      unnamed.set(twins, others);
      return [place, ...others];
    });
  }

  #input(rule: RuleDescription): readonly KubernetesObject[] {
    const key = JSON.stringify([rule.aggregate, rule.kinds]);
    const known = this.#inputs.get(key);
    if (known !== undefined) return known;
    const objects = this.#byKind
      .matching(rule.kinds)
      .map((place) => this.#loaded[place]?.object)
      .filter((object) => object !== undefined);
    const input = this.#clusters.mapped(objects, (group) => ruleInput(rule, group));
    // What aggregation made is a resource too, in an order that does not hang on which rule came first.
    if (rule.aggregate === "subject-role-rolebinding") {
      for (const subject of input) this.table.addSynthetic(subject);
      for (const group of this.#clusters.groups(objects)) this.#reportUnknownRoles(group);
    }
    this.#inputs.set(key, input);
    return input;
  }

  #reportUnknownRoles(objects: readonly KubernetesObject[]): void {
    for (const binding of bindingsWithoutRole(objects)) {
      const { kind, namespace, name, file, line } = this.#loaded[this.table.placeOf(binding as unknown as RegoValue) ?? -1] ?? {
        ...identityOf(binding),
        file: null,
        line: null,
      };
      const role = identityOf((binding["roleRef"] ?? {}) as KubernetesObject);
      const subject = `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`;
      const cause = `it refers to ${role.kind || "a role"} ${role.name || "without a name"}, which is not among what was scanned`;
      const place = { ...(file === null ? {} : { file }), ...(line === null ? {} : { line }) };
      // Two aggregations over different kinds may come by the same binding.
      if (
        this.problems.some(
          (one) => one.code === "role-unknown" && one.subject === subject && one.file === place.file && one.line === place.line,
        )
      )
        continue;
      this.problems.push(makeProblem(EVALUATION_PROBLEMS, "role-unknown", { subject, cause, ...place }));
    }
  }
}

/** What is known of a cluster beside its objects; nulls where files are scanned. */
export interface ClusterEvidence {
  /** Kinds that must not be taken for absent. */
  readonly unread: UnreadKinds | null;
  /** What was judged as it came. */
  readonly arrived: JudgedOnArrival | null;
}

const FILES: ClusterEvidence = { unread: null, arrived: null };

/** Evaluates the rules of the controls over the resources. Controls are given and returned sorted by id. */
export function evaluate(
  library: CompiledLibrary,
  controls: readonly Control[],
  resources: readonly Resource[],
  parameters: Parameters,
  cluster: ClusterEvidence = FILES,
): EvaluationOutcome {
  const evaluator = new Evaluator(library, resources, parameters, cluster);
  const findings: PlacedFinding[] = [];
  const evaluations = controls.map((control): ControlEvaluation => {
    const done: RuleEvaluation[] = [];
    const errors: number[] = [];
    const skips: Skip[] = [];
    for (const rule of evaluator.rulesOf(control)) {
      const run = evaluator.run(rule, control);
      if (run.kind === "skipped") skips.push(run.skip);
      else if (run.kind === "errored") errors.push(run.problem);
      else {
        const { digest, given, judged, undecided } = run;
        done.push({
          receipt: { control: control.id, rule, digest, given, judged: judged.length, findings: run.findings.length },
          judged,
          ...(undecided.length === 0 ? {} : { undecided }),
        });
        for (const finding of run.findings) findings.push({ control: control.id, ...finding });
      }
    }
    return { control, evaluations: done, errors, skips };
  });
  return { resources: evaluator.table.resources, controls: evaluations, findings, problems: evaluator.problems };
}
