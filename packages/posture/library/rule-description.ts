import { HOST_LAYOUTS, NEEDED_INPUTS, type RuleDescription } from "@holdfast/core";
import { kindPattern } from "./kind-pattern.ts";
import { FieldReader, type LibraryFault } from "./library-fault.ts";

/** Reads what the package metadata of a `rule.rego` says of the rule. */
export function readRuleDescription(
  name: string,
  file: string,
  metadata: unknown,
  digest: string,
  faults: LibraryFault[],
): RuleDescription {
  const fields = new FieldReader(metadata, file, faults);
  const title = fields.text("title");
  const description = fields.text("description");
  const custom = new FieldReader(fields.raw("custom"), file, faults);
  const kinds = custom.texts("kinds").map(kindPattern);
  const needs = custom.oneOf("needs", NEEDED_INPUTS) ?? null;
  if (kinds.length === 0 && needs !== "manual") custom.fault("kinds: a rule says which kinds it is given");
  const rule: RuleDescription = {
    name,
    title,
    description,
    kinds,
    needs,
    aggregate: custom.oneOf("aggregate", ["subject-role-rolebinding", "apiserver-pod"]) ?? null,
    clouds: custom.texts("clouds"),
    layout: custom.oneOf("layout", HOST_LAYOUTS) ?? null,
    supersededBy: custom.optionalText("supersededBy") ?? null,
    parameters: custom.texts("parameters"),
    digest,
  };
  custom.refuseOthers();
  return rule;
}
