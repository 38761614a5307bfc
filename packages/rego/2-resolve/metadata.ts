// What `rego.metadata.rule()` and `rego.metadata.chain()` give: known when a rule is compiled.
// https://www.openpolicyagent.org/docs/policy-reference/builtins/rego
import type { Annotation, Module, Rule } from "../1-parse/ast.ts";
import type { RegoValue } from "../runtime/value.ts";
import { packagePath } from "./rule-tree.ts";

/** The metadata of the rule itself; an empty object when it has none. */
export function ruleMetadata(rule: Rule): RegoValue {
  const annotation = rule.annotations.findLast(({ scope }) => scope === "rule");
  return annotation === undefined ? {} : valueOf(annotation);
}

/** The metadata of the rule, its document, its package, and the packages around it, from the inside out. The rule is always there. */
export function metadataChain(rule: Rule, path: readonly string[], module: Module, modules: readonly Module[]): RegoValue {
  const own = rule.annotations.findLast(({ scope }) => scope === "rule");
  const document = rule.annotations.findLast(({ scope }) => scope === "document");
  const chain: RegoValue[] = [own === undefined ? { path } : entry(own, path)];
  if (document !== undefined) chain.push(entry(document, path));
  const inPackage = packagePath(module);
  chain.push(...packageEntries(modules, inPackage, "package"));
  for (let length = inPackage.length; length > 0; length--)
    chain.push(...packageEntries(modules, inPackage.slice(0, length), "subpackages"));
  return chain;
}

function packageEntries(modules: readonly Module[], path: readonly string[], scope: Annotation["scope"]): readonly RegoValue[] {
  const name = path.join("\0");
  return modules
    .filter((module) => packagePath(module).join("\0") === name)
    .flatMap(({ annotations }) => annotations.filter((annotation) => annotation.scope === scope))
    .map((annotation) => entry(annotation, path));
}

function entry(annotation: Annotation, path: readonly string[]): RegoValue {
  return { annotations: valueOf(annotation), path };
}

function valueOf({ content }: Annotation): RegoValue {
  return content as RegoValue;
}
