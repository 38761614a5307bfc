import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { valueAt } from "@holdfast/core";
import type { ObjectPath } from "@holdfast/core";
import { load } from "../1-load/load.ts";
import { memoryFiles } from "../testing/memory-files.ts";
import { aliasBudget, compose } from "../yaml/compose.ts";
import { splitDocuments } from "../yaml/split-documents.ts";
import type { Change } from "./change-plan.ts";
import { changeEdits } from "./fix-edits.ts";
import { locate } from "./locate.ts";
import { applyEdits } from "./text-edit.ts";

/** Real manifests, which are not part of the repository. */
const corpora = path.join(process.env["HOLDFAST_SHARED"] ?? path.resolve(import.meta.dirname, "../../../../shared"), "corpus");

function manifests(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(corpora, { recursive: true, encoding: "utf8" })) {
    if (/\.ya?ml$/u.test(name) && !name.includes("templates/")) found[`/w/${name}`] = readFileSync(path.join(corpora, name), "utf8");
  }
  return found;
}

function pathsOf(value: unknown, here: ObjectPath = []): ObjectPath[] {
  if (typeof value !== "object" || value === null) return [here];
  return [
    here,
    ...Object.keys(value).flatMap((key) =>
      pathsOf((value as Record<string, unknown>)[key], [...here, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

function allValues(text: string): unknown[] {
  return splitDocuments(text).flatMap(({ start, end }) => compose(text, start, end, aliasBudget()).map((document) => document.value));
}

/** The values of a text in which the part of one object at a path is what `change` makes of it. */
function expected(text: string, object: unknown, change: Change): unknown[] {
  const documents = structuredClone(allValues(text));
  const at = allValues(text).findIndex((document) => JSON.stringify(document) === JSON.stringify(object));
  const parent = valueAt(documents[at], change.path.slice(0, -1)) as Record<string | number, unknown>;
  const step = change.path.at(-1) ?? "";
  if (change.kind === "set") parent[step] = change.value;
  else if (Array.isArray(parent)) parent.splice(Number(step), 1);
  else delete parent[step];
  return documents;
}

test.skipIf(!existsSync(corpora))(
  "every value of real manifests can be set and removed, every mapping added to, and nothing else changes",
  { timeout: 120_000 },
  async () => {
    const files = manifests();
    const { resources } = await load({ paths: ["."], cwd: "/w", files: memoryFiles(files), asTheyStand: true });
    expect(resources.length).toBeGreaterThan(50);
    let edits = 0;
    for (const resource of resources) {
      const text = resource.source.text.text;
      for (const at of pathsOf(resource.object)) {
        const value = valueAt(resource.object, at);
        expect(locate(resource, at).exact).toBe(at.length > 0);
        const isMapping = typeof value === "object" && value !== null && !Array.isArray(value);
        const changes: Change[] =
          at.length > 1
            ? [
                { kind: "set", path: at, value: "new: value" },
                { kind: "remove", path: at },
              ]
            : [];
        if (isMapping) changes.push({ kind: "set", path: [...at, "holdfast.dev/new"], value: { a: [true] } });
        for (const change of changes) {
          const outcome = changeEdits(resource, [change]);
          if (!("edits" in outcome)) throw new Error(`${resource.file} ${at.join(".")}: ${outcome.reason}`);
          expect(allValues(applyEdits(text, outcome.edits))).toEqual(expected(text, resource.object, change));
          edits += 1;
        }
      }
    }
    expect(edits).toBeGreaterThan(1000);
  },
);
