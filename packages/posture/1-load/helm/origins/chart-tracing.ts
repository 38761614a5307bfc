import { valueAt } from "@holdfast/core";
import type { KubernetesObject, ObjectPath } from "@holdfast/core";
import { findNode } from "../../../yaml/find-node.ts";
import type { FoundNode } from "../../../yaml/find-node.ts";
import { NODE } from "../../../yaml/node-table.ts";
import { SourceText } from "../../../yaml/source-text.ts";
import type { LoadedResource, Origin } from "../../loaders/define.ts";
import type { RenderedChart } from "../chart-origins.ts";
import { templateOf, textOf } from "../chart-tree.ts";
import type { ChartNode } from "../chart-tree.ts";
import { feedOf, same } from "./feeding-values.ts";
import type { Feed } from "./feeding-values.ts";
import { markersIn, withoutMarkers } from "./instrument.ts";
import type { TemplateLine } from "./instrument.ts";
import { instrumentedRun } from "./instrumented-run.ts";
import type { InstrumentedRun } from "./instrumented-run.ts";
import { lineInValue } from "./line-in-value.ts";
import { rangeInLine } from "./range-in-line.ts";
import { secretRanges, secretTexts } from "./secret-ranges.ts";
import { outputReferences } from "./template-references.ts";
import type { OutputReferences } from "./template-references.ts";
import { ValuesFiles } from "./values-files.ts";
import type { SetValue } from "./values-files.ts";
import { ValuesPaths } from "./values-paths.ts";

/** How far below a line the template line that made it may be named. */
const LONGEST_LOOK = 100_000;

/** Renders a chart with templates that tell of their lines, twice where the first time some documents come out otherwise than without. */
export async function traceChart(chart: RenderedChart): Promise<ChartTracing> {
  const runs: InstrumentedRun[] = [];
  for (const strict of [false, true]) {
    const run = await instrumentedRun(chart, strict);
    if (run !== null) runs.push(run);
    if (run !== null && run.documents.every((document) => document !== undefined)) break;
  }
  return new ChartTracing(chart, runs);
}

/** A line of a rendered object with the template line that made it. */
interface TracedNode {
  readonly found: FoundNode;
  readonly resource: LoadedResource;
}

/** Where the objects of one chart come from. */
export class ChartTracing {
  readonly #chart: RenderedChart;
  readonly #runs: readonly InstrumentedRun[];
  readonly #files: ValuesFiles;
  readonly #outputs: readonly (readonly OutputReferences[])[];
  readonly #paths: ValuesPaths;
  readonly #secrets: readonly string[];
  readonly #ranges = new Map<SourceText, NonNullable<Origin["secrets"]>>();

  constructor(chart: RenderedChart, runs: readonly InstrumentedRun[]) {
    this.#chart = chart;
    this.#runs = runs;
    this.#files = new ValuesFiles(chart);
    this.#outputs = (runs[0]?.templates ?? []).map(({ source }) => outputReferences(source.text));
    this.#paths = new ValuesPaths(this.#outputs);
    this.#secrets = secretTexts(chart.rendered.map(({ text }) => text));
  }

  /** The place to edit to change a path of an object; `document` and `place` say which of the chart's objects it is. */
  originOf(document: number, place: number, resource: LoadedResource, path: ObjectPath): Origin {
    const traced = this.#traced(document, place, resource, path);
    const helmPath = this.#chart.rendered[document]?.template ?? "";
    const template = templateOf(this.#chart.nodes, helmPath);
    if (traced === undefined || template === null) return this.#unknown(template?.path, resource);
    const { node, nodes } = traced.resource.source;
    const found = findNode(nodes, node, path);
    // Of a field that is not there, the nearest around it; of nothing that is there, the object's name.
    const depth = found.depth === 0 ? findNode(nodes, node, ["metadata", "name"]).depth : found.depth;
    const steps = found.depth === 0 ? (["metadata", "name"] as const).slice(0, depth) : path.slice(0, found.depth);
    const exact = found.depth > 0 && found.depth === path.length;
    return this.#origin(traced.resource, resource.object, template.node, steps, exact, found.depth > 0);
  }

  /** The object among those that tell of their lines: from the run in which it came out as it is. */
  #traced(document: number, place: number, { object, kind, name }: LoadedResource, path: ObjectPath): TracedNode | undefined {
    const all = this.#runs
      .flatMap((run) => run.documents[document]?.[place] ?? [])
      .filter((one) => one.kind === kind || withoutMarkers(one.name) === name);
    const alike = all.find((one) => same(valueOf(object, path), cleaned(valueOf(one.object, path))));
    const resource = alike ?? all[0];
    return resource === undefined ? undefined : { resource, found: findNode(resource.source.nodes, resource.source.node, path) };
  }

