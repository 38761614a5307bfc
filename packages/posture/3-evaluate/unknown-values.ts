import { valueAt, type KubernetesObject, type ObjectPath, type Resource, type RuleDescription } from "@holdfast/core";
import type { RegoValue } from "@holdfast/rego";
import type { UnknownValue } from "../1-load/loaders/define.ts";
import type { RuleProgram } from "../library/compiled-library.ts";
import { evaluateRule, type RuleSettings } from "./evaluate-rule.ts";
import type { RuleFinding } from "./rule-finding.ts";

/** What may come in place of a variable, as different for rules as values can be: nothing, a tag that moves, one that is pinned, a switch. */
const PROBES: readonly string[] = ["", "latest", `1.0.0@sha256:${"0".repeat(64)}`, "true"];

/** A rule that was evaluated, and what it was given. */
interface Evaluated {
  readonly rule: RuleDescription;
  readonly program: RuleProgram;
  readonly settings: RuleSettings;
  readonly input: readonly KubernetesObject[];
  readonly findings: readonly { readonly resource: number; readonly finding: RuleFinding }[];
}

/** What of an evaluation hangs on values that nobody knows. */
export interface Doubts {
  /** The resources of which the rule read such a value, and found nothing that holds whatever it is: neither passed nor failed. */
  readonly undecided: ReadonlySet<number>;
  /** Whether a finding holds whatever the unknown values are. */
  readonly holds: (finding: Evaluated["findings"][number]) => boolean;
}

function unknownOf(resource: Resource): readonly UnknownValue[] {
  return "unknown" in resource ? (resource.unknown as readonly UnknownValue[]) : [];
}

/**
 * Finds what verdicts of resources hang on values that are not known. A pass counts only where the rule did not look at such a value; a finding where it is there whichever value comes in its
 * place. Both are seen by evaluating the rule again: once with fields that tell when they are read, and with probes in place of the values.
 */
export class UnknownValues {
  readonly #unknown: ReadonlyMap<number, readonly UnknownValue[]>;
  readonly #placeOf: (object: RegoValue) => number | null;

  private constructor(unknown: ReadonlyMap<number, readonly UnknownValue[]>, placeOf: (object: RegoValue) => number | null) {
    this.#unknown = unknown;
    this.#placeOf = placeOf;
  }

  /** Null where all is known, as it nearly always is. `placeOf` says where in the list an object is. */
  static of(resources: readonly Resource[], placeOf: (object: RegoValue) => number | null): UnknownValues | null {
    const unknown = new Map<number, readonly UnknownValue[]>();
    for (let place = 0; place < resources.length; place += 1) {
      const resource = resources[place];
      if (resource !== undefined && "unknown" in resource) unknown.set(place, unknownOf(resource));
    }
    return unknown.size === 0 ? null : new UnknownValues(unknown, placeOf);
  }

  /** The unknown values of a resource. */
  at(place: number): readonly UnknownValue[] {
    return this.#unknown.get(place) ?? [];
  }

