import { expect, test } from "vitest";
import type { Change } from "./change-plan.ts";
import { changedObject, jsonPatch, mergedChanges, mergePatch } from "./object-patch.ts";

const POD = {
  apiVersion: "v1",
  kind: "Pod",
  spec: {
    hostPID: true,
    containers: [
      { name: "a", image: "a:1", securityContext: { capabilities: { drop: ["NET_RAW"] } }, env: [{ name: "X", value: "1" }] },
      { name: "b", image: "b:1" },
    ],
  },
};

function patchOf(...changes: readonly Change[]): unknown {
  return mergePatch(POD, changedObject(POD, changes));
}

test("items of merged lists are named, other lists are given as a whole, and what goes is null or a deletion", () => {
  expect(
    patchOf(
      { kind: "remove", path: ["spec", "hostPID"] },
      { kind: "set", path: ["spec", "containers", 0, "securityContext", "capabilities", "drop", 1], value: "ALL" },
      { kind: "set", path: ["spec", "containers", 1, "securityContext", "runAsNonRoot"], value: true },
      { kind: "remove", path: ["spec", "containers", 0, "env", 0] },
    ),
  ).toEqual({
    spec: {
      hostPID: null,
      containers: [
        { name: "a", securityContext: { capabilities: { drop: ["NET_RAW", "ALL"] } }, env: [{ name: "X", $patch: "delete" }] },
        { name: "b", securityContext: { runAsNonRoot: true } },
      ],
    },
  });
});

test("a whole item that goes is deleted by its name", () => {
  expect(patchOf({ kind: "remove", path: ["spec", "containers", 0] })).toEqual({ spec: { containers: [{ name: "a", $patch: "delete" }] } });
});

test("a list whose items have no names is given as a whole", () => {
  const before = { spec: { containers: [{ image: "a" }] } };
  const after = changedObject(before, [{ kind: "set", path: ["spec", "containers", 0, "tty"], value: false }]);
  expect(mergePatch(before, after)).toEqual({ spec: { containers: [{ image: "a", tty: false }] } });
});

test("the operations of a JSON patch make what is missing on the way, escape keys, and take away from the end", () => {
  expect(
    jsonPatch({ metadata: { annotations: { "a/b~c": "1" } }, list: [1, 2, 3] }, [
      { kind: "set", path: ["metadata", "annotations", "a/b~c"], value: "2" },
      { kind: "set", path: ["spec", "x", "y"], value: 1 },
      { kind: "set", path: ["spec", "x", "z"], value: 2 },
      { kind: "remove", path: ["list", 0] },
      { kind: "remove", path: ["list", 2] },
      { kind: "remove", path: ["not", "there"] },
    ]),
  ).toEqual([
    { op: "replace", path: "/metadata/annotations/a~1b~0c", value: "2" },
    { op: "add", path: "/spec", value: { x: { y: 1 } } },
    { op: "add", path: "/spec/x/z", value: 2 },
    { op: "remove", path: "/list/2" },
    { op: "remove", path: "/list/0" },
  ]);
});

test("a patch is extended where it has the item, and behind its items where it has not", () => {
  const own = { metadata: { name: "x" }, spec: { containers: [{ name: "b", tty: true }] } };
  const more = {
    spec: {
      hostPID: false,
      containers: [
        { name: "a", stdin: false },
        { name: "b", tty: false },
      ],
    },
  };
  expect(mergedChanges(own, more)).toEqual([
    { kind: "set", path: ["spec", "hostPID"], value: false },
    { kind: "set", path: ["spec", "containers", 1], value: { name: "a", stdin: false } },
    { kind: "set", path: ["spec", "containers", 0, "tty"], value: false },
  ]);
});

test("a change that leads through a single value makes no object", () => {
  expect(changedObject({ spec: "x" }, [{ kind: "set", path: ["spec", "a"], value: 1 }])).toBeNull();
});
