import { expect, test } from "vitest";
import { withDirectImports } from "./direct-imports.ts";

const exported = (name: string) =>
  new Map(name === "core" ? ["sum", "mean"].map((each) => [each, { file: `/core/${each}.ts`, name: `${each}Of` }] as const) : []);

test.each([
  [
    'import { sum, type Total, mean as average } from "@holdfast/core";',
    'import { sumOf as sum } from "/core/sum.ts"; import { meanOf as average } from "/core/mean.ts";',
  ],
  [
    'import {\n  sum,\n  mean,\n} from "@holdfast/core";',
    'import { sumOf as sum } from "/core/sum.ts"; import { meanOf as mean } from "/core/mean.ts";',
  ],
  ['import { type Total } from "@holdfast/core";', ""],
])("%j names the files", (code, wanted) => {
  expect(withDirectImports(`${code}\nsum();`, exported)).toBe(`${wanted}\nsum();`);
});

test.each([
  'import type { Total } from "@holdfast/core";',
  'import { unknown } from "@holdfast/core";',
  'import { sum } from "@holdfast/other";',
  'import { sum } from "./core.ts";',
  'const late = await import("@holdfast/core");',
])("%j stays as it is", (code) => {
  expect(withDirectImports(code, exported)).toBe(code);
});
