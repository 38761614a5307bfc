import { aliasBudget, compose } from "../../../yaml/compose.ts";
import { SourceText } from "../../../yaml/source-text.ts";
import type { LoadedResource } from "../../loaders/define.ts";
import { readYaml } from "../../read-yaml.ts";
import type { RenderedChart } from "../rendered-chart.ts";
import { textOf } from "../chart-tree.ts";
import { renderedDocuments } from "../rendered-documents.ts";
import { instrumented } from "./instrument.ts";
import { withSteadyFunctions } from "./steady-functions.ts";

/** A template that tells what its lines render to. */
export interface TracedTemplate {
  /** Its path in the files of the chart. */
  readonly path: string;
  readonly source: SourceText;
}

/** What a chart renders to when its templates tell of their lines. */
export interface InstrumentedRun {
  readonly templates: readonly TracedTemplate[];
  /** By the places of what was rendered without: the objects of the document. Nothing where it did not come out. */
  readonly documents: readonly (readonly LoadedResource[] | undefined)[];
  /** The values that each chart of the tree was rendered with, by what Helm calls it. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Whether functions that give something else each time were kept from it. */
  readonly isSteadied: boolean;
}

const VALUES_TEMPLATE = "templates/zz-holdfast-values.yaml";
const TELL_VALUES = "apiVersion: v1\nkind: HoldfastValues\nvalues: {{ toJson .Values }}\n";
const TEMPLATE = /(?:^|\/)templates\/(?!(?:.*\/)?NOTES\.txt$)[^\0]+$/u;

/** Renders a copy of a chart whose templates are instrumented. Null where Helm refuses it. What is made up each time is kept from it, unless the templates can't do without. */
export async function instrumentedRun(chart: RenderedChart, strict: boolean): Promise<InstrumentedRun | null> {
  const steadied = await runOf(chart, strict, true);
  if (!("maybeBySteadiness" in steadied)) return steadied;
  const plain = steadied.maybeBySteadiness ? await runOf(chart, strict, false) : steadied;
  return "maybeBySteadiness" in plain ? null : plain;
}

/** That Helm refused a chart. */
interface Refused {
  readonly maybeBySteadiness: boolean;
}

async function runOf(
  { run, files, nodes, rendered }: RenderedChart,
  strict: boolean,
  steadies: boolean,
): Promise<InstrumentedRun | Refused> {
  const templates: TracedTemplate[] = [];
  const changed = new Map(files);
  let isSteadied = false;
  for (const [path, file] of files) {
    if (!TEMPLATE.test(path)) continue;
    const source = new SourceText(file.file, textOf(file));
    const text = instrumented(source.text, templates.length, strict);
    const steady = steadies ? withSteadyFunctions(text) : text;
    isSteadied ||= steady !== text;
    changed.set(path, { ...file, bytes: Buffer.from(steady) });
    templates.push({ path, source });
  }
  for (const { prefix } of nodes) {
    const path = prefix + VALUES_TEMPLATE;
    changed.set(path, { path, file: path, bytes: Buffer.from(TELL_VALUES) });
  }
  const folder = await run.write(changed, strict ? "strict" : "traced");
  const outcome = await run.template(folder);
  if ("failure" in outcome || outcome.code !== 0) return { maybeBySteadiness: isSteadied };

  const values = new Map<string, unknown>();
  // Documents of one template keep their order.
  const byTemplate = new Map<string, string[]>();
  for (const { template, text } of renderedDocuments(outcome.stdout)) {
    if (template.endsWith(`/${VALUES_TEMPLATE}`)) values.set(template.slice(0, -VALUES_TEMPLATE.length - 1), valuesIn(text));
    else byTemplate.set(template, [...(byTemplate.get(template) ?? []), text]);
  }
  const documents = rendered.map(({ template }) => {
    const text = byTemplate.get(template)?.shift();
    if (text === undefined) return undefined;
    return readYaml(new SourceText(template, text), { template: false, syntax: "yaml-syntax" }).flatMap((one) =>
      one.kind === "produced" ? one.resources : [],
    );
  });
  return { templates, documents, values, isSteadied };
}

function valuesIn(text: string): unknown {
  const value = compose(text, 0, text.length, aliasBudget())[0]?.value;
  return typeof value === "object" && value !== null && "values" in value ? value.values : {};
}
