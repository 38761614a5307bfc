import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clip, displayWidth, pad, sliceColumns } from "./display-width.ts";
import { wrap } from "./wrap.ts";

describe("width", () => {
  test.each([
    ["abc", 3],
    ["日本", 4],
    ["e\u0301", 1],
    ["🙂", 2],
    ["", 0],
    ["…•", 2],
  ])("%j takes %i columns", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  test("parts of wide text", () => {
    expect(sliceColumns("日本語", 2, 4)).toBe("本");
    // A half of a character is left out.
    expect(sliceColumns("日本語", 1, 4)).toBe("本");
    expect(clip("日本語", 5)).toBe("日本…");
    expect(clip("abc", 3)).toBe("abc");
    expect(pad("日", 4)).toBe("日  ");
  });
});

describe("wrap", () => {
  test("breaks between words, and inside one only where it must", () => {
    expect(wrap("the quick brown fox", 10)).toEqual(["the quick", "brown fox"]);
    expect(wrap("a spec.template.spec", 8)).toEqual(["a", "spec.tem", "plate.sp", "ec"]);
    expect(wrap("", 8)).toEqual([]);
    expect(wrap("日本語日本語", 5)).toEqual(["日本", "語日", "本語"]);
  });

  test("no line is too wide, and no character is lost", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrap(text, width);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
    );
  });
});
