import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleControl, sampleEvaluation, sampleFinding, sampleResource } from "../sample-evaluation.ts";
import { acceptances, matchExceptions } from "./apply-exceptions.ts";
import { removableExceptions } from "./removable-exceptions.ts";
import { clusterException, namespacedException, sampleExceptions } from "./testing/sample-exceptions.ts";

const NOW = Date.parse("2026-06-01T00:00:00Z");
const evaluation = sampleEvaluation(0, [{ control: sampleControl("C-0001"), judged: [0, 1, 2] }], {
  resources: ["web", "db", "fixed"].map((name) => sampleResource({ apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "shop" } })),
  findings: [sampleFinding("C-0001", 0, "spec.hostPID"), sampleFinding("C-0001", 1, "spec.hostPID")],
});

const on = (id: string, name: string, more: object = {}) =>
  namespacedException({ match: { resources: [{ kind: "Pod", name }] }, expiresAt: "2027-01-01T00:00:00Z", ...more }, { name: id });

function removed(...values: readonly unknown[]): readonly string[] {
  return removableExceptions([{ world: "files", evaluation }], sampleExceptions(...values), NOW).map(({ exception }) => exception.name);
}

test("what is expired, gone or fixed can go; what is in use stays", () => {
  expect(
    removed(on("old", "web", { expiresAt: "2026-01-01T00:00:00Z" }), on("gone", "nobody"), on("done", "fixed"), on("used", "db")),
  ).toEqual(["shop/old", "shop/gone", "shop/done"]);
});

test("what a scan was not told to look at stays", () => {
  expect(removed(on("other", "web", { posture: [{ controlID: "C-0057", action: "ignore" }] }))).toEqual([]);
});

test("where data were lost only what is expired can go", () => {
  const lossy = { ...evaluation, inputs: { ...evaluation.inputs, account: { ...evaluation.inputs.account, lost: 1 } } };
  const exceptions = sampleExceptions(
    on("old", "web", { expiresAt: "2026-01-01T00:00:00Z" }),
    on("gone", "nobody"),
    on("done", "fixed"),
    on("one", "web"),
    on("two", "web"),
  );
  const gone = removableExceptions([{ world: "files", evaluation: lossy }], exceptions, NOW);
  expect(gone.map(({ exception }) => exception.name)).toEqual(["shop/old"]);
});

test("of two that accept the same one stays, and a narrow one does not give way to one that is over-broad", () => {
  expect(removed(on("one", "web"), on("two", "web"))).toEqual(["shop/one"]);
  expect(removed(on("narrow", "web"), clusterException({ match: { resources: [{ kind: "Pod" }] } }, { name: "wide" }))).toEqual([]);
});

test("no finding returns when all that can be removed is", () => {
  const names = ["web", "db", "fixed", "web|db", "gone"];
  const exception = fc.record({ name: fc.constantFrom(...names), expired: fc.boolean() });
  fc.assert(
    fc.property(fc.array(exception, { maxLength: 6 }), (written) => {
      const exceptions = sampleExceptions(
        ...written.map(({ name, expired }, at) => on(`x${at}`, name, expired ? { expiresAt: "2026-01-01T00:00:00Z" } : {})),
      );
      const accepted = (list: typeof exceptions) => [...acceptances(evaluation, matchExceptions(evaluation, list, { now: NOW })).keys()];
      const gone = new Set(removableExceptions([{ world: "files", evaluation }], exceptions, NOW).map((one) => one.exception));
      expect(accepted(exceptions.filter((one) => !gone.has(one)))).toEqual(accepted(exceptions));
    }),
  );
});
