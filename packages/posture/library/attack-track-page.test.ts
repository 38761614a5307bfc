import { describe, expect, test } from "vitest";
import { readAttackTracks } from "./attack-track-page.ts";
import type { LibraryFault } from "./library-fault.ts";
import { readLibrary } from "./read-library.ts";

function read(text: string): { readonly tracks: ReturnType<typeof readAttackTracks>; readonly faults: readonly string[] } {
  const faults: LibraryFault[] = [];
  const tracks = readAttackTracks({ path: "attack-tracks.yaml", text }, faults);
  return { tracks, faults: faults.map(({ message }) => message) };
}

const PAGE = (category: string, track = "way-in"): string => `---
id: C-0001
name: A control
score: 5
category: Workload
scope: [file]
tags: []
rules: []
attackTracks: [{ track: ${track}, categories: [${category}] }]
mitre: []
parameters: []
---
What it is.

## Why it matters

## How to fix

## Limits
`;

describe("attack tracks", () => {
  test("are read with their steps, by name", () => {
    const { tracks, faults } = read(
      "- name: b\n  start: {name: One, next: [{name: Two, checksVulnerabilities: true}, {name: Three}]}\n- name: a\n  start: {name: One}\n",
    );
    expect(faults).toEqual([]);
    expect(tracks).toEqual([
      { name: "a", start: { name: "One", checksVulnerabilities: false, next: [] } },
      {
        name: "b",
        start: {
          name: "One",
          checksVulnerabilities: false,
          next: [
            { name: "Two", checksVulnerabilities: true, next: [] },
            { name: "Three", checksVulnerabilities: false, next: [] },
          ],
        },
      },
    ]);
  });

  test.each([
    ["name: a", "expected a list of attack tracks"],
    ["- name: a", "expected a mapping"],
    ["- name: a\n  start: {next: []}", "name: expected a text"],
    ["- name: a\n  start: {name: One, checksVulnerabilities: 1}", "checksVulnerabilities: expected true or false"],
    ["- name: a\n  start: {name: One, subSteps: []}", "subSteps: unknown key"],
    ["- name: a\n  start: {name: One, next: [{name: One}]}", "the attack track a has two steps called One"],
    ["- name: a\n  start: {name: One}\n- name: a\n  start: {name: One}", "the attack track a is there twice"],
    ["- name: a\n  start: &s {name: One, next: [*s]}", "next: more than 20 steps behind each other"],
  ])("%j has the fault %j", (text, fault) => {
    expect(read(text).faults).toContain(fault);
  });

  test("a control names tracks and steps that are there", () => {
    const faultsOf = (page: string): readonly string[] =>
      readLibrary([
        { path: "attack-tracks.yaml", text: "- name: way-in\n  start: {name: Initial Access, next: [{name: Execution}]}\n" },
        { path: "controls/C-0001-a-control.md", text: page },
      ]).faults.map(({ message }) => message);
    expect(faultsOf(PAGE("Execution")).filter((fault) => fault.includes("attack track"))).toEqual([]);
    expect(faultsOf(PAGE("Persistence"))).toContain("the attack track way-in has no step Persistence");
    expect(faultsOf(PAGE("Execution", "way-out"))).toContain("there is no attack track way-out");
  });
});
