import { expect, test } from "vitest";
import { renderedDocuments } from "./rendered-documents.ts";

test("documents are divided at the lines that Helm writes, and not at what looks like them within a value", () => {
  const output =
    "---\n# Source: a/templates/x.yaml\nkind: ConfigMap\ndata:\n  t: |\n    ---\n    # Source: no\n---\n# Source: a/charts/b/templates/y z.yaml\nkind: Pod\n";
  expect(renderedDocuments(output)).toEqual([
    { template: "a/templates/x.yaml", text: "kind: ConfigMap\ndata:\n  t: |\n    ---\n    # Source: no\n" },
    { template: "a/charts/b/templates/y z.yaml", text: "kind: Pod\n" },
  ]);
  expect(renderedDocuments("")).toEqual([]);
});
