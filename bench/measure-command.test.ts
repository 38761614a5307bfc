import { expect, test } from "vitest";
import { measureCommand } from "./measure-command.ts";

test("time, peak memory and exit code of a program are measured", () => {
  const script = "const held = Buffer.alloc(200 * 2 ** 20, 1); setTimeout(() => process.exit(held.length > 0 ? 3 : 0), 150)";
  const { millis, cpuMillis, peakMebibytes, exitCode } = measureCommand(process.execPath, ["-e", script], "/");
  expect(exitCode).toBe(3);
  expect(millis).toBeGreaterThan(150);
  expect(cpuMillis).toBeGreaterThan(0);
  expect(peakMebibytes).toBeGreaterThan(200);
  expect(peakMebibytes).toBeLessThan(500);
});

test("a program that is not there is an error", () => {
  expect(() => measureCommand("/no/such/program", [], "/")).toThrow("could not be measured");
});
