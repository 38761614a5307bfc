import { expect, test } from "vitest";
import { SHOP_SIZE, shop } from "./shop.ts";
import { estate } from "./write-estate.ts";

test("a shop has 35 objects of many kinds, each with a name of its own", () => {
  const objects = Object.values(shop(7)).flat();
  expect(objects).toHaveLength(SHOP_SIZE);
  const names = objects.map((object) => `${String(object["kind"])}/${(object["metadata"] as { name: string }).name}`);
  expect(new Set(names).size).toBe(SHOP_SIZE);
  expect(new Set(objects.map((object) => object["kind"])).size).toBeGreaterThan(15);
});

test("the same number gives the same shop, another number another", () => {
  expect(shop(3)).toEqual(shop(3));
  expect(JSON.stringify(shop(3)["workloads.yaml"])).not.toBe(
    JSON.stringify(shop(4)["workloads.yaml"]).replaceAll("shop-0004", "shop-0003"),
  );
});

test("the estate's objects are those of its shops in order, all different", () => {
  const objects = estate(20);
  expect(objects).toHaveLength(20 * SHOP_SIZE);
  expect(objects.slice(SHOP_SIZE, 2 * SHOP_SIZE)).toEqual(Object.values(shop(2)).flat());
  expect(new Set(objects.map((object) => JSON.stringify(object))).size).toBe(objects.length);
});
