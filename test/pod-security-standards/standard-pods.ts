import { readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";

/** A level of the Pod Security Standards that refuses something. */
export type Level = "baseline" | "restricted";

/** A pod that differs from one that the level admits in a single field of the standard. */
export interface StandardPod {
  /** The field, the value and what was given: unique among all. */
  readonly name: string;
  readonly section: string;
  readonly level: Level;
  /** The control that must find a forbidden value. */
  readonly control: string;
  /** Whether admission at the level lets the pod in. */
  readonly allowed: boolean;
  /** Whether the API itself refuses the field or the value at this place, so that admission is never asked. */
  readonly refusedAnyway: boolean;
  readonly pod: { readonly metadata: object; readonly spec: object };
}

/** An entry of `standard.yaml`. */
interface StandardFields {
  readonly section: string;
  readonly level: Level;
  readonly control: string;
  readonly fields: readonly string[];
  readonly given?: Readonly<Record<string, unknown>>;
  readonly beside?: Readonly<Record<string, unknown>>;
  readonly refusedAnyway?: readonly string[];
  readonly refusedValues?: readonly unknown[];
  readonly allowed: readonly unknown[];
  readonly forbidden: readonly unknown[];
}

const LISTS = ["containers", "initContainers", "ephemeralContainers"];

// js-yaml gives objects; a pod is changed while it is made, and never after.
type Changeable = Record<string, unknown>;

function isChangeable(value: unknown): value is Changeable {
  return typeof value === "object" && value !== null;
}

/** The places that a field means: `containers[*]` is the first container of each list. */
function placesOf(field: string): readonly string[] {
  return field.includes("containers[*]") ? LISTS.map((list) => field.replace("containers[*]", `${list}.0`)) : [field];
}

/** The keys of a place: `metadata.annotations["a.b/c"]` has three. */
function keysOf(place: string): readonly string[] {
  return [...place.matchAll(/\["(?<quoted>[^"]+)"\]|(?<plain>[^.[\]]+)/gu)].map(
    ({ groups }) => groups?.["quoted"] ?? groups?.["plain"] ?? "",
  );
}

function setAt(pod: Changeable, place: string, value: unknown): void {
  const keys = keysOf(place);
  const last = keys.at(-1) ?? "";
  let holder = pod;
  for (const key of keys.slice(0, -1)) {
    const next = holder[key];
    const child: Changeable = isChangeable(next) ? next : {};
    holder[key] = child;
    holder = child;
  }
  if (value === "(not set)") Reflect.deleteProperty(holder, last);
  else holder[last] = value;
}

/** A pod with a container in each list that the level admits, and that asks for no more than it must. */
function admittedPod(level: Level): Changeable {
  const context = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
  const container = (name: string): Changeable => ({
    name,
    image: "registry.example.com/app:1.0.0",
    ...(level === "baseline" ? {} : { securityContext: structuredClone(context) }),
  });
  return {
    metadata: {},
    spec: {
      ...(level === "baseline" ? {} : { securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } } }),
      containers: [container("app")],
      initContainers: [container("init")],
      ephemeralContainers: [container("debugger")],
    },
  };
}

/** A choice of the table: a value for one place, and what is given beside it. */
interface Choice {
  readonly entry: StandardFields;
  readonly place: string;
  readonly value: unknown;
}

function choose(pod: Changeable, { entry, place, value }: Choice): void {
  for (const [field, fixed] of Object.entries(entry.given ?? {}))
    for (const one of placesOf(field)) setAt(pod, one, structuredClone(fixed));
  for (const [key, fixed] of Object.entries(entry.beside ?? {}))
    setAt(pod, `${place.slice(0, place.lastIndexOf("."))}.${key}`, structuredClone(fixed));
  setAt(pod, place, structuredClone(value));
}

/** Whether the API itself refuses the field at this place, or this value of it. */
function isRefusedAnyway({ entry: { refusedAnyway = [], refusedValues = [] }, place, value }: Choice): boolean {
  return refusedValues.includes(value) || refusedAnyway.some((list) => place.startsWith(`spec.${list}.`));
}

function podsOf(entry: StandardFields): readonly StandardPod[] {
  const { section, level, control, given = {} } = entry;
  const values = [
    ...entry.allowed.map((value) => ({ value, allowed: true })),
    ...entry.forbidden.map((value) => ({ value, allowed: false })),
  ];
  return entry.fields.flatMap(placesOf).flatMap((place) =>
    values.map(({ value, allowed }) => {
      const pod = admittedPod(level);
      choose(pod, { entry, place, value });
      const circumstances = Object.keys(given).length === 0 ? "" : `, given ${JSON.stringify(given)}`;
      return {
        name: `${level}: ${place} = ${JSON.stringify(value)}${circumstances}`,
        section,
        level,
        control,
        allowed,
        refusedAnyway: isRefusedAnyway({ entry, place, value }),
        pod: { metadata: pod["metadata"] ?? {}, spec: pod["spec"] ?? {} },
      };
    }),
  );
}

function readStandard(): readonly StandardFields[] {
  return load(readFileSync(path.join(import.meta.dirname, "standard.yaml"), "utf8")) as readonly StandardFields[];
}

/**
 * Every field of the Pod Security Standards with values that its level allows and forbids, each as a pod that the level would admit but for that
 * value. The pods can be given to a real admission as well: made in a namespace that enforces the level, in a dry run, those that are not
 * `refusedAnyway`; ephemeral containers are added to a pod that exists.
 */
export function standardPods(): readonly StandardPod[] {
  return readStandard().flatMap(podsOf);
}

/** A pod in which several fields of the standard were chosen at once. Whether a level admits it, admission must say. */
export type MixedPod = Pick<StandardPod, "name" | "level" | "pod">;

/** Numbers that look random and are the same in each run: a linear congruential generator with the constants of Numerical Recipes. */
function* sequence(): Generator<number, never> {
  for (let state = 20_261_121; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Pods that differ from one that the level admits in three places of the table at once, taken from all of it: fields that speak of the same thing meet here. */
export function mixedPods(level: Level, count: number): readonly MixedPod[] {
  const choices = readStandard()
    .flatMap((entry) =>
      entry.fields
        .flatMap(placesOf)
        .flatMap((place) => [...entry.allowed, ...entry.forbidden].map((value): Choice => ({ entry, place, value }))),
    )
    .filter((choice) => !isRefusedAnyway(choice));
  const numbers = sequence();
  return Array.from({ length: count }, () => {
    const pod = admittedPod(level);
    const names = Array.from({ length: 3 }, () => {
      const choice = choices[Math.floor(numbers.next().value * choices.length)];
      if (choice === undefined) throw new Error("the table is empty");
      choose(pod, choice);
      return `${choice.place} = ${JSON.stringify(choice.value)}, given ${JSON.stringify(choice.entry.given ?? {})}`;
    });
    return { name: `${level}: ${names.join("; ")}`, level, pod: { metadata: pod["metadata"] ?? {}, spec: pod["spec"] ?? {} } };
  });
}
