import type { PageFinding, PageIndex } from "../html/page-data.ts";

/** What is asked for. An empty text or list asks for nothing in particular. */
export interface Filter {
  readonly text: string;
  readonly severities: readonly string[];
  readonly framework: string;
  readonly control: string;
  /** `none` stands for resources without a namespace; a name has `=` before it, since a namespace may be called anything. */
  readonly namespace: string;
  readonly kind: string;
  readonly status: string;
  readonly order: string;
}

/** A finding with what it is searched and filtered by. */
export interface Entry {
  readonly finding: PageFinding;
  /** All its words, in small letters. */
  readonly words: string;
  readonly control: string;
  readonly frameworks: readonly string[];
  readonly namespace: string;
  readonly kind: string;
  readonly label: string;
}

/** The value of a namespace in a filter. */
function namespaceValue(namespace: string): string {
  return namespace === "" ? "none" : `=${namespace}`;
}

/** Makes the entries of findings, in the same order. */
export function entriesOf(findings: readonly PageFinding[], { controls, resources }: PageIndex): readonly Entry[] {
  return findings.map((finding) => {
    const control = controls[finding.control];
    const resource = resources[finding.resource];
    const parts = [
      finding.message,
      control?.id,
      control?.name,
      resource?.label,
      finding.place,
      finding.severity,
      finding.rule,
      finding.fingerprint,
    ];
    return {
      finding,
      words: parts.join("\n").toLowerCase(),
      control: control?.id ?? "",
      frameworks: control?.frameworks ?? [],
      namespace: namespaceValue(resource?.namespace ?? ""),
      kind: resource?.kind ?? "",
      label: resource?.label ?? "",
    };
  });
}

/** What lists may be narrowed by. */
export type Facet = "framework" | "control" | "namespace" | "kind" | "status";

/** The values that an entry has in a facet. */
function valuesOf(entry: Entry, facet: Facet): readonly string[] {
  if (facet === "framework") return entry.frameworks;
  if (facet === "status") return [entry.finding.status];
  return [entry[facet]];
}

const FACETS: readonly Facet[] = ["framework", "control", "namespace", "kind", "status"];

/** The test that entries pass which a filter asks for: every word of the text is in it, and it has each value. */
function wantedBy(filter: Filter): (entry: Entry) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/u).filter(Boolean);
  const facets = FACETS.filter((facet) => filter[facet] !== "");
  return (entry) =>
    (filter.severities.length === 0 || filter.severities.includes(entry.finding.severity)) &&
    facets.every((facet) => valuesOf(entry, facet).includes(filter[facet])) &&
    words.every((word) => entry.words.includes(word));
}

const collator = new Intl.Collator("en", { numeric: true });

/** The entries that a filter asks for, in the order that it asks for. */
export function filtered(entries: readonly Entry[], filter: Filter): readonly Entry[] {
  const found = entries.filter(wantedBy(filter));
  if (filter.order === "resource") return found.sort((a, b) => collator.compare(a.label, b.label));
  if (filter.order === "place") return found.sort((a, b) => collator.compare(a.finding.place, b.finding.place));
  return found;
}

/** How many entries there are of each value of a facet. */
export function countsOf(entries: readonly Entry[], facet: Facet): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const entry of entries) for (const value of valuesOf(entry, facet)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
