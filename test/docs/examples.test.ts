// Runs the programs of documents: a `ts` block behind `<!-- run -->` prints what the `text` block after it says.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "../../tools/run-tool.ts";
import { markdownFiles, readMarkdown } from "./markdown.ts";

const examples = markdownFiles(root).flatMap((file) => {
  const { blocks } = readMarkdown(root, file);
  return blocks.flatMap((block, i) =>
    block.language === "ts" && block.remark === "run" ? [{ place: `${file}:${block.line}`, block, next: blocks[i + 1] }] : [],
  );
});

// Inside the workspace, so that its packages are found.
mkdirSync(path.join(root, "generated"), { recursive: true });
const folder = mkdtempSync(path.join(root, "generated/examples-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the Rego engine's page has one", () => {
  expect(examples.map(({ place }) => place.split(":")[0])).toContain("packages/rego/README.md");
});

test.each(examples)("$place prints what it says", ({ block, next }) => {
  const file = path.join(folder, `line-${block.line}.ts`);
  writeFileSync(file, block.text);
  expect(next?.language).toBe("text");
  expect(execFileSync(process.execPath, [file], { encoding: "utf8" }).trimEnd()).toBe(next?.text);
});
