// The frameworks hold together, and those that the facts list have the controls and sections listed there.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test, describe } from "vitest";
import type { Framework } from "@holdfast/core";
import { readLibrary } from "@holdfast/posture";
import { libraryFiles } from "../apps/cli/checkout-library.ts";
import { sharedFolder } from "../test/shared-folder.ts";

const { library } = readLibrary(libraryFiles(import.meta.dirname));
const known = new Set(library.controls.map(({ id }) => id));

function controlsOf({ sections }: Framework): readonly string[] {
  return [...new Set(sections.flatMap(({ controls }) => controls))].toSorted();
}

describe.each(library.frameworks.map((framework) => [framework.id, framework] as const))("framework %s", (id, framework) => {
  test("is called by an id in lower case, and by a name that means no other framework", () => {
    expect(id).toBe(id.toLowerCase());
    const others = library.frameworks.flatMap((other) => (other === framework ? [] : [other.id, other.name.toLowerCase()]));
    expect(others).not.toContain(id);
    expect(others).not.toContain(framework.name.toLowerCase());
  });

  test("names a section once, and a control once in a section", () => {
    const ids = framework.sections.map((section) => section.id);
    expect(new Set(ids).size).toBe(ids.length);
    const twice = framework.sections.filter(({ controls }) => new Set(controls).size !== controls.length);
    expect(twice).toEqual([]);
  });

  test("says of each section what supports it or what can't be shown, unless it is only the heading of others", () => {
    const heads = (id: string): boolean => framework.sections.some((other) => other.id.startsWith(`${id}.`));
    const empty = framework.sections.filter((section) => !heads(section.id) && section.controls.length === 0 && section.notShown === undefined);
    expect(empty.map((section) => section.id)).toEqual([]);
  });
});

interface FactSection {
  readonly name: string;
  readonly controls: readonly string[];
  readonly sections?: Readonly<Record<string, FactSection>>;
}

interface FrameworkFact {
  readonly name: string;
  readonly controls: readonly string[];
  readonly sections: Readonly<Record<string, FactSection>>;
}

/** The sections of a benchmark, nested in the facts, with their whole numbers. */
function numbered(sections: Readonly<Record<string, FactSection>>, prefix = ""): readonly (readonly [string, FactSection])[] {
  return Object.entries(sections).flatMap(([number, section]) => [
    [`${prefix}${number}`, section] as const,
    ...numbered(section.sections ?? {}, `${prefix}${number}.`),
  ]);
}

const factsFile = sharedFolder === null ? null : path.join(sharedFolder, "facts/frameworks.json");
const facts =
  factsFile === null || !existsSync(factsFile)
    ? []
    : (JSON.parse(readFileSync(factsFile, "utf8")) as readonly FrameworkFact[]).filter(({ controls }) => controls.length > 0);

describe.skipIf(facts.length === 0)("the facts (../shared)", () => {
  test.each(facts.map((fact) => [fact.name, fact] as const))("%s has their controls", (name, fact) => {
    const framework = library.frameworks.find(({ id }) => id === name.toLowerCase());
    if (framework === undefined) throw new Error(`there is no framework ${name.toLowerCase()}`);
    expect(framework.name).toBe(name);
    // What the library hasn't got yet can't be named; as soon as it has, it must be.
    const wanted = fact.controls.filter((id) => known.has(id)).toSorted();
    // Of SOC 2 they have a few controls; ours adds the criteria.
    const found = controlsOf(framework).filter((id) => name !== "SOC2" || wanted.includes(id));
    expect(found).toEqual(wanted);
  });

  const benchmarks = facts.filter(({ sections }) => Object.keys(sections).length > 0);
  test.each(benchmarks.map((fact) => [fact.name, fact] as const))("%s has their sections", (name, fact) => {
    const framework = library.frameworks.find(({ id }) => id === name.toLowerCase());
    const listed = numbered(fact.sections);
    const placed = new Set(listed.flatMap(([, { controls }]) => controls));
    // A control that the facts put in no section may stand where the benchmark has it.
    expect(framework?.sections.map(({ id, title, controls }) => [id, title, controls.filter((control) => placed.has(control))])).toEqual(
      listed.map(([id, { name: title, controls }]) => [id, title, controls]),
    );
  });
});
