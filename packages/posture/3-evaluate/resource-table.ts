import { groupOf, identityOf, type KubernetesObject, type Resource } from "@holdfast/core";
import { stringify, toJson, type RegoValue } from "@holdfast/rego";

function key(object: KubernetesObject): string {
  const { apiVersion, kind, namespace, name } = identityOf(object);
  return JSON.stringify([groupOf(apiVersion), kind, namespace, name]);
}

/** Groups resources that are the same object twice: a base and its copy, or one that stands twice in a file. */
function findTwins(loaded: readonly Resource[]): ReadonlyMap<number, readonly number[]> {
  const byName = new Map<string, number[]>();
  for (const [place, { kind, namespace, name }] of loaded.entries()) {
    const identity = `${kind}/${namespace}/${name}`;
    const places = byName.get(identity);
    if (places === undefined) byName.set(identity, [place]);
    else places.push(place);
  }
  const twins = new Map<number, readonly number[]>();
  for (const places of byName.values()) {
    if (places.length === 1) continue;
    // Only now are whole objects compared, by a text that is the same for objects with the same content.
    for (const same of Map.groupBy(places, (place) => stringify(loaded[place]?.object as RegoValue)).values()) {
      for (const place of same) if (same.length > 1) twins.set(place, same);
    }
  }
  return twins;
}

/** All resources of a scan: those that were read, then those that came up in evaluation and stand in no file. Tells which one an object of a finding is. */
export class ResourceTable {
  readonly #resources: Resource[];
  readonly #byObject = new Map<unknown, number>();
  // Built only when a rule names an object that it made itself.
  #byIdentity: Map<string, number> | null = null;
  readonly #synthetic = new Map<string, number>();
  readonly #twins: ReadonlyMap<number, readonly number[]>;

  constructor(loaded: readonly Resource[]) {
    this.#resources = [...loaded];
    for (const [place, { object }] of loaded.entries()) this.#byObject.set(object, place);
    this.#twins = findTwins(loaded);
  }

  /**
   * The places of all resources that are the same object as the one at a place, itself included; undefined where there is no other. A rule's findings are a set,
   * in which equal objects are one.
   */
  twins(place: number): readonly number[] | undefined {
    return this.#twins.get(place);
  }

  /** The resources so far; places in this list stay as they are. */
  get resources(): readonly Resource[] {
    return this.#resources;
  }

  /** The place of an object that stands in no file, such as a subject of bindings; objects with the same identity are one resource. */
  addSynthetic(object: KubernetesObject): number {
    const known = this.#byObject.get(object);
    if (known !== undefined) return known;
    const identity = key(object);
    let place = this.#synthetic.get(identity);
    if (place === undefined) {
      place = this.#resources.length;
      this.#resources.push({ ...identityOf(object), object, file: null, line: null });
      this.#synthetic.set(identity, place);
    }
    this.#byObject.set(object, place);
    return place;
  }

  /** The place of an object that a finding names: the very object the rule was given, else the one with its identity, else a new one. */
  placeOf(value: RegoValue): number | null {
    const direct = this.#byObject.get(value);
    if (direct !== undefined) return direct;
    const object = toJson(value);
    if (typeof object !== "object" || object === null || Array.isArray(object)) return null;
    this.#byIdentity ??= new Map(
      this.#resources.toReversed().map((resource, back) => [key(resource.object), this.#resources.length - 1 - back]),
    );
    return this.#byIdentity.get(key(object as KubernetesObject)) ?? this.addSynthetic(object as KubernetesObject);
  }
}
