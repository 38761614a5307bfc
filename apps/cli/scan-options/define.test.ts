import { Command } from "commander";
import { expect, test } from "vitest";
import { givenTo } from "./define.ts";
import { outputOptions } from "./outputs.ts";

function outputsOf(...words: readonly string[]): unknown {
  let read: unknown;
  const program = new Command("holdfast");
  const scan = program.command("scan").action(() => {});
  outputOptions.declare(scan);
  const form = scan.command("framework <names>").action((_names, _options, self: Command) => {
    read = outputOptions.read(givenTo(self, outputOptions.lists));
  });
  outputOptions.declare(form);
  program.parse(["scan", ...words], { from: "user" });
  return read;
}

test("what stands before a form's name counts, and what stands after it counts more", () => {
  expect(outputsOf("--no-color", "--quiet", "--output", "a", "framework", "nsa", "--output", "b")).toMatchObject({
    color: false,
    quiet: true,
    output: "b",
  });
  expect(outputsOf("framework", "nsa", "--no-color")).toMatchObject({ color: false, quiet: false, output: undefined });
});

test("options that take lists are joined", () => {
  expect(outputsOf("-f", "json", "framework", "nsa", "-f", "sarif,pretty")).toMatchObject({ formats: ["json", "sarif", "pretty"] });
});
