import { expect, test } from "vitest";
import { setKeys } from "./set-keys.ts";

test("keys of --set are paths: of names, of places in lists, and of names with dots in them", () => {
  expect(setKeys(["a.b=1,c[0].d=2", String.raw`annotations.example\.com/x=a\,b`, "nothing"])).toEqual([
    ["a", "b"],
    ["c", 0, "d"],
    ["annotations", "example.com/x"],
  ]);
});
