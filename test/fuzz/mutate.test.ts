import { expect, test } from "vitest";
import { Random } from "../differential/random.ts";
import { mutated } from "./mutate.ts";

/** Multiplies the first word by 400 as often as it may. */
class Multiplying extends Random {
  override below(limit: number): number {
    return limit === 9 ? 6 : limit === 400 || limit === 4 ? limit - 1 : 0;
  }

  override chance(share: number): boolean {
    return share === 0.2;
  }
}

test("changes that multiply a text make none that takes the fuzzer long, or ends it", () => {
  const text = mutated(new Multiplying(1), "a".repeat(100), "");
  expect(text).toBe("a".repeat(20_000));
});
