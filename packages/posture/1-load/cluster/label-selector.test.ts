import { expect, test } from "vitest";
import { parseLabelSelector, selectsObject } from "./label-selector.ts";

const object = { metadata: { labels: { app: "shop", env: "prod", "example.com/tier": "front" } } };

test.each([
  ["app=shop", true],
  ["app==shop,env=prod", true],
  ["app=shop,env=test", false],
  ["app!=bank", true],
  ["team!=a", true],
  ["team=", false],
  ["env in (test, prod)", true],
  ["env in (test)", false],
  ["env notin (test, stage),app", true],
  ["team notin (a)", true],
  ["app", true],
  ["team", false],
  ["!team", true],
  ["!app", false],
  ["example.com/tier=front", true],
])("%s", (text, selects) => {
  const selector = parseLabelSelector(text);
  expect(selector).not.toBeNull();
  expect(selector !== null && selectsObject(selector, object)).toBe(selects);
});

test.each(["", "a=b=c", "app in shop", "app in (a", "app=shop,", "-app", "app>3", "app=sh op"])("%j is no selector", (text) => {
  expect(parseLabelSelector(text)).toBeNull();
});

test("an object without labels has none", () => {
  const selector = parseLabelSelector("!app");
  expect(selector !== null && selectsObject(selector, { kind: "Pod" })).toBe(true);
});
