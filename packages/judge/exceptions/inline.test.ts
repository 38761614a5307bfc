import { expect, test } from "vitest";
import { sampleResource } from "../sample-evaluation.ts";
import { readInlineExceptions } from "./inline.ts";
import { SAMPLE_POLICIES } from "./testing/sample-exceptions.ts";

function read(annotations: Readonly<Record<string, unknown>>) {
  const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "web", namespace: "shop", annotations } };
  return readInlineExceptions(
    [sampleResource({ apiVersion: "v1", kind: "Pod", metadata: { name: "other" } }), sampleResource(object)],
    SAMPLE_POLICIES,
  );
}

test.each(["kubescape.io/", "holdfast.dev/"])("annotations of %s", (prefix) => {
  const { exceptions, problems } = read({
    [`${prefix}skip-controls`]: "C-0001, c-0057",
    [`${prefix}skip-reason`]: "for a test",
    [`${prefix}skip-expiry`]: "2027-01-01T00:00:00Z",
    "kubescape.io/other": "x",
  });
  expect(problems).toEqual([]);
  expect(exceptions).toMatchObject([
    {
      name: "Pod shop/web (annotations)",
      form: "annotation",
      object: 1,
      reason: "for a test",
      expires: "2027-01-01T00:00:00Z",
      file: "app.yaml",
    },
  ]);
  expect(exceptions[0]?.controls.map(({ control }) => control?.source)).toEqual(["C-0001", "C-0057"]);
});

test.each<readonly [string, Readonly<Record<string, unknown>>, RegExp]>([
  ["no reason", { "kubescape.io/skip-controls": "C-0001" }, /skip-reason is missing/u],
  [
    "an unknown control",
    { "kubescape.io/skip-controls": "C-0001,C-0058", "kubescape.io/skip-reason": "x" },
    /unknown control "C-0058"; did you mean C-0057/u,
  ],
  ["no control", { "kubescape.io/skip-reason": "x" }, /skip-controls is missing/u],
  ["an empty list", { "kubescape.io/skip-controls": " , ", "kubescape.io/skip-reason": "x" }, /names no control/u],
  [
    "an expiry that is no time",
    { "kubescape.io/skip-controls": "C-0001", "kubescape.io/skip-reason": "x", "kubescape.io/skip-expiry": "soon" },
    /skip-expiry is "soon"/u,
  ],
  [
    "an unknown annotation",
    { "kubescape.io/skip-control": "C-0001" },
    /unknown annotation kubescape\.io\/skip-control; did you mean skip-controls/u,
  ],
  ["no text", { "kubescape.io/skip-controls": 5, "kubescape.io/skip-reason": "x" }, /skip-controls is no text/u],
  [
    "both spellings",
    { "kubescape.io/skip-controls": "C-0001", "holdfast.dev/skip-controls": "C-0002", "kubescape.io/skip-reason": "x" },
    /stands there as/u,
  ],
])("%s is a problem, and applies nothing", (_, annotations, why) => {
  const { exceptions, problems } = read(annotations);
  expect(exceptions).toEqual([]);
  expect(problems).toMatchObject([
    { code: "inline-exception", effect: "degraded", subject: "Pod shop/web (annotations)", file: "app.yaml" },
  ]);
  expect(problems[0]?.cause).toMatch(why);
});
