import { expect, test } from "vitest";
import { candidateValues, closestFirst } from "./candidate-values.ts";
import { ITEM_KEY } from "./template-expression.ts";

const VALUES = {
  apps: { web: { image: "shop/web", debug: true }, mail: { image: "shop/mail", debug: true } },
  list: [
    { name: "one", on: true },
    { name: "two", on: true },
  ],
};

function paths(path: string): string[] {
  return candidateValues(path.split("."), VALUES).map((one) => one.path.join("."));
}

test("a * is each item, of lists and of mappings; what is not there is left out", () => {
  expect(paths("apps.*.image")).toEqual(["apps.web.image", "apps.mail.image"]);
  expect(paths("list.*.name")).toEqual(["list.0.name", "list.1.name"]);
  expect(paths("list.1.name")).toEqual(["list.1.name"]);
  expect(paths("apps.none.x")).toEqual([]);
});

test("keys of mappings are values too, each at what it is the key of; those of lists are only numbers", () => {
  const keys = candidateValues(["apps", ITEM_KEY], VALUES).map(({ path, value, isKey }) => [path.join("."), value, isKey]);
  expect(keys).toEqual([
    ["apps.web", "web", true],
    ["apps.mail", "mail", true],
  ]);
  expect(candidateValues(["list", ITEM_KEY], VALUES)).toEqual([]);
});

test("of alike items the one comes first that the object was made from", () => {
  const object = {
    metadata: { name: "r-mail" },
    spec: {
      containers: [
        { name: "one", debug: true },
        { name: "two", debug: true },
      ],
    },
  };
  const field = ["spec", "containers", 1, "debug"];
  expect(closestFirst(candidateValues(["apps", "*", "debug"], VALUES), field, object)[0]?.path).toEqual(["apps", "mail", "debug"]);
  expect(closestFirst(candidateValues(["list", "*", "on"], VALUES), field, object)[0]?.path).toEqual(["list", 1, "on"]);
});

test("a value of the field's own name goes before others", () => {
  const found = [
    { path: ["hostPID"], value: true, items: [] },
    { path: ["hostIPC"], value: true, items: [] },
  ];
  expect(closestFirst(found, ["spec", "hostIPC"], {})[0]?.path).toEqual(["hostIPC"]);
});