  #origin(traced: LoadedResource, object: KubernetesObject, node: ChartNode, steps: ObjectPath, exact: boolean, feedable: boolean): Origin {
    const { nodes, node: root, text } = traced.source;
    const found = findNode(nodes, root, steps);
    const at = this.#templateLine(text.text, nodes.start(found.key ?? found.node));
    // A collection is written where its first part is.
    const inner = nodes.isCollection(found.node) && found.node + 1 < nodes.after(found.node) ? found.node + 1 : found.node;
    const written =
      inner === found.node ? this.#templateLine(text.text, nodes.start(found.node)) : this.#templateLine(text.text, nodes.start(inner));
    const feed = feedable ? this.#feed(steps, object, node, [written, at]) : null;
    if (feed !== null) {
      const set = this.#files.find(node, feed.path);
      if (set?.by === "file") return this.#inValues(set, exact, steps, object);
      if (set?.by === "command-line" && at !== undefined)
        return { ...this.#inTemplate(at, steps, traced, exact), feeds: { path: dotted(set.path) } };
    }
    return at === undefined ? this.#unknown(undefined, traced) : this.#inTemplate(at, steps, traced, exact);
  }

  #feed(steps: ObjectPath, object: KubernetesObject, { helmPath }: ChartNode, lines: readonly (TemplateLine | undefined)[]): Feed | null {
    const values = this.#runs.find((run) => run.values.has(helmPath))?.values.get(helmPath);
    for (const at of lines) {
      if (at === undefined) continue;
      const references = (this.#outputs[at.template] ?? [])
        .filter(({ line, endLine }) => line <= at.line && at.line <= endLine)
        .flatMap((output) => output.references);
      const feed = feedOf(steps, object, this.#paths.of(references), values);
      if (feed !== null) return feed;
    }
    return null;
  }

  /**
   * The template line that made a line of a rendered text: the first that it names, or that one of the lines below names. A key whose value a named template writes on lines
   * of its own (`labels: {{ include … | nindent 4 }}`) is named only behind the last of these, after the lines of the named template.
   */
  #templateLine(text: string, offset: number): TemplateLine | undefined {
    let start = text.lastIndexOf("\n", offset - 1) + 1;
    const key = /^(?<indent>[\s-]*)(?<name>[^\s:#]+):\s*$/u.exec(lineAt(text, start))?.groups;
    let nearest: TemplateLine | undefined;
    for (let isFirst = true; start < text.length; isFirst = false) {
      const line = lineAt(text, start);
      const [first, ...callers] = markersIn(line);
      if (isFirst && first !== undefined) return first;
      if (!isFirst && key !== undefined && isOutside(line, key["indent"] ?? "")) break;
      nearest ??= first;
      const caller =
        key === undefined
          ? undefined
          : [...(first === undefined ? [] : [first]), ...callers].find((one) => this.#hasKey(one, key["name"] ?? ""));
      if (caller !== undefined) return caller;
      if (nearest !== undefined && key === undefined) break;
      start += line.length + 1;
    }
    return nearest ?? this.#below(text, start);
  }

  /** The first line that the rest of a text names. */
  #below(text: string, offset: number): TemplateLine | undefined {
    return markersIn(text.slice(offset, offset + LONGEST_LOOK))[0];
  }

  #hasKey({ template, line }: TemplateLine, key: string): boolean {
    const text = this.#runs[0]?.templates[template]?.source.lines.lineAt(line) ?? "";
    return new RegExp(String.raw`(?:^|[\s{,"'-])${key.replaceAll(/[.*+?^${}()|[\]\\"']/gu, String.raw`\$&`)}["']?\s*:`, "u").test(text);
  }

  #inTemplate({ template, line }: TemplateLine, steps: ObjectPath, traced: LoadedResource, exact: boolean): Origin {
    const source = this.#runs[0]?.templates[template]?.source;
    if (source === undefined) return this.#unknown(undefined, traced);
    const value = valueOf(traced.object, steps);
    return {
      text: source,
      ...rangeInLine(source, line, steps.at(-1), typeof value === "object"),
      exact,
      secrets: this.#secretRanges(source),
    };
  }

