import { expect, test } from "vitest";
import type { LoadedSources } from "./load-sources.ts";
import { mergeSources } from "./merge-sources.ts";

const sources = (data: LoadedSources["data"]): LoadedSources => ({ modules: [], data, faults: [] });

test("documents are merged, and two values for one place are a fault", () => {
  expect(mergeSources(sources({ a: { x: 1 } }), sources({ a: { y: 2 } }), ["one", "two"])).toEqual(sources({ a: { x: 1, y: 2 } }));
  expect(mergeSources(sources({ a: 1 }), sources({ a: 2 }), ["one", "two"]).faults).toMatchObject([
    { file: "two", message: "data.a is in one already" },
  ]);
});
