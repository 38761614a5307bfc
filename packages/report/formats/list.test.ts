import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { formats } from "./list.ts";

test("every format has a file of its name and a test, and is listed", () => {
  const files = readdirSync(import.meta.dirname);
  const others = new Set(["define.ts", "list.ts", "tester.ts", "list.test.ts"]);
  const members = formats.flatMap(({ id }) => [`${id}.test.ts`, `${id}.ts`]);
  expect(files.filter((file) => !others.has(file)).toSorted()).toEqual(members.toSorted());
});
