import { expect, test } from "vitest";
import { pageScript, pageStyle } from "../packages/report/html/page-assets.ts";
import { pageAssets } from "./page-assets.ts";

test("the page's script and style are of their source: run tools/generate-page.ts where they are not", async () => {
  const made = await pageAssets();
  // Whole texts would bury what is wrong.
  expect(made.pageScript === pageScript).toBe(true);
  expect(made.pageStyle === pageStyle).toBe(true);
});
