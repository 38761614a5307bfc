import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryResult } from "../testing/arbitrary-result.ts";
import { handMadeResults } from "../testing/hand-made-results.ts";
import { gitlabSast } from "./gitlab-sast.ts";
import { testFormat, textOf } from "./tester.ts";

interface Location {
  readonly file?: string;
  readonly start_line?: number;
  readonly end_line?: number;
}
interface Report {
  readonly version: string;
  readonly scan: {
    readonly analyzer: { readonly id: string; readonly name: string; readonly version: string; readonly vendor: { readonly name: string } };
    readonly type: string;
    readonly start_time: string;
    readonly end_time: string;
    readonly status: string;
    readonly messages: readonly { readonly level: string; readonly value: string }[];
  };
  readonly vulnerabilities: readonly {
    readonly id: string;
    readonly name: string;
    readonly severity: string;
    readonly identifiers: readonly { readonly type: string; readonly name: string; readonly value: string }[];
    readonly location: Location;
    readonly tracking: { readonly items: readonly (Location & { readonly signatures: readonly { readonly value: string }[] })[] };
    readonly details?: Readonly<Record<string, { readonly type: string; readonly value: string }>>;
  }[];
}

function reportOf(text: string): Report {
  return JSON.parse(text) as Report;
}

testFormat("gitlab-sast", gitlabSast, (text) => {
  const { vulnerabilities, scan } = reportOf(text);
  const accepted = scan.messages.flatMap(({ value }) => /; ([\d,]+) more findings? accepted/u.exec(value)?.[1] ?? []);
  return vulnerabilities.length + Number(accepted[0]);
});

// What the schemas of version 15 (https://gitlab.com/gitlab-org/security-products/security-report-schemas) ask for.
test("any result: all that GitLab's schema asks for is there, in its forms", () => {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/u;
  fc.assert(
    fc.property(arbitraryResult, (result) => {
      const { version, scan, vulnerabilities } = reportOf(textOf(gitlabSast, result));
      expect(version).toMatch(/^15\.\d+\.\d+$/u);
      expect(scan).toMatchObject({ type: "sast", analyzer: { id: "holdfast", vendor: { name: "Holdfast" } }, scanner: { id: "holdfast" } });
      expect(scan.start_time).toMatch(time);
      expect(scan.end_time).toMatch(time);
      expect(["success", "failure"]).toContain(scan.status);
      for (const { level, value } of scan.messages) {
        expect(["info", "warn", "fatal"]).toContain(level);
        expect(value).not.toBe("");
      }
      for (const { id, name, severity, identifiers, location, tracking } of vulnerabilities) {
        expect(id).not.toBe("");
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThan(256);
        expect(["Info", "Unknown", "Low", "Medium", "High", "Critical"]).toContain(severity);
        expect(identifiers.length).toBeGreaterThan(0);
        for (const one of identifiers) for (const text of [one.type, one.name, one.value]) expect(text).not.toBe("");
        expect(location.end_line ?? 1).toBeGreaterThanOrEqual(location.start_line ?? 1);
        for (const { signatures } of tracking.items) for (const { value } of signatures) expect(value).not.toBe("");
      }
    }),
    { numRuns: 150 },
  );
});

test("ids follow the fingerprint, so that GitLab knows a finding again", () => {
  const { vulnerabilities } = reportOf(textOf(gitlabSast, handMadeResults["findings"] as Result, { sourcePrefix: "apps/" }));
  const privileged = vulnerabilities.find(({ identifiers }) => identifiers[0]?.value === "C-0057");
  expect(privileged).toMatchObject({
    id: "3f0c1d5e-8a7b-4c2d-9e6f-0a1b2c3d4e5f",
    severity: "High",
    location: { file: "apps/deploy/node-tuner.yaml", start_line: 19, end_line: 19 },
    tracking: { items: [{ signatures: [{ algorithm: "hash", value: "3f0c1d5e8a7b4c2d9e6f0a1b2c3d4e5f" }] }] },
  });
  expect(privileged?.details?.["fix"]).toMatchObject({ type: "code", lang: "diff" });
});

test("what is accepted is left out and counted; no data is a failed scan", () => {
  const { vulnerabilities, scan } = reportOf(textOf(gitlabSast, handMadeResults["findings"] as Result));
  expect(vulnerabilities.some(({ identifiers }) => identifiers[0]?.value === "C-0030")).toBe(false);
  expect(scan.messages.map(({ value }) => value)).toContain("4 findings; 1 more finding accepted by exceptions, which are left out here");
  expect(scan.start_time).toBe("2026-01-01T00:00:00");
  expect(reportOf(textOf(gitlabSast, handMadeResults["empty"] as Result)).scan).toMatchObject({
    status: "failure",
    start_time: "1970-01-01T00:00:00",
  });
});
