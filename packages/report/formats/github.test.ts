import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryResult } from "../testing/arbitrary-result.ts";
import { handMadeResults } from "../testing/hand-made-results.ts";
import { commandsIn } from "../testing/parse-command.ts";
import { github } from "./github.ts";
import { testFormat, textOf } from "./tester.ts";

function handMade(name: string): Result {
  return handMadeResults[name] as Result;
}

testFormat("github", github, (text) => {
  const [, open = "", accepted = ""] = /^Holdfast: ([\d,]+) findings? \(.*\); ([\d,]+) more findings? accepted$/mu.exec(text) ?? [];
  return Number(open.replaceAll(",", "")) + Number(accepted.replaceAll(",", ""));
});

test("each open finding is an annotation at its place, by the root of the repository, the worst first", () => {
  const commands = commandsIn(textOf(github, handMade("findings"), { sourcePrefix: "apps/" }));
  const findings = commands.filter(({ properties }) => /^C-\d+ /u.test(properties["title"] ?? ""));
  expect(findings.map(({ name, properties }) => `${name} ${properties["title"]}`)).toEqual([
    "error C-0012 Credentials in configuration files (high)",
    "error C-0057 Privileged container (high)",
    "warning C-0002 Who may run commands in containers (medium)",
    "notice C-0017 Immutable container filesystem (low)",
  ]);
  expect(findings[1]).toMatchObject({
    properties: { file: "apps/deploy/node-tuner.yaml", line: "19", col: "25", endLine: "19", endColumn: "28" },
    message: expect.stringContaining("To do: "),
  });
});

test("no name of the input is a command, and only those that are meant are there", () => {
  fc.assert(
    fc.property(arbitraryResult, (result) => {
      const text = textOf(github, result);
      for (const { name, properties } of commandsIn(text)) {
        expect(["error", "warning", "notice"]).toContain(name);
        expect(Object.keys(properties).filter((key) => !["file", "line", "col", "endLine", "endColumn", "title"].includes(key))).toEqual(
          [],
        );
      }
      const open = result.findings.filter(({ status }) => status === "open").length;
      const more = /^Holdfast: ([\d,]+) more findings? without an annotation/mu.exec(text)?.[1] ?? "0";
      const gates = result.gates.filter(({ outcome }) => outcome !== "holds").length;
      const problems = Math.min(5, result.problems.filter(({ effect }) => effect !== "degraded").length);
      const noData = result.summary.coverage === null ? 1 : 0;
      expect(commandsIn(text).length).toBe(open - Number(more) + gates + problems + noData);
      expect(text).not.toMatch(/[\p{Cc}--[\n]]|\p{Bidi_Control}|##vso\[|##\[/v);
    }),
    { numRuns: 150 },
  );
});

test("no more than GitHub shows, and the rest is counted", () => {
  const text = textOf(github, handMade("many"));
  expect(commandsIn(text).filter(({ name }) => name === "error")).toHaveLength(10);
  expect(text).toContain("Holdfast: 15 more findings without an annotation");
});

test("gates that do not hold and missing data are errors", () => {
  const commands = commandsIn(textOf(github, handMade("empty")));
  expect(commands.map(({ name, properties }) => `${name} ${properties["title"]}`)).toEqual(["error No data", "error compliance-threshold"]);
});
