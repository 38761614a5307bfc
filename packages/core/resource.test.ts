import { expect, test } from "vitest";
import { groupOf, identityOf } from "./resource.ts";

test.each<[string, Record<string, unknown>, [kind: string, namespace: string, name: string]]>([
  ["an object of the API", { kind: "Pod", metadata: { namespace: "n", name: "a" } }, ["Pod", "n", "a"]],
  ["a name that is generated", { kind: "Pod", metadata: { generateName: "a-" } }, ["Pod", "", "a-"]],
  ["a subject, whose name stands in no metadata", { kind: "User", name: "jane" }, ["User", "", "jane"]],
  ["names that are no texts", { kind: 5, metadata: { namespace: true, name: 2n ** 60n } }, ["5", "true", "1152921504606846976"]],
  ["names that are no scalars", { kind: [], metadata: { namespace: {}, name: null } }, ["", "", ""]],
  ["metadata that is a list", { kind: "Pod", metadata: ["a"] }, ["Pod", "", ""]],
])("the identity of %s", (_, object, [kind, namespace, name]) => {
  expect(identityOf(object)).toEqual({ apiVersion: "", kind, namespace, name });
});

test.each([
  ["apps/v1", "apps"],
  ["v1", ""],
  ["", ""],
])("the group of %j", (apiVersion, group) => {
  expect(groupOf(apiVersion)).toBe(group);
});