  #inValues(
    { text, nodes, found, path }: Extract<SetValue, { readonly by: "file" }>,
    exact: boolean,
    field: ObjectPath,
    object: KubernetesObject,
  ): Origin {
    const whole = found.key !== undefined && nodes.isCollection(found.node);
    const node = whole ? (found.key ?? found.node) : found.node;
    const empty = nodes.start(node) === nodes.end(node) && found.key !== undefined ? found.key : node;
    const kind = nodes.kind(found.node);
    const line =
      kind === NODE.literal || kind === NODE.folded
        ? lineInValue(text.text.slice(nodes.start(found.node), nodes.end(found.node)), field, object)
        : null;
    const range =
      line === null
        ? { start: nodes.start(empty), end: nodes.end(empty) }
        : { start: nodes.start(found.node) + line.start, end: nodes.start(found.node) + line.end };
    return {
      text,
      ...range,
      exact,
      feeds: { file: text.file, path: dotted(path) },
      secrets: this.#secretRanges(text),
    };
  }

  /** The object's line in its template, where no more is known. */
  #unknown(path: string | undefined, resource: LoadedResource): Origin {
    const known = path === undefined ? undefined : this.#chart.files.get(path);
    const file = known ?? [...this.#chart.files.values()].find((one) => one.file === resource.file);
    const text = new SourceText(file?.file ?? resource.file, file === undefined ? "" : textOf(file));
    const reason =
      this.#runs.length === 0
        ? "Helm does not render the chart with templates that tell of their lines"
        : "the template's lines could not be told from what it renders to";
    return { text, ...rangeInLine(text, resource.line, undefined, false), exact: false, reason, secrets: this.#secretRanges(text) };
  }

  #secretRanges(text: SourceText): NonNullable<Origin["secrets"]> {
    const known = this.#ranges.get(text) ?? secretRanges(text.text, this.#secrets);
    this.#ranges.set(text, known);
    return known;
  }
}

function valueOf(object: KubernetesObject, path: ObjectPath): unknown {
  return path.length === 0 ? undefined : valueAt(object, path);
}

/** The line that starts at an offset. */
function lineAt(text: string, start: number): string {
  const end = text.indexOf("\n", start);
  return text.slice(start, end === -1 ? text.length : end);
}

/** Whether a line stands beside or around a key and not beneath it; items of a list may stand as far left as its key. */
function isOutside(line: string, indent: string): boolean {
  if (line.trim() === "" || /^\s*#/u.test(line)) return false;
  const own = line.length - line.trimStart().length;
  return own < indent.length || (own === indent.length && !line.trimStart().startsWith("- "));
}

/** A value of an object that tells of its lines, as it is in the object. */
function cleaned(value: unknown): unknown {
  if (typeof value === "string") return withoutMarkers(value);
  if (Array.isArray(value)) return value.map(cleaned);
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [withoutMarkers(key), cleaned(item)]))
    : value;
}

/** A path as `--set` names it. */
function dotted(path: ObjectPath): string {
  let text = "";
  for (const step of path)
    text += typeof step === "number" ? `[${step}]` : `${text === "" ? "" : "."}${step.replaceAll(".", String.raw`\.`)}`;
  return text;
}
