import type { LoadProblemCode } from "../load-problems.ts";

/** What Helm says went wrong, and where. */
export interface HelmError {
  readonly code: Extract<LoadProblemCode, "chart-render" | "chart-dependencies" | "chart-values" | "chart-invalid">;
  /** In Helm's words, without the head and the advice for people at a terminal. */
  readonly message: string;
  /** The innermost place that it names; the path as Helm names it. */
  readonly place?: { readonly template: string; readonly line?: number; readonly column?: number };
  /** The template whose rendering failed: without it the others may go through. */
  readonly template?: string;
}

const PLACE = /(?<template>[^\s:()"]+\/templates\/[^\s:()"]+)(?::(?<line>\d+))?(?::(?<column>\d+))?/gu;

/** Reads what Helm wrote to standard error. Its lines of other kinds (warnings, walks of links) are no part of the message. */
export function readHelmError(stderr: string): HelmError {
  const start = stderr.search(/^Error: /mu);
  const text = (start === -1 ? stderr : stderr.slice(start + "Error: ".length))
    .replace(/\n*Use --debug flag to render out invalid YAML\s*$/u, "")
    .trim();
  const message = shortened(text.replaceAll(/\s*\n\s*/gu, " "));
  if (/missing in charts\/ directory|helm dependency (?:build|update)/u.test(text)) return { code: "chart-dependencies", message };
  if (/don't meet the specifications of the schema|values\.schema\.json/u.test(text)) return { code: "chart-values", message };
  if (/failed parsing --(?:set|set-string|set-file|values)|failed to parse .*values|error unmarshaling|cannot load values/iu.test(text))
    return { code: "chart-values", message };
  const places = [...text.matchAll(PLACE)].map(({ groups }) => groups ?? {});
  const [first] = places;
  if (first?.["template"] === undefined)
    return { code: /chart\.yaml|validation: chart|chart\.metadata/iu.test(text) ? "chart-invalid" : "chart-render", message };
  // Each include that leads to the fault is named with its place; the last is where it is.
  const last = places.findLast((place) => place["line"] !== undefined) ?? first;
  const { template = first["template"], line, column } = last;
  return {
    code: "chart-render",
    message,
    template: first["template"],
    place: {
      template,
      ...(line === undefined ? {} : { line: Number(line) }),
      ...(column === undefined ? {} : { column: Number(column) + 1 }),
    },
  };
}

/** Chains of includes repeat themselves; their beginning and end say it. */
function shortened(text: string): string {
  return text.length <= 600 ? text : `${text.slice(0, 250)} … ${text.slice(-330)}`;
}
