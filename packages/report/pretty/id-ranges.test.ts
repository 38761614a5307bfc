import { expect, test } from "vitest";
import { idRanges } from "./id-ranges.ts";

test.each([
  [[], ""],
  [["C-0001"], "C-0001"],
  [["C-0001", "C-0002"], "C-0001, C-0002"],
  [["C-0001", "C-0002", "C-0003", "C-0005"], "C-0001 to C-0003, C-0005"],
  [["C-0008", "C-0009", "C-0010", "C-0011"], "C-0008 to C-0011"],
  [["C-9998", "C-9999", "C-10000"], "C-9998 to C-10000"],
  [["C-0001", "ORG-2", "ORG-3", "ORG-4"], "C-0001, ORG-2 to ORG-4"],
  [["C-1", "C-02", "C-3"], "C-1, C-02, C-3"],
  [["C-0210", "C-0211 (in part)", "C-0212"], "C-0210, C-0211 (in part), C-0212"],
  [["own rule", "another rule", "a-third"], "own rule, another rule, a-third"],
  [["x-99999999999999999998", "x-99999999999999999999"], "x-99999999999999999998, x-99999999999999999999"],
])("%j reads %j", (ids, text) => {
  expect(idRanges(ids)).toBe(text);
});
