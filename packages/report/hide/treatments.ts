/**
 * What is done with a text of the result when names are hidden: it is the same for every user (`keep`); it is a name that gets a pseudonym (`name`, `namespace`, `file`,
 * `fingerprint`); it is a path into an object, whose free keys get pseudonyms (`path`); it is a value (`value`); it is a sentence in which known names are replaced
 * (`sentence`); or it may hold anything, and is left out (`leave-out`).
 */
export type Treatment = "keep" | "name" | "namespace" | "file" | "fingerprint" | "path" | "value" | "sentence" | "leave-out";

/** By the place in the result, with `[]` for the items of a list. What begins with an entry and has none of its own is treated as the entry says; what has none at all is left out. */
export const TREATMENTS: Readonly<Record<string, Treatment>> = {
  schema: "keep",
  tool: "keep",
  time: "keep",
  "inputs.kind": "keep",
  "inputs.roots[]": "file",
  "inputs.files[].file": "file",
  "inputs.files[].loader": "keep",
  "inputs.renderers[]": "keep",
  "inputs.rendered[].kind": "keep",
  "inputs.rendered[].name": "name",
  "inputs.rendered[].file": "file",
  "inputs.rendered[].files[]": "file",
  "inputs.notExpanded[].kind": "keep",
  "inputs.notExpanded[].name": "name",
  "inputs.notExpanded[].file": "file",
  "inputs.skipped[].file": "file",
  "inputs.skipped[].reason": "keep",
  "inputs.cluster.context": "name",
  "inputs.cluster.version": "keep",
  "inputs.cluster.namespaces.included[]": "namespace",
  "inputs.cluster.namespaces.excluded[]": "namespace",
  "inputs.cluster.kinds[].group": "keep",
  "inputs.cluster.kinds[].kind": "keep",
  "inputs.cluster.kinds[].version": "keep",
  "inputs.cluster.kinds[].resource": "keep",
  "inputs.cluster.kinds[].state": "keep",
  frameworks: "keep",
  controls: "keep",
  "controls[].skips[].detail": "leave-out",
  "resources[].apiVersion": "keep",
  "resources[].kind": "keep",
  "resources[].status": "keep",
  "resources[].namespace": "namespace",
  "resources[].name": "name",
  "resources[].file": "file",
  receipts: "keep",
  verdicts: "keep",
  "verdicts[].findings[]": "fingerprint",
  "verdicts[].skip.detail": "leave-out",
  "findings[].fingerprint": "fingerprint",
  "findings[].control": "keep",
  "findings[].rule": "keep",
  "findings[].severity": "keep",
  "findings[].status": "keep",
  "findings[].acceptedIn[].framework": "keep",
  "findings[].paths[].path": "path",
  "findings[].paths[].kind": "keep",
  "findings[].paths[].file": "file",
  "findings[].evidence[].path": "path",
  "findings[].evidence[].value": "value",
  "findings[].fixes[].kind": "keep",
  "findings[].fixes[].path": "path",
  "findings[].fixes[].value": "value",
  "findings[].source.file": "file",
  "findings[].source.feeds.file": "file",
  attack: "keep",
  "exceptions[].id": "name",
  "exceptions[].form": "keep",
  "exceptions[].status": "keep",
  "exceptions[].file": "file",
  "exceptions[].expires": "keep",
  "comparison.baseline": "keep",
  "comparison.baseline.file": "file",
  "comparison.findings[].status": "keep",
  "comparison.findings[].side": "keep",
  "comparison.findings[].fingerprint": "fingerprint",
  "comparison.findings[].control": "keep",
  "comparison.findings[].severity": "keep",
  "comparison.findings[].resource.apiVersion": "keep",
  "comparison.findings[].resource.kind": "keep",
  "comparison.findings[].resource.namespace": "namespace",
  "comparison.findings[].resource.name": "name",
  "comparison.findings[].resource.file": "file",
  "comparison.findings[].path": "path",
  "comparison.findings[].was": "keep",
  "comparison.findings[].reason": "keep",
  "ratchet.file": "file",
  "ratchet.breaches[].kind": "keep",
  "ratchet.breaches[].findings[]": "fingerprint",
  "ratchet.update": "keep",
  "gates[]": "keep",
  "gates[].message": "sentence",
  "gates[].causes[]": "fingerprint",
  "problems[].code": "keep",
  "problems[].stage": "keep",
  "problems[].effect": "keep",
  "problems[].remedy": "keep",
  "problems[].subject": "file",
  "problems[].file": "file",
};

const known = new Map<string, Treatment>();

/** How the text at a place of the result is treated. */
export function treatmentOf(place: string): Treatment {
  const found = known.get(place);
  if (found !== undefined) return found;
  let prefix = place;
  while (prefix !== "" && TREATMENTS[prefix] === undefined) prefix = prefix.replace(/(?:\[\]|\.?[^.[\]]*)$/u, "");
  const treatment = TREATMENTS[prefix] ?? "leave-out";
  known.set(place, treatment);
  return treatment;
}
