import { describe, expect, test } from "vitest";
import { brokenObject, isKubernetes } from "./broken-object.ts";

const metadata = { name: "a" };

describe("what is meant for a cluster and can't be judged", () => {
  test.each<[string, unknown, string]>([
    ["no apiVersion", { kind: "Pod", metadata }, "it has no apiVersion"],
    ["a misspelt apiVersion", { apiversion: "v1", kind: "Pod", metadata }, "it has no apiVersion"],
    ["an apiVersion that is a number", { apiVersion: 1, kind: "Pod", metadata }, "its apiVersion is no text"],
    ["no kind", { apiVersion: "v1", metadata, spec: {} }, "it has no kind"],
    ["a kind that is a number", { apiVersion: "v1", kind: 5, metadata }, "its kind is no text"],
    ["a list without apiVersion", { kind: "List", items: [] }, "it has no apiVersion"],
    ["a list whose items are an object", { apiVersion: "v1", kind: "List", items: { a: 1 } }, "the items of this List are no list"],
  ])("%s", (_, value, cause) => {
    expect(brokenObject(value)).toEqual({ code: "object-incomplete", cause });
  });

  test.each<[string, object]>([
    ["a kind", { apiVersion: "v1", kind: "ENC[AES256_GCM,data:x,type:str]" }],
    ["a boolean", { apiVersion: "v1", kind: "Pod", metadata, spec: { hostPID: "ENC[AES256_GCM,data:x,iv:y,tag:z,type:bool]" } }],
    ["a number in a list", { apiVersion: "v1", kind: "Pod", spec: { containers: [{ uid: "ENC[AES256_GCM,data:x,type:int]" }] } }],
  ])("SOPS has encrypted %s", (_, object) => {
    expect(brokenObject({ ...object, sops: { mac: "x" } })?.code).toBe("object-encrypted");
    expect(brokenObject(object)).toBeNull();
  });
});

test.each<[string, unknown]>([
  ["an object", { apiVersion: "v1", kind: "Pod", metadata }],
  ["an object without metadata", { apiVersion: "v1", kind: "Pod" }],
  ["an empty list", { apiVersion: "v1", kind: "List", items: null }],
  ["a kind of one's own that ends with List", { apiVersion: "example.com/v1", kind: "AccessList", items: { a: 1 } }],
  ["a chart's description", { apiVersion: "v2", name: "shop", version: "1.0.0" }],
  ["a kustomization", { apiVersion: "kustomize.config.k8s.io/v1beta1", metadata }],
  ["a pipeline", { kind: "pipeline", steps: [] }],
  ["a Secret with encrypted data", { apiVersion: "v1", kind: "Secret", data: { a: "ENC[AES256_GCM,data:x,type:str]" }, sops: {} }],
  ["a text", "kind: Pod"],
  ["nothing", null],
])("nothing is broken in %s", (_, value) => {
  expect(brokenObject(value)).toBeNull();
});

test("an object has an apiVersion and a kind and is not for a tool of the user's machine", () => {
  expect(isKubernetes({ apiVersion: "v1", kind: "Pod" })).toBe(true);
  expect(isKubernetes({ apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization" })).toBe(false);
  expect(isKubernetes([])).toBe(false);
});
