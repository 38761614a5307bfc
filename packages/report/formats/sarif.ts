import type { Result } from "@holdfast/core";
import { SOURCE_ROOT } from "../sarif/locations.ts";
import { ResultWriter } from "../sarif/results.ts";
import { ruleOf } from "../sarif/rules.ts";
import { invocationOf, runProperties } from "../sarif/run-properties.ts";
import type { Format, ReportOptions } from "./define.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** The elements of a list, one a line. */
function* lines<T>(items: readonly T[], write: (item: T) => object): Iterable<string> {
  for (const [index, item] of items.entries()) {
    yield `        ${JSON.stringify(write(item))}${index === items.length - 1 ? "" : ","}\n`;
  }
}

function* render(result: Result, { sourcePrefix }: ReportOptions): Iterable<string> {
  const writer = new ResultWriter(result, sourcePrefix);
  const { name, version } = result.tool;
  const root = { [SOURCE_ROOT]: { description: { text: "The root of the repository." } } };
  yield `{\n  "$schema": ${JSON.stringify(SCHEMA)},\n  "version": "2.1.0",\n  "runs": [\n    {\n`;
  yield `      "tool": { "driver": { "name": ${JSON.stringify(name)}, "version": ${JSON.stringify(version)}, "rules": [\n`;
  yield* lines(result.controls, ruleOf);
  yield "      ] } },\n";
  // Holdfast counts columns in UTF-16 code units, as JavaScript and most editors do.
  yield '      "columnKind": "utf16CodeUnits",\n';
  yield `      "originalUriBaseIds": ${JSON.stringify(root)},\n`;
  yield `      "invocations": [${JSON.stringify(invocationOf(result, sourcePrefix))}],\n`;
  yield `      "properties": ${JSON.stringify(runProperties(result))},\n`;
  yield '      "results": [\n';
  yield* lines(result.findings, (finding) => writer.write(finding));
  yield "      ]\n    }\n  ]\n}\n";
}

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), for code hosts and editors. URIs are relative to the root of the repository. */
export const sarif: Format = { render };
