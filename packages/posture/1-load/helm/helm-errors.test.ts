import { expect, test } from "vitest";
import { readHelmError } from "./helm-errors.ts";

test.each([
  [
    'Error: template: shop/templates/web.yaml:12:20: executing "shop/templates/web.yaml" at <.Values.a.b>: nil pointer evaluating interface {}.b\n\nUse --debug flag to render out invalid YAML\n',
    { code: "chart-render", template: "shop/templates/web.yaml", place: { template: "shop/templates/web.yaml", line: 12, column: 21 } },
  ],
  [
    'Error: template: shop/templates/web.yaml:3:4: executing "shop/templates/web.yaml" at <include "x" .>: error calling include: template: shop/templates/_helpers.tpl:9:2: executing "x" at <fail "no">: error calling fail: no',
    { code: "chart-render", template: "shop/templates/web.yaml", place: { template: "shop/templates/_helpers.tpl", line: 9, column: 3 } },
  ],
  [
    "Error: parse error at (shop/templates/web.yaml:5): unclosed action",
    { code: "chart-render", template: "shop/templates/web.yaml", place: { template: "shop/templates/web.yaml", line: 5 } },
  ],
  [
    "Error: YAML parse error on shop/charts/db/templates/x.yaml: error converting YAML to JSON: yaml: line 5: did not find",
    { code: "chart-render", template: "shop/charts/db/templates/x.yaml", place: { template: "shop/charts/db/templates/x.yaml" } },
  ],
  [
    "Error: An error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: common",
    { code: "chart-dependencies" },
  ],
  [
    "WARNING: x\nError: values don't meet the specifications of the schema(s) in the following chart(s):\nshop:\n- at '/replicas': got string, want integer",
    { code: "chart-values", message: expect.stringContaining("want integer") },
  ],
  ['Error: failed parsing --set data: key "a" has no value', { code: "chart-values" }],
  ["Error: chart.metadata.version is required", { code: "chart-invalid" }],
])("%s", (stderr, expected) => {
  expect(readHelmError(stderr)).toMatchObject(expected);
});
