import { afterEach, expect, test, vi } from "vitest";
import { Progress } from "./progress.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** What a terminal is sent when these texts are shown at these seconds of the process, and the line is taken away at the end. */
function sent(texts: readonly (readonly [number, string])[], columns = 80, enabled = true): string {
  let written = "";
  const stderr = { columns, write: (text: string) => (written += text) !== "" } as unknown as NodeJS.WriteStream;
  const clock = vi.spyOn(process, "uptime").mockReturnValue(1);
  const progress = new Progress({ stderr }, enabled);
  for (const [second, text] of texts) {
    clock.mockReturnValue(second);
    progress.show(text);
  }
  progress.clear();
  return written;
}

test("nothing is said of work that is over in half a second", () => {
  expect(
    sent([
      [1, "a"],
      [1.3, "b"],
      [1.49, "c"],
    ]),
  ).toBe("");
});

test("work that takes longer is told on one line, which is taken away at its end", () => {
  expect(
    sent([
      [1.2, "a"],
      [1.6, "b"],
      [1.9, "c"],
    ]),
  ).toBe("\r\u001B[2Kb\r\u001B[2Kc\r\u001B[2K");
});

test("the line is not written more often than people can see, and no longer than the terminal is wide", () => {
  expect(
    sent([
      [2, "one"],
      [2.01, "two"],
      [2.02, "three"],
    ]),
  ).toBe("\r\u001B[2Kone\r\u001B[2K");
  expect(sent([[2, "a text of more than twenty characters"]], 20)).toBe("\r\u001B[2Ka text of more than\r\u001B[2K");
});

test("where there is no terminal nothing is written", () => {
  expect(sent([[2, "one"]], 80, false)).toBe("");
});
