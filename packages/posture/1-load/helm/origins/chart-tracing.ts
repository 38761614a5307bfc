import { valueAt } from "@holdfast/core";
import type { KubernetesObject, ObjectPath } from "@holdfast/core";
import { findNode } from "../../../yaml/find-node.ts";
import { NODE } from "../../../yaml/node-table.ts";
import { SourceText } from "../../../yaml/source-text.ts";
import type { LoadedResource, Origin } from "../../loaders/define.ts";
import type { RenderedChart } from "../rendered-chart.ts";
import { templateOf, textOf } from "../chart-tree.ts";
import type { ChartNode } from "../chart-tree.ts";
import { candidateValues, closestFirst } from "./candidate-values.ts";
import { feedOf, same } from "./feeding-values.ts";
import type { Feed } from "./feeding-values.ts";
import { withoutMarkers } from "./instrument.ts";
import type { TemplateLine } from "./instrument.ts";
import { instrumentedRun } from "./instrumented-run.ts";
import type { InstrumentedRun } from "./instrumented-run.ts";
import { leftOutLines } from "./left-out-lines.ts";
import { lineInValue } from "./line-in-value.ts";
import { rangeInLine } from "./range-in-line.ts";
import { secretRanges, secretTexts } from "./secret-ranges.ts";
import type { Reference } from "./template-expression.ts";
import { TemplateLines } from "./template-lines.ts";
import { outputReferences } from "./template-references.ts";
import type { OutputReferences } from "./template-references.ts";
import { ValuesFiles } from "./values-files.ts";
import type { SetValue } from "./values-files.ts";
import { ValuesPaths } from "./values-paths.ts";

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

/** A field of an object, or the nearest around one that is not there. */
interface Field {
  /** The object that tells of its lines. */
  readonly traced: LoadedResource;
  /** The object as it is. */
  readonly object: KubernetesObject;
  /** The chart that it comes from. */
  readonly chart: ChartNode;
  readonly steps: ObjectPath;
  readonly exact: boolean;
  /** The steps that are missing. */
  readonly missing: ObjectPath;
}

/** Files that nobody edits in place. */
const IN_ARCHIVE = /\.(?:tgz|tar|tar\.gz|zip)\//iu;
const NAME: ObjectPath = ["metadata", "name"];
/** How many lines above the next that is named an expression is looked for. */
const FAR = 20;

/** Where the objects of one chart come from. */
export class ChartTracing {
  readonly #chart: RenderedChart;
  readonly #runs: readonly InstrumentedRun[];
  readonly #files: ValuesFiles;
  readonly #lines: TemplateLines;
  readonly #outputs: readonly (readonly OutputReferences[])[];
  readonly #paths: ValuesPaths;
  readonly #secrets: readonly string[];
  readonly #ranges = new Map<SourceText, NonNullable<Origin["secrets"]>>();

  constructor(chart: RenderedChart, runs: readonly InstrumentedRun[]) {
    this.#chart = chart;
    this.#runs = runs;
    this.#files = new ValuesFiles(chart);
    this.#lines = new TemplateLines(runs[0]?.templates ?? []);
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
    const { node, nodes } = traced.source;
    const { depth } = findNode(nodes, node, path);
    const field = { traced, object: resource.object, chart: template.node, missing: path.slice(depth) };
    if (depth === path.length && depth > 0) return this.#present({ ...field, steps: path, exact: true });
    // What is missing from the object as a whole, or from its metadata, is missing where it has its name.
    if (depth === 0 || (depth === 1 && path[0] === "metadata")) {
      const name = { ...field, steps: NAME.slice(0, findNode(nodes, node, NAME).depth), exact: false };
      const at = this.#lineOf(name);
      // Where the whole object is put in by an expression its name stands in what that expression takes.
      return at !== undefined && this.#lines.hasKey(at, "name") ? this.#written(name, at) : this.#present(name);
    }
    const around = { ...field, steps: path.slice(0, depth), exact: false };
    return this.#leftOut(around) ?? this.#present(around);
  }

  /** What an object is called with functions that give the same each time, where it is called otherwise without: its name is made up anew each time. */
  steadyName(document: number, place: number, { kind, name }: LoadedResource): string | undefined {
    const run = this.#runs.find(({ documents, isSteadied }) => isSteadied && documents[document]?.[place]?.kind === kind);
    const steady = withoutMarkers(run?.documents[document]?.[place]?.name ?? name);
    return steady === name || steady === "" ? undefined : steady;
  }

