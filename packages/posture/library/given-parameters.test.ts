import { expect, test } from "vitest";
import type { Control } from "@holdfast/core";
import { givenParameters } from "./given-parameters.ts";

const CONTROL: Control = {
  id: "C-1",
  name: "one",
  score: 5,
  severity: "medium",
  category: "Workload",
  scope: ["file"],
  tags: [],
  rules: ["one"],
  attackTracks: [],
  mitre: [],
  parameters: ["limit", "names"],
  help: { description: "", why: "", fix: "", limits: "" },
};

test("only what the controls read and what differs is given, whatever its order", () => {
  const defaults = { limit: ["1"], names: ["a", "b"], other: [] };
  expect(givenParameters({ limit: ["1"], names: ["a", "b"], other: ["x"] }, defaults, [CONTROL])).toBeNull();
  const one = givenParameters({ names: ["a"], limit: ["2"] }, defaults, [CONTROL]);
  expect(one).toEqual({ names: ["limit", "names"], digest: expect.stringMatching(/^[0-9a-f]{16}$/u) as string });
  expect(givenParameters({ limit: ["2"], names: ["a"], other: ["x"] }, defaults, [CONTROL])).toEqual(one);
  expect(givenParameters({ limit: ["3"], names: ["a"] }, defaults, [CONTROL])?.digest).not.toBe(one?.digest);
});
