import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../../tools/run-tool.ts";
import { markdownFiles, readMarkdown } from "./markdown.ts";

const files = markdownFiles(root);
const anchorsOf = new Map(files.map((file) => [file, readMarkdown(root, file).anchors]));

function fault(file: string, target: string): string | null {
  if (/^[a-z]+:/u.test(target)) return null;
  const [name = "", anchor] = target.split("#");
  const linked = name === "" ? file : path.posix.join(path.posix.dirname(file), decodeURI(name));
  if (linked.startsWith("..")) return "leads out of the repository";
  if (!existsSync(path.join(root, linked))) return "there is no such file";
  if (anchor === undefined) return null;
  return anchorsOf.get(linked)?.has(anchor) === true ? null : "there is no such heading";
}

test("there are documents to check", () => {
  expect(files).toEqual(
    expect.arrayContaining([
      "README.md",
      "docs/README.md",
      "docs/reference/problems.md",
      "library/controls/C-0057-privileged-container.md",
    ]),
  );
});

test.each(files)("links of %s lead somewhere", (file) => {
  const faults = readMarkdown(root, file).links.flatMap(({ target, line }) => {
    const text = fault(file, target);
    return text === null ? [] : [`${file}:${line}: ${target}: ${text}`];
  });
  expect(faults).toEqual([]);
});

test("a link that leads nowhere is found", () => {
  expect(fault("docs/README.md", "nowhere.md")).toBe("there is no such file");
  expect(fault("docs/README.md", "../README.md#nothing")).toBe("there is no such heading");
  expect(fault("docs/README.md", "../README.md#why")).toBeNull();
  expect(fault("docs/README.md", "../../shared/README.md")).toBe("leads out of the repository");
});

test("every document of docs can be reached from the README", () => {
  const seen = new Set<string>(["README.md"]);
  for (const file of seen) {
    for (const { target } of readMarkdown(root, file).links) {
      const linked = path.posix.join(path.posix.dirname(file), target.split("#")[0] ?? "");
      if (linked.endsWith(".md") && existsSync(path.join(root, linked))) seen.add(linked);
      if (/^docs\/\w+\/?$/u.test(linked) && statSync(path.join(root, linked)).isDirectory()) {
        for (const one of files) if (one.startsWith(`${linked.replace(/\/$/u, "")}/`)) seen.add(one);
      }
    }
  }
  expect(files.filter((file) => file.startsWith("docs/") && !seen.has(file))).toEqual([]);
});

test("paths that documents name in code exist", () => {
  const faults = files
    .filter((file) => !file.startsWith("library/"))
    .flatMap((file) =>
      namedPaths(file)
        .filter((name) => !existsSync(path.join(root, name)))
        .map((name) => `${file}: ${name}`),
    );
  expect(faults).toEqual([]);
});

/** Whole paths from the root in code that stands in prose, such as `packages/core/result.schema.json`; patterns and what is built are left out. */
function namedPaths(file: string): readonly string[] {
  return readMarkdown(root, file).codeSpans.filter(
    (span) => /^(?:packages|apps|tools|docs|test|bench|library|examples)\/[\w./-]+$/u.test(span) && !/\/dist\b/u.test(span),
  );
}