  /** The object among those that tell of their lines: from the run in which the path came out as it is. */
  #traced(document: number, place: number, { object, kind, name }: LoadedResource, path: ObjectPath): LoadedResource | undefined {
    const all = this.#runs
      .flatMap((run) => run.documents[document]?.[place] ?? [])
      .filter((one) => one.kind === kind || withoutMarkers(one.name) === name);
    return all.find((one) => same(valueOf(object, path), cleaned(valueOf(one.object, path)))) ?? all[0];
  }

  /** A field that is there: at the value that feeds it, else at the line that writes it. */
  #present(field: Field): Origin {
    const { traced, steps } = field;
    const { nodes, node, text } = traced.source;
    const found = findNode(nodes, node, steps);
    const at = this.#lineOf(field);
    // A collection is written where its first part is.
    const inner = nodes.isCollection(found.node) && found.node + 1 < nodes.after(found.node) ? found.node + 1 : found.node;
    const written = this.#lines.of(text.text, nodes.start(inner));
    for (const line of [written, at]) {
      const fed = line === undefined ? null : this.#fedBy(field, this.#referencesAt(line, line.line), at);
      if (fed !== null) return fed;
    }
    return at === undefined || this.#mayWrite(at, steps) ? this.#written(field, at) : this.#above(field, at);
  }

  /** Whether a line of a template has a field's key, or an expression that can write it. */
  #mayWrite({ template, line }: TemplateLine, steps: ObjectPath): boolean {
    const key = steps.at(-1);
    const text = this.#runs[0]?.templates[template]?.source.lines.lineAt(line);
    return typeof key !== "string" || text === undefined || text.includes("{{") || this.#lines.hasKey({ template, line }, key);
  }

  /** A field that no line names, as where a named template puts a text in: an expression above the next line that is named wrote it. */
  #above(field: Field, named: TemplateLine): Origin {
    const { template } = named;
    const lines = this.#runs[0]?.templates[template]?.source.lines;
    let nearest: TemplateLine | undefined;
    for (let line = named.line - 1; line >= Math.max(1, named.line - FAR); line -= 1) {
      const text = lines?.lineAt(line) ?? "";
      if (text.trim() !== "" && !text.includes("{{")) break;
      const references = this.#referencesAt(named, line);
      const fed = this.#fedBy(field, references, { template, line });
      if (fed !== null) return fed;
      if (references.length > 0) nearest ??= { template, line };
    }
    const reason = "no line of the template has the field's key: an expression writes it";
    return { ...this.#written(field, nearest ?? named), exact: false, reason };
  }

  /** A field that a template would write if the value that feeds it were not empty: at that value. */
  #leftOut(field: Field): Origin | null {
    const { chart } = field;
    const [missing, ...rest] = field.missing;
    const at = this.#lineOf(field);
    const template = at === undefined ? undefined : this.#runs[0]?.templates[at.template];
    if (at === undefined || template === undefined || typeof missing !== "string") return null;
    const values = this.#valuesOf(chart);
    for (const line of leftOutLines(template.source, at.line, missing)) {
      const found = this.#paths.of(this.#referencesAt(at, line)).flatMap((path) => {
        const there = candidateValues(path, values);
        return there.length > 0 || path.includes("*") ? there : [{ path, value: undefined, items: [] }];
      });
      for (const { path, value } of closestFirst(found, field.steps, field.object)) {
        const set = isEmpty(value) ? this.#files.find(chart, path) : null;
        if (set?.by === "file") return this.#inValues(set, field, rest);
      }
    }
    return null;
  }

  #valuesOf({ helmPath }: ChartNode): unknown {
    return this.#runs.find((run) => run.values.has(helmPath))?.values.get(helmPath);
  }

  #feed(field: Field, references: readonly Reference[]): Feed | null {
    return this.#feedFrom(field, this.#paths.of(references));
  }

  #feedFrom({ steps, object, chart }: Field, paths: readonly (readonly string[])[]): Feed | null {
    return feedOf(steps, object, paths, this.#valuesOf(chart));
  }

  /** Where the value is set that feeds a field, of those that expressions may stand for. A value that templates gave one of them (`merge`) is set where another is. */
  #fedBy(field: Field, references: readonly Reference[], at: TemplateLine | undefined): Origin | null {
    const paths = this.#paths.of(references);
    for (const some of paths.length > 1 ? [paths, ...paths.map((one) => [one])] : [paths]) {
      const feed = this.#feedFrom(field, some);
      const fed = feed === null ? null : this.#fed(field, feed, at);
      if (feed === null && some === paths) return null;
      if (fed !== null) return fed;
    }
    return null;
  }

  /** What the expressions on a line of a template may stand for. */
  #referencesAt({ template }: TemplateLine, at: number): readonly Reference[] {
    return (this.#outputs[template] ?? [])
      .filter(({ line, endLine }) => line <= at && at <= endLine)
      .flatMap((output) => output.references);
  }

  /** The line of the template that writes a field's key, or the item that it is. */
  #lineOf({ traced, steps }: Field): TemplateLine | undefined {
    const { nodes, node, text } = traced.source;
    const { key, node: value } = findNode(nodes, node, steps);
    return this.#lines.of(text.text, nodes.start(key ?? value));
  }

  /** Where the value is set that feeds a field; null where no file and no option sets it. */
  #fed(field: Field, feed: Feed, at: TemplateLine | undefined): Origin | null {
    const set = this.#files.find(field.chart, feed.path);
    if (set?.by === "file" && feed.isKey === true) return this.#atKey(set, field);
    if (set?.by === "file") return this.#inValues(set, field, feed.whole ? field.missing : undefined);
    return set === null || at === undefined ? null : { ...this.#written(field, at), feeds: { path: dotted(set.path) } };
  }

  /** At the line of a template that writes a field. */
  #written({ traced, steps, exact }: Field, at: TemplateLine | undefined): Origin {
    const source = at === undefined ? undefined : this.#runs[0]?.templates[at.template]?.source;
    if (at === undefined || source === undefined) return this.#unknown(undefined, traced);
    const value = valueOf(traced.object, steps);
    return {
      text: source,
      ...rangeInLine(source, at.line, steps.at(-1), typeof value === "object"),
      exact,
      secrets: this.#secretRanges(source),
    };
  }

  /** At a value of a values file; within it, where it is a piece of YAML that has the field. `missing` are steps beneath the value, where it alone makes the field. */
  #inValues(set: Extract<SetValue, { readonly by: "file" }>, field: Field, missing?: ObjectPath): Origin {
    const { text, nodes, found, path, again } = set;
    const [start, end] = [nodes.start(found.node), nodes.end(found.node)];
    const kind = nodes.kind(found.node);
    const line = kind === NODE.literal || kind === NODE.folded ? lineInValue(text.text.slice(start, end), field.steps, field.object) : null;
    if (line !== null) {
      const written = text.text.slice(start + line.start, start + line.end);
      // The piece may take the field from a value in turn.
      const feed = written.includes("{{")
        ? this.#feed(
            field,
            outputReferences(written).flatMap((output) => output.references),
          )
        : null;
      const inner = feed === null ? null : this.#files.find(field.chart, feed.path);
      if (inner?.by === "file" && inner.found.node !== found.node) return this.#inValues(inner, field);
    }
    const isKey = found.key !== undefined && (nodes.isCollection(found.node) || start === end);
    const [from, to] = isKey ? [nodes.start(found.key), nodes.end(found.key)] : [start, end];
    return {
      text,
      start: line === null ? from : start + line.start,
      end: line === null ? to : start + line.end,
      exact: field.exact,
      feeds: { file: text.file, path: dotted(path) },
      ...(line !== null || missing === undefined || IN_ARCHIVE.test(text.file)
        ? {}
        : { edit: { source: { text, nodes, node: 0 }, path: [...path, ...missing], removable: !again } }),
      secrets: this.#secretRanges(text),
    };
  }

  /** At the key of a value of a values file, which `range` put into a field. */
  #atKey({ text, nodes, found, path }: Extract<SetValue, { readonly by: "file" }>, { exact }: Field): Origin {
    const shown = found.key ?? found.node;
    const [start, end] = [nodes.start(shown), nodes.end(shown)];
    return { text, start, end, exact, feeds: { file: text.file, path: dotted(path) }, secrets: this.#secretRanges(text) };
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

/** Whether a template takes a value for nothing (https://pkg.go.dev/text/template#hdr-Actions, `if`). */
function isEmpty(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === "" || value === false || value === 0;
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
