import { expect, test } from "vitest";
import { compile } from "../6-link/compile.ts";
import { Metrics } from "./metrics.ts";
import { Profile } from "./profile.ts";

const source = "package a\n\np contains x if {\n\tsome x in input\n\tx > 1\n\tlarge(x)\n}\n\nlarge(x) if x > 2\n";

/** A clock that goes on by one with every look. */
function ticks(): () => number {
  let now = 0;
  return () => now++;
}

// The numbers of evaluations and redos are those of `opa eval --profile` (1.22).
test("a profile counts evaluations and redos of each expression", () => {
  const { program } = compile({ modules: [{ file: "a.rego", source, version: "v1" }] });
  const profile = new Profile(ticks());
  program?.rule(["a", "p"])?.({ input: [1, 2, 3], profile });
  const rows = profile.top().toSorted((a, b) => a.location.row - b.location.row);
  expect(rows.map((row) => [row.location.row, row.text, row.num_eval, row.num_redo])).toEqual([
    [4, "some x in input", 1, 3],
    [5, "x > 1", 3, 2],
    [6, "large(x)", 2, 1],
    [9, "x > 2", 2, 1],
  ]);
  expect(rows.every((row) => row.total_time_ns > 0)).toBe(true);
  expect(profile.top(2)).toHaveLength(2);
});

test("metrics tell the time of each stage that ran", () => {
  const metrics = new Metrics(ticks());
  const { program } = compile({ modules: [{ file: "a.rego", source, version: "v1" }], metrics });
  expect(metrics.report()).toEqual({ timer_rego_parse_ns: 1, timer_rego_resolve_ns: 1, timer_rego_check_ns: 2 });
  program?.evaluate("data.a.p", { input: [], metrics });
  expect(Object.keys(metrics.report())).toEqual(
    ["parse", "resolve", "check", "plan", "emit", "link", "query_parse", "query_compile", "evaluate"].map((one) => `timer_rego_${one}_ns`),
  );
});
