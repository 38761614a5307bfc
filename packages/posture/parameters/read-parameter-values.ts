import { nearestNames, type ParameterDescription, type Parameters } from "@holdfast/core";
import { compilePattern } from "@holdfast/rego";
import { aliasBudget, compose } from "../yaml/compose.ts";
import type { ComposedDocument } from "../yaml/composed-document.ts";
import { LineIndex } from "../yaml/line-index.ts";
import { YamlFault } from "../yaml/yaml-fault.ts";

/** What is wrong with a file of parameters, and where. Lines and columns are 1-based. */
export interface ParameterFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The values that a file sets, by the parameter's name, and all that is wrong with it. */
export interface ParameterReading {
  readonly values: Parameters;
  readonly faults: readonly ParameterFault[];
}

/** A Kubernetes quantity (`500m`, `0.5`, `1Gi`, `1e3`), without a sign: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const QUANTITY = /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+|[numkMGTPE]|[KMGTPE]i)?$/u;

/** What is wrong with the values of a parameter; null where nothing is. */
function wrongForm({ name, form }: ParameterDescription, values: readonly string[]): string | null {
  switch (form) {
    case "number":
      return values.length === 1 && /^\d+$/u.test(values[0] ?? "") ? null : `${name} takes exactly one whole number`;
    case "quantities":
      if (values.length > 1) return `${name} takes at most one quantity`;
      return values.every((value) => QUANTITY.test(value))
        ? null
        : `${name} takes a quantity such as 500m or 256Mi, and this is ${JSON.stringify(values[0])}`;
    case "regexes":
      for (const value of values) {
        if (compilePattern(value) === undefined)
          return `${name} takes regular expressions in RE2's syntax, and ${JSON.stringify(value)} is none`;
      }
      return null;
    default:
      return values.every((value) => value !== "") ? null : `${name} has an empty text, which would match everything`;
  }
}

/** A value as text, as peers write all values; undefined for what is no scalar. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean" ? String(value) : undefined;
}

/** Walks to the mapping of parameters: the document itself, or within the envelope of Kubescape's files. Returns the node and the value. */
function parametersIn({ value, nodes }: ComposedDocument): { readonly node: number; readonly value: unknown } {
  let here = { node: 0, value };
  for (const step of ["settings", "postureControlInputs"]) {
    if (!isMapping(here.value) || !Object.hasOwn(here.value, step)) continue;
    const entry = nodes.entries(here.node).find(({ key }) => nodes.scalarText(key) === step);
    if (entry !== undefined) here = { node: entry.value, value: here.value[step] };
  }
  return here;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads a file of parameters, JSON or YAML: a mapping from names to lists of values (one value may stand without a list), bare or in the envelope of Kubescape's files
 * (`settings.postureControlInputs`). Names that no rule knows and values of the wrong form are faults with their place.
 */
export function readParameterValues(text: string, known: readonly ParameterDescription[]): ParameterReading {
  const lines = new LineIndex(text);
  const faults: ParameterFault[] = [];
  const fault = (offset: number, message: string): void => {
    faults.push({ ...lines.placeOf(offset), message });
  };
  const document = composed(text, fault);
  if (document === null) return { values: {}, faults };

  const { node, value } = parametersIn(document);
  const { nodes } = document;
  if (!isMapping(value)) {
    fault(nodes.start(node), "expected a mapping from names of parameters to lists of values");
    return { values: {}, faults };
  }
  for (const { key, offset } of document.duplicates) fault(offset, `${JSON.stringify(key)} stands here again`);
  const byName = new Map(known.map((one) => [one.name, one]));
  const values: Record<string, readonly string[]> = {};
  for (const { key, value: place } of nodes.entries(node)) {
    const name = nodes.scalarText(key) ?? "";
    const parameter = byName.get(name);
    if (parameter === undefined) {
      const nearest = nearestNames(name, [...byName.keys()]);
      fault(
        nodes.start(key),
        `there is no parameter ${JSON.stringify(name)}${nearest.length === 0 ? "" : `; did you mean ${nearest.join(" or ")}?`}`,
      );
      continue;
    }
    const written = value[name];
    const texts = (Array.isArray(written) ? written : [written]).map(textOf);
    if (texts.some((each) => each === undefined)) {
      fault(nodes.start(place), `${name} takes a list of texts`);
      continue;
    }
    const list = texts.filter((each) => each !== undefined);
    const wrong = wrongForm(parameter, list);
    if (wrong !== null) fault(nodes.start(place), wrong);
    else values[name] = list;
  }
  return { values, faults };
}

/** The one document of a text; null, with the fault noted, where there is none or more. */
function composed(text: string, fault: (offset: number, message: string) => void): ComposedDocument | null {
  try {
    const documents = compose(text, 0, text.length, aliasBudget());
    const [document] = documents;
    if (document !== undefined && documents.length === 1) return document;
    fault(0, documents.length === 0 ? "the file is empty" : "expected one document");
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    fault(error.offset, error.message);
  }
  return null;
}
