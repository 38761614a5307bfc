import { parseObjectPath } from "@holdfast/core";
import type { Fix, ObjectPath } from "@holdfast/core";
import type { LoadedResource, Origin } from "../1-load/loaders/define.ts";
import { leftOutLines } from "../1-load/helm/origins/left-out-lines.ts";
import type { SourceText } from "../yaml/source-text.ts";
import { endOfLine } from "../yaml/token-scanner.ts";
import { blockLines, inlineText, isInline } from "./render-value.ts";
import { TEMPLATE } from "./source-changes.ts";
import type { TextEdit } from "./text-edit.ts";
import { lineStart } from "./text-style.ts";

/** A change of a template that may mend what is wrong with what it renders to. Whether it does, only rendering shows. */
export interface TemplateProposal {
  readonly text: SourceText;
  readonly edit: TextEdit;
  /** Places of the wishes that it is for. */
  readonly wishes: readonly number[];
}

/** What is wished for of a rendered object. */
export interface RenderedWish {
  readonly resource: LoadedResource;
  readonly fixes: readonly Fix[];
}

/** One place of a template, and what is to be there. */
interface Place {
  readonly origin: Origin;
  readonly wishes: Set<number>;
  /** Fields to add below it. */
  readonly added: Record<string, unknown>;
  /** Its value, where it is a field that is to have another. */
  readonly value?: unknown;
}

/** A field on a line of its own: `key: value`, `- key: value`. */
const FIELD = /^(?<indent> *)(?<dash>- +)?(?<key>[\w./-]+|"[^"]+"):(?: +(?<value>\S.*?))?\s*$/u;
const STYLE = { lineBreak: "\n", unit: 2, listOffset: 2 } as const;

/** Changes of templates for wishes that each ask for one: a literal gets another value, and a mapping that is written out gets fields. What else a template may do is for a person to change. */
export function templateProposals(wishes: readonly RenderedWish[]): readonly TemplateProposal[] {
  const places = new Map<string, Place>();
  for (const [at, { resource, fixes }] of wishes.entries()) for (const fix of fixes) addPlace(places, at, resource, fix);
  return [...places.values()].flatMap((place) => {
    const edit = "value" in place ? replacing(place.origin, place.value) : adding(place);
    return edit === null ? [] : [{ text: place.origin.text, edit, wishes: [...place.wishes] }];
  });
}

function addPlace(places: Map<string, Place>, at: number, { origins, object }: LoadedResource, fix: Fix): void {
  const path = fix.path === undefined ? null : parseObjectPath(fix.path, object);
  if (origins === undefined || path === null) return;
  const depth = path.findLastIndex((_, step) => origins.originOf(path.slice(0, step + 1)).exact) + 1;
  if (depth === 0) return;
  const origin = origins.originOf(path.slice(0, depth));
  if (!TEMPLATE.test(origin.text.file)) return;
  const rest = path.slice(depth);
  // Taking a switch away is turning it off; anything else that is to go is for a person to take out.
  if (fix.kind === "remove" && (rest.length > 0 || !/:\s*true\s*$/u.test(lineOf(origin)))) return;
  const key = `${origin.text.file}:${origin.start} ${rest.length === 0 ? "=" : "+"}`;
  const place = places.get(key) ?? {
    origin,
    wishes: new Set<number>(),
    added: {},
    ...(rest.length === 0 ? { value: fix.kind === "remove" ? false : fix.value } : {}),
  };
  if (rest.length > 0 && !put(place.added, rest, fix.value)) return;
  place.wishes.add(at);
  places.set(key, place);
}

/** Puts a value into mappings and lists that are made on the way; false where something else is there. */
function put(into: Record<string, unknown>, path: ObjectPath, value: unknown): boolean {
  const [step, next, ...rest] = path;
  if (typeof step !== "string") return false;
  if (next === undefined) {
    into[step] = value;
    return true;
  }
  if (typeof next === "number") {
    if (rest.length > 0) return false;
    const list = Array.isArray(into[step]) ? (into[step] as unknown[]) : [];
    into[step] = list.includes(value) ? list : [...list, value];
    return true;
  }
  const inner = into[step] ?? {};
  if (typeof inner !== "object" || Array.isArray(inner)) return false;
  into[step] = inner;
  return put(inner as Record<string, unknown>, [next, ...rest], value);
}

function lineOf({ text, start }: Origin): string {
  return text.text.slice(lineStart(text.text, start), endOfLine(text.text, start));
}

/** Another value for a literal. */
function replacing(origin: Origin, value: unknown): TextEdit | null {
  const line = lineOf(origin);
  const literal = FIELD.exec(line)?.groups?.["value"];
  if (literal === undefined || /\{\{|^[&*|>{[#]/u.test(literal) || !isInline(value)) return null;
  const bare = literal.replace(/ +#.*$/u, "");
  const start = lineStart(origin.text.text, origin.start) + line.lastIndexOf(literal);
  return { start, end: start + bare.length, text: inlineText(value, "block") };
}

/** New fields below a key that stands alone on its line, or beside the first of a list item. */
function adding({ origin, added }: Place): TextEdit | null {
  const { text } = origin.text;
  const line = lineOf(origin);
  const { indent, dash, value } = FIELD.exec(line)?.groups ?? {};
  if (indent === undefined) return null;
  const isItem = dash !== undefined;
  if (!isItem && value !== undefined) return null;
  if (isItem && (value === undefined || /^[&*|>{[]/u.test(value))) return null;
  const end = endOfLine(text, origin.start);
  const column = isItem ? indent.length + dash.length : (indentBelow(text, end) ?? indent.length + STYLE.unit);
  if (column <= indent.length) return null;
  // What the template writes itself under other values would stand there twice.
  const at = origin.text.lines.placeOf(origin.start).line;
  if (Object.keys(added).some((key) => leftOutLines(origin.text, at, key).length > 0)) return null;
  const lineBreak = text.startsWith("\r\n", end) ? "\r\n" : "\n";
  return {
    start: end,
    end,
    text: blockLines(added, column, STYLE)
      .map((one) => lineBreak + one)
      .join(""),
  };
}

/** How far the next line that says something is indented. */
function indentBelow(text: string, from: number): number | undefined {
  const next = /^(?:[ \t]*(?:#.*|\{\{-? *(?:if|with|range|else|end|\/\*).*)?\r?\n)*(?<indent> *)(?<rest>\S.*)/u.exec(
    text.slice(from).replace(/^\r?\n/u, ""),
  )?.groups;
  const inserted = /nindent +(?<columns>\d+)/u.exec(next?.["rest"] ?? "")?.groups?.["columns"];
  return inserted === undefined ? next?.["indent"]?.length : Number(inserted);
}
