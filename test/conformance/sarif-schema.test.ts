import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Result } from "@holdfast/core";
import { Ajv, type ValidateFunction } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sarif } from "../../packages/report/formats/sarif.ts";
import { textOf } from "../../packages/report/formats/tester.ts";
import { arbitraryResult } from "../../packages/report/testing/arbitrary-result.ts";
import { handMadeResults } from "../../packages/report/testing/hand-made-results.ts";
import { sharedFolder } from "../shared-folder.ts";

// A URI reference of RFC 3986, as far as characters and percent-encoding go.
const URI_REFERENCE = /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/u;
const schemaFile = sharedFolder === null ? "" : path.join(sharedFolder, "schemas/sarif-schema-2.1.0.json");

interface SchemaText extends Readonly<Record<string, unknown>> {
  readonly $schema: string;
  readonly id: string;
}

function validator(): ValidateFunction {
  // The schema is of draft 4, and uses nothing of it but the name of its id that later drafts do not have.
  const { $schema, id, ...schema } = JSON.parse(readFileSync(schemaFile, "utf8")) as SchemaText;
  expect($schema).toBe("http://json-schema.org/draft-04/schema#");
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addFormat("uri", URI_REFERENCE);
  ajv.addFormat("uri-reference", URI_REFERENCE);
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/u);
  return ajv.compile({ ...schema, $id: id });
}

describe.skipIf(!existsSync(schemaFile))("the schema of SARIF 2.1.0", () => {
  test("every result gives a valid log", () => {
    const validate = validator();
    const check = (result: Result): void => {
      validate(JSON.parse(textOf(sarif, result)));
      expect(validate.errors ?? []).toEqual([]);
    };
    for (const result of Object.values(handMadeResults)) check(result);
    fc.assert(fc.property(arbitraryResult, check), { numRuns: 150 });
  });

  test("the check itself finds faults", () => {
    const validate = validator();
    const log = JSON.parse(textOf(sarif, handMadeResults["findings"] as Result)) as { runs: [{ results: [{ message: unknown }] }] };
    log.runs[0].results[0].message = {};
    expect(validate(log)).toBe(false);
  });
});
