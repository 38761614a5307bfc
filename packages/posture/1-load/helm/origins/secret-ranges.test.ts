import { expect, test } from "vitest";
import { secretRanges, secretTexts } from "./secret-ranges.ts";

test("what Secrets hold is found in other texts, plain or in base64, each place once", () => {
  const secrets = secretTexts([
    "kind: Secret\ndata: {a: aHVudGVyLTIy, b: AA==}\nstringData:\n  c: |\n    line one\n    hunter-22 and more\n",
    "kind: ConfigMap\ndata: {d: not-secret}\n",
  ]);
  const text = "a: hunter-22\nb: hunter-22 and more\nc: aHVudGVyLTIy, not-secret, line one\n";
  expect(secretRanges(text, secrets).map(({ start, end }) => text.slice(start, end))).toEqual([
    "hunter-22",
    "hunter-22 and more",
    "aHVudGVyLTIy",
    "line one",
  ]);
});
