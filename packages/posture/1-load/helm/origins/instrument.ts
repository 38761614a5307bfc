import { actionsOf } from "./template-actions.ts";
import type { Action } from "./template-actions.ts";

/** A place in a template. */
export interface TemplateLine {
  /** The number that the template was given. */
  readonly template: number;
  readonly line: number;
}

/** No marker is longer: both numbers are those of files and lines. */
const LONGEST_MARKER = 30;
const MARKER = / ?#hf_(?<template>\d+)_(?<line>\d+)_/gu;

/** What a line that makes a key or an item of a list looks like, expressions left out. */
const MAKES_NODE = /^\s*(?:-(?:\s|$)|(?:"[^"]*"|'[^']*'|[^\s#"'[{|>][^#]*?|\{\{\}\}[^#]*?):(?:\s|$))/u;
/** Functions whose output is of several lines, or is put on lines of its own. */
const MULTILINE = /\b(?:nindent|indent|toYaml|toYamlPretty)\b/u;
const BEGINS_LINE = /\bnindent\b/u;
const NAMED_TEMPLATE = /\b(?:include|template|tpl)\b/u;

/**
 * Ends the lines of a template that make YAML with a comment that says which line it is, so that each line of what it renders to tells where it comes from: by the first such comment on it, or
 * the next one below. Strict spares the lines behind which a named template may go on in the same line.
 */
export function instrumented(text: string, template: number, strict: boolean): string {
  const actions = actionsOf(text);
  let result = "";
  let from = 0;
  let next = 0;
  let depth = 0;
  const blocks: boolean[] = [];
  let line = 1;
  for (let start = 0; start < text.length; line += 1) {
    const newline = text.indexOf("\n", start);
    const lineBreak = newline === -1 ? text.length : newline;
    const end = text[lineBreak - 1] === "\r" ? lineBreak - 1 : lineBreak;
    const own: Action[] = [];
    const inDefine = depth > 0;
    // Those that end on this line; one that goes on takes the line break with it.
    for (let action = actions[next]; action !== undefined && action.end <= end; action = actions[(next += 1)]) {
      own.push(action);
      depth += depthChange(action, blocks);
    }
    const open = actions[next];
    const isCut = open !== undefined && open.start < end;
    if (!isCut && marks(text, start, end, own, inDefine) && staysOnItsLine(text, end, { actions, next, blocks }, strict)) {
      const first = own[0] !== undefined && own[0].start < start ? lineOf(text, own[0].start) : line;
      result += `${text.slice(from, end)} #hf_${template}_${first}_`;
      from = end;
    }
    start = lineBreak + 1;
  }
  return result + text.slice(from);
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/** How much deeper in named templates what follows stands. */
function depthChange({ kind, code }: Action, blocks: boolean[]): number {
  if (kind !== "control") return 0;
  const word = /^\w+/u.exec(code)?.[0];
  if (word === "end") return blocks.pop() === true ? -1 : 0;
  if (word === "if" || word === "with" || word === "range" || word === "block") blocks.push(false);
  if (word !== "define") return 0;
  blocks.push(true);
  return 1;
}

/** Whether a line makes a node of YAML, or is an expression that makes many. */
function marks(text: string, start: number, end: number, own: readonly Action[], inDefine: boolean): boolean {
  const last = own.at(-1);
  if (last !== undefined && last.trimsAfter && text.slice(last.end, end).trim() === "") return false;
  let written = "";
  let at = start;
  for (const action of own) {
    written += text.slice(at, Math.max(at, action.start)) + (action.kind === "output" ? "{{}}" : "");
    at = action.end;
  }
  written += text.slice(at, end);
  if (MAKES_NODE.test(written)) return !/^\s*---/u.test(written);
  const outputs = own.filter(({ kind }) => kind === "output");
  if (outputs.length === 0 || written.replaceAll("{{}}", "").trim() !== "") return false;
  return outputs.some(({ code }) => MULTILINE.test(code)) || !inDefine;
}

/** What comes behind a line: the actions from one on, and the blocks that are open; those of named templates are true. */
interface Following {
  readonly actions: readonly Action[];
  readonly next: number;
  readonly blocks: readonly boolean[];
}

/** Whether the line break behind a line is still there, or a new one, once the actions that follow have taken white space away. */
function staysOnItsLine(text: string, end: number, { actions, next, blocks }: Following, strict: boolean): boolean {
  let at = end;
  let trimmed = false;
  const open = [...blocks];
  for (let place = next; ; place += 1) {
    const action = actions[place];
    const between = text.slice(at, action?.start ?? text.length);
    if (between.trim() !== "") return !trimmed && /^[ \t\r]*\n/u.test(between);
    if (action === undefined) return true;
    if (!action.trimsBefore && !trimmed && between.includes("\n")) return true;
    if (action.kind === "output")
      return BEGINS_LINE.test(action.code) || (!strict && (NAMED_TEMPLATE.test(action.code) || MULTILINE.test(action.code)));
    // Behind a named template comes what its caller has there, not the next one in the file.
    if (depthChange(action, open) < 0) return true;
    trimmed = action.trimsAfter;
    at = action.end;
  }
}

/** A text without markers. */
export function withoutMarkers(text: string): string {
  return text.includes("#hf_") ? text.replaceAll(MARKER, "") : text;
}

/** The first place that a text names from an offset on; undefined where none is named. */
export function firstMarker(text: string, offset: number): TemplateLine | undefined {
  const at = text.indexOf("#hf_", offset);
  return at === -1 ? undefined : markersIn(text.slice(at, at + LONGEST_MARKER))[0];
}

/** The places that a text names, in order. */
export function markersIn(text: string): readonly TemplateLine[] {
  if (!text.includes("#hf_")) return [];
  return [...text.matchAll(MARKER)].map(({ groups }) => ({ template: Number(groups?.["template"]), line: Number(groups?.["line"]) }));
}