  /** Null where nothing that a rule judged has an unknown value, or it looked at none. */
  doubtsOf({ rule, program, settings, input, findings }: Evaluated): Doubts | null {
    // What aggregation makes has fields of its own.
    if (rule.aggregate !== null) return null;
    const places = input.map((object) => this.#placeOf(object as unknown as RegoValue));
    const own = new Set(places.filter((place) => place !== null && this.#unknown.has(place)));
    if (own.size === 0) return null;
    const read = new Set<number>();
    // What stands in for a rule that was evaluated elsewhere reads nothing here: it may have read all of it there.
    if (program.standsIn === true) for (const place of own) read.add(place ?? -1);
    else {
      const watched = this.#replaced(input, places, (object, unknown, place) => withWatched(object, unknown, () => read.add(place)));
      evaluateRule(rule, program, watched.input, settings);
    }
    if (read.size === 0) return null;
    const seen = new Set(read);
    const concerned = findings.filter(({ resource }) => seen.has(resource));
    let steady = new Set(program.standsIn === true ? [] : concerned.map(nameOf));
    for (const probe of PROBES) {
      if (steady.size === 0) break;
      const { input: probed, places: placed } = this.#replaced(input, places, (object, unknown) => withProbe(object, unknown, probe));
      const outcome = evaluateRule(rule, program, probed, settings);
      const found = outcome.problem === null ? outcome.findings : [];
      const names = new Set(
        found.map((finding) => nameOf({ resource: placed.get(finding.object) ?? this.#placeOf(finding.object) ?? -1, finding })),
      );
      steady = steady.intersection(names);
    }
    const failed = new Set(concerned.filter((one) => steady.has(nameOf(one))).map(({ resource }) => resource));
    return {
      undecided: seen.difference(failed),
      holds: (one) => !seen.has(one.resource) || steady.has(nameOf(one)),
    };
  }

  /** An input with other objects in place of those with unknown values, and the places that these stand for. */
  #replaced(
    input: readonly KubernetesObject[],
    places: readonly (number | null)[],
    make: (object: KubernetesObject, unknown: readonly UnknownValue[], place: number) => KubernetesObject,
  ): { readonly input: readonly KubernetesObject[]; readonly places: ReadonlyMap<unknown, number> } {
    const made = new Map<unknown, number>();
    const objects = input.map((object, at) => {
      const place = places[at] ?? null;
      const unknown = place === null ? undefined : this.#unknown.get(place);
      if (place === null || unknown === undefined) return object;
      const other = make(object, unknown, place);
      made.set(other, place);
      return other;
    });
    return { input: objects, places: made };
  }
}

/** What a finding is known by whatever its message says: the resource and the paths. */
function nameOf({ resource, finding }: Evaluated["findings"][number]): string {
  const { failedPaths, reviewPaths, deletePaths, fixes } = finding;
  return JSON.stringify([resource, failedPaths, reviewPaths, deletePaths, fixes.map(({ kind, path }) => [kind, path])]);
}

/** A copy of an object whose fields tell when they are read. */
function withWatched(object: KubernetesObject, unknown: readonly UnknownValue[], onRead: () => void): KubernetesObject {
  return withFields(object, unknown, (parent, key) => {
    const value = parent[key];
    Object.defineProperty(parent, key, {
      enumerable: true,
      configurable: true,
      get: () => {
        onRead();
        return value;
      },
    });
  });
}

/** A copy of an object with a probe in place of its variables. */
function withProbe(object: KubernetesObject, unknown: readonly UnknownValue[], probe: string): KubernetesObject {
  return withFields(object, unknown, (parent, key, { variables }) => {
    const value = parent[key];
    parent[key] = typeof value === "string" ? variables.reduce((text, one) => text.replaceAll(one, () => probe), value) : [];
  });
}

type Parent = Record<string | number, unknown>;

/** A copy of an object of which only what leads to these fields is new. */
function withFields(
  object: KubernetesObject,
  unknown: readonly UnknownValue[],
  change: (parent: Parent, key: string | number, value: UnknownValue) => void,
): KubernetesObject {
  const copy: Record<string, unknown> = { ...object };
  const copied = new Map<string, Parent>([["[]", copy]]);
  for (const value of unknown) {
    const last = value.path.at(-1);
    if (last === undefined || valueAt(object, value.path) === undefined) continue;
    change(parentOf(copy, value.path, copied), last, value);
  }
  return copy;
}

function parentOf(object: Parent, path: ObjectPath, copied: Map<string, Parent>): Parent {
  let here = object;
  for (const [depth, step] of path.slice(0, -1).entries()) {
    const name = JSON.stringify(path.slice(0, depth + 1));
    const known = copied.get(name);
    const inner = known ?? copyOf(here[step]);
    if (known === undefined) {
      here[step] = inner;
      copied.set(name, inner);
    }
    here = inner;
  }
  return here;
}

function copyOf(value: unknown): Parent {
  return (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as Parent) }) as Parent;
}
