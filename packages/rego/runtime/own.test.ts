import { expect, test } from "vitest";
import { copyOwn, own, ownValues, setOwn } from "./own.ts";
import type { PlainObject } from "./value.ts";

/** An object as input has it, with names that JavaScript has a meaning for. */
function objectOf(size: number): PlainObject {
  const entries = Array.from({ length: size }, (_, i) => `"key-${i}": ${i}`);
  return JSON.parse(`{${[...entries, `"__proto__": "mine"`, `"toString": null`].join(", ")}}`) as PlainObject;
}

test.each([0, 5, 126, 127, 500])("a copy of an object with %i keys and more is one that may be changed", (size) => {
  const object = objectOf(size);
  const copy = copyOwn(object);
  expect(Object.keys(copy)).toEqual(Object.keys(object));
  expect(ownValues(copy)).toEqual(Object.values(object));
  expect(own(copy, "__proto__")).toBe("mine");
  expect(own(copy, "toString")).toBe(null);
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  setOwn(copy, "key-0", "changed");
  setOwn(copy, "__proto__", "yours");
  expect(own(copy, "key-0")).toBe("changed");
  expect(own(object, "key-0")).toBe(size === 0 ? undefined : 0);
  expect(own(object, "__proto__")).toBe("mine");
  expect(own(copy, "constructor")).toBe(undefined);
});
