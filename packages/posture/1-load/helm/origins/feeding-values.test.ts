import { expect, test } from "vitest";
import { feedOf } from "./feeding-values.ts";

const VALUES = {
  image: { repository: "shop/web", tag: "v1" },
  replicas: 2,
  security: { runAsUser: 0, capabilities: { drop: ["ALL"] } },
  empty: {},
  limits: null,
  list: [
    { name: "a", port: 80 },
    { name: "b", port: 81 },
  ],
  piece: "- name: side\n  privileged: true\n",
  contexts: { web: { escalates: true, privileged: true } },
  defaults: { escalates: true },
  templated: { text: "{{ .x }}", user: 3 },
};
const OBJECT = {
  replicas: 2,
  c: [{ image: "docker.io/shop/web:v1", securityContext: VALUES.security, resources: {}, privileged: true }],
  ports: [80, 81],
  other: { text: "x", user: 3 },
  limits: null,
  only: { escalates: true },
};

test.each([
  ["a value", ["replicas"], ["replicas"], { path: ["replicas"], whole: true }],
  ["a field of a value", ["c", 0, "securityContext", "runAsUser"], ["security"], { path: ["security", "runAsUser"], whole: true }],
  [
    "an item of a list in a value",
    ["c", 0, "securityContext", "capabilities", "drop", 0],
    ["security"],
    { path: ["security", "capabilities", "drop", 0], whole: true },
  ],
  ["a collection as a whole", ["c", 0, "securityContext"], ["security"], { path: ["security"], whole: true }],
  ["an empty one", ["c", 0, "resources"], ["empty"], { path: ["empty"], whole: true }],
  ["of the parts of a text the last", ["c", 0, "image"], ["image.tag", "image.repository"], { path: ["image", "tag"], whole: false }],
  ["any item", ["ports", 1], ["list.*.port"], { path: ["list", 1, "port"], whole: true }],
  ["a piece of YAML", ["c", 0, "privileged"], ["piece"], { path: ["piece"], whole: false }],
  ["a value that is a template itself", ["other", "user"], ["templated"], { path: ["templated", "user"], whole: true }],
  ["of two mappings the one that is there as it is", ["only"], ["contexts.*", "defaults"], { path: ["defaults"], whole: true }],
  ["what says something else", ["replicas"], ["image.tag", "security", "limits", "none.at.all"], null],
])("%s", (_name, field, candidates, expected) => {
  const paths = candidates.map((one) => one.split("."));
  expect(feedOf(field, OBJECT, paths, VALUES)).toEqual(expected);
});

test("an item of a list that was put in among others is that of the value, wherever it stands", () => {
  const object = {
    env: [
      { name: "OWN", value: 1 },
      { name: "A", value: "secret" },
    ],
  };
  expect(feedOf(["env", 1, "value"], object, [["extra"]], { extra: [{ name: "A", value: "secret" }] })).toEqual({
    path: ["extra", 0, "value"],
    whole: true,
  });
  expect(feedOf(["env", 0, "value"], object, [["extra"]], { extra: [{ name: "A", value: "secret" }] })).toBeNull();
});

test("a template may leave out keys that are for itself", () => {
  const values = { security: { enabled: true, privileged: true, capabilities: { drop: ["ALL"] } } };
  const object = { s: { privileged: true, capabilities: { drop: ["ALL"] } } };
  expect(feedOf(["s"], object, [["security"]], values)).toEqual({ path: ["security"], whole: true });
  expect(feedOf(["s", "privileged"], object, [["security"]], values)).toEqual({ path: ["security", "privileged"], whole: true });
});

test("of mappings that were merged the one that wins", () => {
  const values = { defaults: { a: 1, b: 1 }, workers: { mail: { security: { b: 2, c: 3 } } } };
  const candidates = [["defaults"], ["workers", "*", "security"]];
  expect(feedOf(["s"], { s: { a: 1, b: 2, c: 3 } }, candidates, values)).toEqual({ path: ["workers", "mail", "security"], whole: true });
  expect(feedOf(["s"], { s: { a: 1, b: 2, c: 3, d: 4 } }, candidates, values)).toBeNull();
});

test("a field that says the same by chance is none of the value's, where the rest of it is not there", () => {
  expect(feedOf(["c", 0, "runAsUser"], { c: [{ runAsUser: 0 }] }, [["security"]], VALUES)).toBeNull();
});
