// What the pages say of the library in numbers is what the library holds.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

function pagesIn(folder: string): number {
  return readdirSync(path.join(root, "library", folder)).filter((file) => /\.(?:md|yaml)$/u.test(file)).length;
}

function textOf(page: string): string {
  return readFileSync(path.join(root, page), "utf8");
}

test("the README and the changelog count controls and frameworks", () => {
  const readme = textOf("README.md");
  const said = {
    controls: Number(/\| (\d+) controls /u.exec(readme)?.[1]),
    frameworks: Number(/ in (\d+) frameworks/u.exec(readme)?.[1]),
    changelog: Number(/ by (\d+) controls/u.exec(textOf("CHANGELOG.md"))?.[1]),
  };
  expect(said).toEqual({ controls: pagesIn("controls"), frameworks: pagesIn("frameworks"), changelog: pagesIn("controls") });
});
