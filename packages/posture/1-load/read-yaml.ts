import { makeProblem } from "@holdfast/core";
import type { Problem } from "@holdfast/core";
import { brokenObject } from "./broken-object.ts";
import { LOAD_PROBLEMS } from "./load-problems.ts";
import type { LoadProblemCode } from "./load-problems.ts";
import { aliasBudget, compose } from "../yaml/compose.ts";
import type { AliasBudget } from "../yaml/compose.ts";
import type { ComposedDocument } from "../yaml/composed-document.ts";
import type { SourceText } from "../yaml/source-text.ts";
import { splitDocuments } from "../yaml/split-documents.ts";
import type { DocumentSpan } from "../yaml/split-documents.ts";
import { YamlFault } from "../yaml/yaml-fault.ts";
import type { DocumentOutcome } from "./loaders/define.ts";
import { resourcesOf } from "./resources-of.ts";

export interface YamlReading {
  /** Whether the file lies among a chart's templates. */
  readonly template: boolean;
  /** Whether it is a file of a chart beside its templates: with expressions it is data for these. */
  readonly inChart?: boolean;
  /** The problem that a fault of syntax is. */
  readonly syntax: "yaml-syntax" | "json-syntax";
}

/** Where template languages for manifests (Go templates, Jinja) begin an expression. */
const EXPRESSION = /\{\{|\{%/u;

/** Reads all documents of a text, one outcome each. A document that can't be read doesn't keep the others from being read. */
export function readYaml(source: SourceText, how: YamlReading): DocumentOutcome[] {
  if (how.template) {
    const expression = source.text.search(EXPRESSION);
    // Some templates happen to be YAML before they are rendered: what they say then is not what reaches the cluster.
    if (expression !== -1) return [lost(source, "template", expression, "it is a template of a chart")];
  }
  const budget = aliasBudget();
  return splitDocuments(source.text).flatMap((span) => readSpan(source, span, budget, how));
}

function readSpan(source: SourceText, span: DocumentSpan, budget: AliasBudget, how: YamlReading): DocumentOutcome[] {
  try {
    return compose(source.text, span.start, span.end, budget).map((document) => outcomeOf(source, document));
  } catch (error) {
    if (error instanceof YamlFault) return [outcomeOfFault(source, span, error, how)];
    throw error;
  }
}

function outcomeOf(source: SourceText, document: ComposedDocument): DocumentOutcome {
  const broken = brokenObject(document.value);
  if (broken !== null) return lost(source, broken.code, document.nodes.start(0), broken.cause);
  const found = resourcesOf(source, document);
  if (found === null) return { kind: "not-kubernetes" };
  const duplicates = document.duplicates.map(({ key, offset }) =>
    problemAt(source, "duplicate-key", offset, `the key ${JSON.stringify(key)} stands here again`),
  );
  return { kind: "produced", resources: found.resources, problems: [...duplicates, ...found.problems] };
}

function outcomeOfFault(source: SourceText, span: DocumentSpan, fault: YamlFault, how: YamlReading): DocumentOutcome {
  const expression = source.text.slice(span.start, span.end).search(EXPRESSION);
  if (expression !== -1)
    return how.inChart === true
      ? { kind: "not-kubernetes" }
      : lost(source, "template", span.start + expression, "it contains template expressions");
  if (fault.kind === "aliases") return lost(source, "yaml-aliases", fault.offset, fault.message);
  if (fault.kind === "value") return lost(source, "yaml-value", fault.offset, fault.message);
  // What is open at the end is open on the last line of the document, not on the next one's marker.
  const offset = Math.min(fault.offset, span.start + source.text.slice(span.start, span.end).trimEnd().length);
  const tab = how.syntax === "yaml-syntax" ? indentingTab(source, span, offset) : undefined;
  if (tab !== undefined) return lost(source, "yaml-tabs", tab, "the line is indented with a tab");
  return lost(source, how.syntax, offset, fault.message);
}

/** A tab in the indentation of the line where the parser stopped, or of the next. */
function indentingTab(source: SourceText, span: DocumentSpan, offset: number): number | undefined {
  const { line } = source.lines.placeOf(offset);
  for (const candidate of [line, line + 1]) {
    const start = source.lines.startOf(candidate);
    const indentation = /^[ \t]*/u.exec(source.text.slice(start, span.end))?.[0] ?? "";
    if (start < span.end && indentation.includes("\t")) return start + indentation.indexOf("\t");
  }
  return undefined;
}

function lost(source: SourceText, code: LoadProblemCode, offset: number, cause: string): DocumentOutcome {
  return { kind: "lost", problem: problemAt(source, code, offset, cause) };
}

/** A problem at a place of a text. */
function problemAt(source: SourceText, code: LoadProblemCode, offset: number, cause: string): Problem {
  return makeProblem(LOAD_PROBLEMS, code, { subject: source.file, cause, file: source.file, ...source.lines.placeOf(offset) });
}
