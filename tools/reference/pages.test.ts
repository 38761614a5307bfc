import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../run-tool.ts";
import { pages } from "./pages.ts";

test.each(Object.entries(pages))(
  "docs/reference/%s says what the source says; else run tools/generate-reference.ts",
  async (name, make) => {
    const written = await readFile(path.join(root, "docs/reference", name), "utf8");
    expect(written).toBe(await make());
  },
);

test("every command, option and problem has its place", async () => {
  const commands = (await pages["commands.md"]?.()) ?? "";
  for (const each of [
    "## holdfast scan framework",
    "## holdfast report",
    "`--coverage-threshold <percent>`",
    "`holdfast version",
    "default: `pretty`",
  ]) {
    expect(commands).toContain(each);
  }
  const problems = (await pages["problems.md"]?.()) ?? "";
  for (const each of ["### yaml-syntax", "### rule-failed", "### output-not-written", "### unsafe-variable"])
    expect(problems).toContain(each);
});
