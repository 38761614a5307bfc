import path from "node:path";
import { expect, test } from "vitest";
import { readLibrary } from "@holdfast/posture";
import { readFacts, writeFacts } from "./built-facts.ts";
import { libraryFiles } from "./checkout-library.ts";

test("a library that was taken apart is the same again, and its help is read when it is asked for", () => {
  const { library } = readLibrary(libraryFiles(path.join(import.meta.dirname, "../../library")));
  const { facts, help } = writeFacts(library);
  let asked = 0;
  const read = readFacts(facts, () => {
    asked += 1;
    return help;
  });
  expect(read.controls.map(({ id }) => id)).toEqual(library.controls.map(({ id }) => id));
  expect(asked).toBe(0);
  expect(JSON.stringify(read)).toBe(JSON.stringify(library));
  expect(asked).toBe(1);
});
