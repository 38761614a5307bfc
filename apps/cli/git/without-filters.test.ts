import { expect, test } from "vitest";
import type { ToolOutcome } from "@holdfast/posture";
import { withoutFilters } from "./without-filters.ts";

const RUN = { cwd: "/", timeoutMs: 1, maxOutputBytes: 1 };
const answering = (outcome: ToolOutcome): { readonly run: () => Promise<ToolOutcome> } => ({ run: async () => outcome });

test("each filter of the configuration is switched off, whatever its name has", async () => {
  const stdout = ["filter.lfs.clean", "filter.lfs.required", "filter.a.b c.process", ""].join("\0");
  const options = await withoutFilters(answering({ code: 0, stdout, stderr: "" }), RUN);
  expect(options?.filter((word) => word !== "-c")).toEqual([
    "filter.lfs.clean=",
    "filter.lfs.smudge=",
    "filter.lfs.process=",
    "filter.lfs.required=false",
    "filter.a.b c.clean=",
    "filter.a.b c.smudge=",
    "filter.a.b c.process=",
    "filter.a.b c.required=false",
  ]);
});

test("where there are none nothing is switched off; where they can't be named git is not asked", async () => {
  expect(await withoutFilters(answering({ code: 1, stdout: "", stderr: "" }), RUN)).toEqual([]);
  expect(await withoutFilters(answering({ code: 0, stdout: "filter.a=b.clean\0", stderr: "" }), RUN)).toBeNull();
  expect(await withoutFilters(answering({ code: 128, stdout: "", stderr: "" }), RUN)).toBeNull();
  expect(await withoutFilters(answering({ failure: "not-found", stderr: "" }), RUN)).toBeNull();
});
