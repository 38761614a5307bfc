import { expect, test } from "vitest";
import { selectsLabels } from "./label-selector.ts";

const labels = { app: "shop", tier: "web" };

test.each([
  [{}, true],
  [{ matchLabels: {} }, true],
  [{ matchLabels: null, matchExpressions: null }, true],
  [{ matchLabels: { app: "shop" } }, true],
  [{ matchLabels: { app: "shop", tier: "db" } }, false],
  [{ matchLabels: { constructor: "shop" } }, false],
  [{ matchExpressions: [{ key: "app", operator: "In", values: ["bank", "shop"] }] }, true],
  [{ matchExpressions: [{ key: "app", operator: "In", values: ["bank"] }] }, false],
  [{ matchExpressions: [{ key: "zone", operator: "In", values: ["a"] }] }, false],
  [{ matchExpressions: [{ key: "app", operator: "NotIn", values: ["shop"] }] }, false],
  [{ matchExpressions: [{ key: "zone", operator: "NotIn", values: ["a"] }] }, true],
  [{ matchExpressions: [{ key: "app", operator: "Exists" }] }, true],
  [{ matchExpressions: [{ key: "zone", operator: "Exists" }] }, false],
  [{ matchExpressions: [{ key: "app", operator: "DoesNotExist" }] }, false],
  [{ matchExpressions: [{ key: "zone", operator: "DoesNotExist" }] }, true],
  [{ matchExpressions: [{ key: "app", operator: "Like", values: ["sh*"] }] }, false],
  [{ matchLabels: { app: "shop" }, matchExpressions: [{ key: "tier", operator: "DoesNotExist" }] }, false],
])("%j", (selector, selected) => {
  expect(selectsLabels(selector, labels)).toBe(selected);
});
