import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { arbitraryResult } from "../testing/arbitrary-result.ts";
import { json } from "./json.ts";
import { testFormat, textOf } from "./tester.ts";
import { yaml } from "./yaml.ts";

testFormat("yaml", yaml, (text) => (load(text) as Result).findings.length);

test("it says what JSON says", () => {
  fc.assert(
    fc.property(arbitraryResult, (result) => {
      expect(load(textOf(yaml, result))).toEqual(JSON.parse(textOf(json, result)));
    }),
    { numRuns: 100 },
  );
});
