import { createHash } from "node:crypto";
import { SEVERITIES, type Control, type RuleDescription } from "@holdfast/core";
import { FieldReader, type LibraryFault, type LibraryFile } from "../library/library-fault.ts";
import { kindPattern } from "../library/kind-pattern.ts";
import type { CustomRule } from "./custom-rule.ts";

/** A file that is a rule and, by what it says of itself, the control that the rule is for. */
export interface CustomRuleFile {
  readonly control: Control;
  readonly rule: CustomRule;
}

/** The name of a file without folders and `.rego`. */
function nameOf(file: string): string {
  return file.replace(/^.*[/\\]/u, "").replace(/\.rego$/u, "");
}

/**
 * Reads what a user's rule says of itself. `metadata` is the METADATA of its package, null for none: a stranger's text, which has been read where it can do no harm. It may have `title` and `description`, and `custom.id`, `custom.severity` and `custom.kinds`. All may be left
 * out: the id is then the file's name, the severity unknown, and every object is judged. A file that is no Rego is one without METADATA; that shows when it is compiled.
 */
export function readCustomRule(file: LibraryFile, metadata: unknown, faults: LibraryFault[]): CustomRuleFile {
  const fields = new FieldReader(metadata ?? {}, file.path, faults);
  const custom = new FieldReader(fields.raw("custom") ?? {}, file.path, faults);
  const id = custom.optionalText("id") ?? nameOf(file.path);
  const title = fields.optionalText("title") ?? id;
  const description = fields.optionalText("description") ?? title;
  // Whoever writes `Deployment` alone means the one there is. The library's own form, where that is a kind of the core group, would judge nothing.
  const kinds = custom.texts("kinds").map((text) => kindPattern(text.includes("/") ? text : `*/${text}`));
  const name = `custom/${id}`;
  const control: Control = {
    id,
    name: title,
    score: null,
    severity: custom.oneOf("severity", SEVERITIES) ?? "unknown",
    category: "Custom",
    scope: [],
    tags: ["custom"],
    rules: [name],
    attackTracks: [],
    mitre: [],
    parameters: [],
    help: {
      description,
      why: `The rule in ${file.path} says so.`,
      fix: "As the finding says.",
      limits: "What the rule looks at is all that is judged.",
    },
  };
  const described: RuleDescription = {
    name,
    title,
    description,
    kinds: kinds.length > 0 ? kinds : [{ group: "*", kind: "*" }],
    needs: null,
    aggregate: null,
    clouds: [],
    layout: null,
    supersededBy: null,
    parameters: [],
    digest: createHash("sha256").update(file.text).digest("hex").slice(0, 16),
  };
  return { control, rule: { description: described, modules: [{ file: file.path, source: file.text }], filter: null, over: "derive" } };
}
