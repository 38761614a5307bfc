// Which keywords and features of the language a module uses that capabilities lack.
import type { Import, Module, Span } from "../1-parse/ast.ts";
import type { Capabilities } from "../builtins/capabilities.ts";
import { makeDiagnostic, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { dottedNames } from "./names.ts";

/** The keywords that `future.keywords` always offers. */
const alwaysThere: ReadonlySet<string> = new Set(["contains", "every", "if", "in"]);

/** Words that only the feature `keywords_in_refs` lets stand behind a dot. */
const keywords: ReadonlySet<string> = new Set(
  "as contains default else every false if import in not null package some true with".split(" "),
);

/** Reports what a module uses beyond the capabilities. */
export function reportBeyondCapabilities(module: Module, capabilities: Capabilities, diagnostics: Diagnostic[]): void {
  const features = new Set(capabilities.features);
  const report = (message: string, span: Span): void => {
    diagnostics.push(makeDiagnostic("beyond-capabilities", message, module, span));
  };
  if (module.version === "v1" && !features.has("rego_v1")) {
    report("illegal capabilities: rego_v1 feature required for parsing v1 Rego", module.package.span);
    return;
  }
  for (const one of module.imports) reportImport(one, capabilities, features, report);
  const templates = features.has("template_strings");
  const keywordSteps = features.has("keywords_in_refs");
  if (templates && keywordSteps) return;
  eachNode([module.package, module.imports, module.rules], (node) => {
    if (node.kind === "template" && !templates) report("template strings are not supported by current capabilities", node.span);
    if (node.kind !== "reference" || keywordSteps) return;
    for (const step of node.steps ?? []) if (isBareKeyword(step, module)) report(`unexpected ${String(step.value)} keyword`, step.span);
  });
}

function reportImport(
  one: Import,
  capabilities: Capabilities,
  features: ReadonlySet<string>,
  report: (message: string, span: Span) => void,
): void {
  const [root, second, third] = dottedNames(one.path) ?? [];
  if (root === "rego" && second === "v2" && !features.has("rego_v2_import"))
    report("invalid import, `rego.v2` is not supported by current capabilities", one.path.span);
  if (root === "rego" && second === "v1" && !features.has("rego_v1") && !features.has("rego_v1_import"))
    report("invalid import, `rego.v1` is not supported by current capabilities", one.path.span);
  if (root !== "future" || third === undefined || alwaysThere.has(third) || capabilities.future_keywords?.includes(third) === true) return;
  const offered = [...alwaysThere, ...(capabilities.future_keywords ?? [])].toSorted();
  report(`unexpected keyword, must be one of [${offered.join(" ")}]`, one.path.span);
}

interface Node {
  readonly kind?: string;
  readonly span: Span;
  readonly steps?: readonly Node[];
  readonly value?: unknown;
}

function isBareKeyword(step: Node, module: Module): boolean {
  if (step.kind !== "scalar" || typeof step.value !== "string" || !keywords.has(step.value)) return false;
  return module.source.startsWith(step.value, step.span.start);
}

/** Visits every node of a syntax tree, whatever its kind. */
function eachNode(from: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(from)) for (const part of from) eachNode(part, visit);
  else if (typeof from === "object" && from !== null) {
    if ("kind" in from) visit(from as Node);
    for (const [name, part] of Object.entries(from)) if (name !== "annotations" && name !== "span") eachNode(part, visit);
  }
}
