// https://www.openpolicyagent.org/docs/policy-reference#semver and https://semver.org
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { any, boolean, number, string } from "./type-description.ts";

interface Version {
  readonly core: readonly bigint[];
  readonly prerelease: readonly string[];
}

/** The parts of a version are 64-bit integers. */
const mostCore = 2n ** 63n - 1n;

const identifier = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
const pattern = new RegExp(
  `^v?(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(?:-(${identifier}(?:\\.${identifier})*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
);

function parse(text: string): Version | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const core = match.slice(1, 4).map(BigInt);
  if (core.some((part) => part > mostCore)) return undefined;
  return { core, prerelease: match[4] === undefined ? [] : match[4].split(".") };
}

/** -1, 0 or 1. A version with a prerelease comes before the one without. */
function compareVersions(a: Version, b: Version): number {
  for (let i = 0; i < 3; i++) {
    const [x, y] = [a.core[i] as bigint, b.core[i] as bigint];
    if (x !== y) return x < y ? -1 : 1;
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0) return Math.sign(b.prerelease.length - a.prerelease.length);
  const shared = Math.min(a.prerelease.length, b.prerelease.length);
  for (let i = 0; i < shared; i++) {
    const order = compareIdentifiers(a.prerelease[i] as string, b.prerelease[i] as string);
    if (order !== 0) return order;
  }
  return Math.sign(a.prerelease.length - b.prerelease.length);
}

/** Numbers by their value and before anything else; the rest in the order of ASCII. */
function compareIdentifiers(a: string, b: string): number {
  const aIsNumber = /^[0-9]+$/.test(a);
  const bIsNumber = /^[0-9]+$/.test(b);
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1;
  if (aIsNumber) return a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : Math.sign(a.length - b.length);
  return a < b ? -1 : a > b ? 1 : 0;
}

export const semver: readonly Builtin[] = [
  define({
    name: "semver.compare",
    args: [string, string],
    result: number,
    evaluate(context, a, b) {
      const [first, second] = [parse(a), parse(b)];
      if (first === undefined) return context.fail("eval_builtin_error", `operand 1: string ${JSON.stringify(a)} is not a valid SemVer`);
      if (second === undefined) return context.fail("eval_builtin_error", `operand 2: string ${JSON.stringify(b)} is not a valid SemVer`);
      return compareVersions(first, second);
    },
  }),
  define({
    name: "semver.is_valid",
    args: [any],
    result: boolean,
    evaluate: (_, text) => typeof text === "string" && parse(text) !== undefined,
  }),
];
