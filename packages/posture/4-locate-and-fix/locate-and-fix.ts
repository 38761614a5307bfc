import { formatObjectPath, parseObjectPath, valueAt } from "@holdfast/core";
import type { Evidence, FindingDraft, FindingPath, ObjectPath, Resource, Source } from "@holdfast/core";
import type { LoadedResource, ResourceOrigins } from "../1-load/loaders/define.ts";
import type { PlacedFinding } from "../3-evaluate/evaluate.ts";
import type { RuleFinding } from "../3-evaluate/rule-finding.ts";
import { fixEdits } from "./fix-edits.ts";
import { locate } from "./locate.ts";
import type { Location } from "./locate.ts";
import { MaskedText } from "./masked-text.ts";
import { originExcerpt } from "./origin-excerpt.ts";
import { MASK, secretPaths } from "./secret-values.ts";
import { replacementsOf } from "./text-edit.ts";
import { unifiedDiff } from "./unified-diff.ts";
import { valueEdits } from "./value-edits.ts";

/** Lines shown around the line of a finding. */
const EXCERPT_CONTEXT = 2;
/** Evidence is cut at this length. */
const LONGEST_EVIDENCE = 200;

/**
 * Gets ready to say where fields of rendered objects come from: those of objects with findings, and of what takes part in them. Called before {@link locateAndFix};
 * of plain files nothing is to be prepared.
 */
export async function prepareOrigins(findings: readonly PlacedFinding[], resources: readonly Resource[]): Promise<void> {
  const wanted = new Set<ResourceOrigins>();
  for (const { resource, related } of findings) {
    for (const place of [resource, ...related]) {
      const found = resources[place];
      if (isLoaded(found) && found.origins !== undefined) wanted.add(found.origins);
    }
  }
  await Promise.all([...wanted].map(async (origins) => origins.prepare()));
}

/** The resources, those with findings by the names that they keep however often they are rendered. Called after {@link prepareOrigins}. */
export function withSteadyNames(findings: readonly PlacedFinding[], resources: readonly Resource[]): readonly Resource[] {
  // Of plain files, which most scans are of, there is nothing to ask.
  if (!resources.some((one) => isLoaded(one) && one.origins?.steadyName !== undefined)) return resources;
  const named = new Map<number, string>();
  for (const place of new Set(findings.flatMap(({ resource, related }) => [resource, ...related]))) {
    const found = resources[place];
    const name = isLoaded(found) ? found.origins?.steadyName?.() : undefined;
    if (name !== undefined) named.set(place, name);
  }
  if (named.size === 0) return resources;
  return resources.map((resource, place) => {
    const steadyName = named.get(place);
    return steadyName === undefined ? resource : { ...resource, steadyName };
  });
}

/** Gives each finding its place, the evidence, and the edit that mends it. `resources` is the list that the findings name by place. */
export function locateAndFix(findings: readonly PlacedFinding[], resources: readonly Resource[]): FindingDraft[] {
  const locator = new Locator(resources);
  const drafts: FindingDraft[] = Array.from({ length: findings.length });
  for (const places of Map.groupBy(findings.keys(), (place) => findings[place]?.resource).values()) {
    // A rule that serves several controls found the same for each of them.
    const made = new Map<RuleFinding, FindingDraft>();
    for (const place of places) {
      const finding = findings[place];
      if (finding === undefined) continue;
      const known = made.get(finding.finding);
      const draft = known === undefined ? locator.draft(finding) : { ...known, control: finding.control };
      made.set(finding.finding, draft);
      drafts[place] = draft;
    }
  }
  return drafts;
}

function isLoaded(resource: Resource | undefined): resource is LoadedResource {
  return resource !== undefined && "source" in resource;
}

interface Known {
  readonly steps: ObjectPath;
  readonly location: Location | undefined;
}

/** What was found in a file. */
type Placed = Known & { readonly location: Location };

function isPlaced(known: Known): known is Placed {
  return known.location !== undefined;
}

type Paths = Pick<RuleFinding, "failedPaths" | "reviewPaths" | "deletePaths">;

/** Texts that are kept for the next finding: those of the resource at hand, and of roles and the like that many findings name. */
const SHOWN = 500;
const NO_PATHS: readonly FindingPath[] = [];

/** Places findings, those of one resource after the other: what was looked up for one serves the next. */
class Locator {
  readonly #resources: readonly Resource[];
  /** The resource at hand. */
  #place = -1;
  /** What was looked up in the resource at hand, and in others for the finding at hand. */
  readonly #known = new Map<string, Known>();
  readonly #elsewhere = new Map<string, Known>();
  readonly #shown = new Map<number, MaskedText>();

  constructor(resources: readonly Resource[]) {
    this.#resources = resources;
  }

  draft({ control, rule, resource, related, finding }: PlacedFinding): FindingDraft {
    if (resource !== this.#place) {
      this.#place = resource;
      this.#known.clear();
    }
    this.#elsewhere.clear();
    const own = this.#resources[resource];
    const fixes = finding.fixes as FindingDraft["fixes"];
    const paths = [
      ...this.#paths(finding, resource, undefined),
      ...finding.related.flatMap((one, at) => {
        const place = related[at];
        return place === undefined ? [] : this.#paths(one, place, place);
      }),
    ];
    const evidence = paths.flatMap((path) => this.#evidence(path, path.resource ?? resource));
    const source = isLoaded(own) ? this.#source(own, resource, finding) : this.#relatedSource(paths);
    const edit = isLoaded(own) ? this.#edit(own, resource, finding) : {};
    return {
      control,
      rule,
      resource,
      message: finding.message,
      related,
      paths,
      evidence,
      fixes,
      ...(source === undefined ? {} : { source }),
      ...edit,
    };
  }

  #look(place: number, path: string): Known {
    const here = place === this.#place;
    const all = here ? this.#known : this.#elsewhere;
    const name = here ? path : `${place} ${path}`;
    const known = all.get(name);
    if (known !== undefined) return known;
    const resource = this.#resources[place];
    const steps = parseObjectPath(path, resource?.object) ?? [];
    const made = { steps, location: isLoaded(resource) ? locate(resource, steps) : undefined };
    all.set(name, made);
    return made;
  }

  #maskedText(place: number, resource: LoadedResource): MaskedText {
    const known = this.#shown.get(place);
    if (known !== undefined) return known;
    const made = new MaskedText(resource);
    if (this.#shown.size >= SHOWN) this.#shown.clear();
    this.#shown.set(place, made);
    return made;
  }

  /** The paths of a finding or of a related object with their places; each path once, the strongest kind first. */
  #paths(from: Paths, place: number, other: number | undefined): readonly FindingPath[] {
    if (from.failedPaths.length + from.deletePaths.length + from.reviewPaths.length === 0) return NO_PATHS;
    const kinds = new Map<string, FindingPath["kind"]>();
    const lists = [
      ["failed", from.failedPaths],
      ["delete", from.deletePaths],
      ["review", from.reviewPaths],
    ] as const;
    for (const [kind, paths] of lists) for (const path of paths) if (!kinds.has(path)) kinds.set(path, kind);
    return [...kinds].map(([path, kind]) => {
      const named = other === undefined ? { path, kind } : { path, kind, resource: other };
      const { location } = this.#look(place, path);
      if (location === undefined) return named;
      const { file, line, column } = location;
      return Object.assign(named, { file, line, column });
    });
  }

  /** The value at a path, if it is there: what the finding is about. */
  #evidence({ path }: FindingPath, place: number): Evidence[] {
    const resource = this.#resources[place];
    const { steps } = this.#look(place, path);
    const value = resource === undefined ? undefined : valueAt(resource.object, steps);
    if (resource === undefined || steps.length === 0 || value === undefined) return [];
    const secrets = isLoaded(resource)
      ? this.#maskedText(place, resource).secrets
      : new Set(secretPaths(resource.object).map(formatObjectPath));
    let masked = false;
    const text = maskedJson(value, steps, secrets, () => (masked = true));
    const cut = text.length > LONGEST_EVIDENCE ? `${text.slice(0, LONGEST_EVIDENCE)}…` : text;
    return [{ path, value: cut, ...(masked ? { masked: true as const } : {}) }];
  }

  /** The place to edit: that of a faulty value, of one to review, or of what a fix would set; the first that is there, else what is nearest to the first. */
  #source(resource: LoadedResource, place: number, finding: RuleFinding): Source {
    const faulty = [...finding.failedPaths, ...finding.deletePaths];
    const wanted = finding.fixes.flatMap((fix) => fix.path ?? []);
    const named = [faulty, finding.reviewPaths, wanted].find((paths) => paths.length > 0) ?? [];
    const looked = named.map((path) => this.#look(place, path)).filter(isPlaced);
    const best = looked.find(({ location }) => location.exact) ?? looked[0] ?? { steps: [], location: locate(resource, []) };
    return this.#sourceAt(resource, place, best);
  }

  #sourceAt(resource: LoadedResource, place: number, { steps, location }: Placed): Source {
    const { origins } = resource;
    const excerpt =
      origins === undefined
        ? this.#maskedText(place, resource).excerpt(location.line, location.endLine, EXCERPT_CONTEXT)
        : originExcerpt(origins.originOf(steps), resource.object, location.line - EXCERPT_CONTEXT, location.endLine + EXCERPT_CONTEXT);
    return { ...location, excerpt };
  }

  /** A finding on what stands in no file, such as a binding's subject, is edited where its related object is. */
  #relatedSource(paths: readonly FindingPath[]): Source | undefined {
    for (const { path, resource: place } of paths) {
      const resource = place === undefined ? undefined : this.#resources[place];
      const known = place === undefined ? undefined : this.#look(place, path);
      if (place !== undefined && isLoaded(resource) && known !== undefined && isPlaced(known))
        return this.#sourceAt(resource, place, known);
    }
    return undefined;
  }

  #edit(resource: LoadedResource, place: number, { fixes }: RuleFinding): Pick<FindingDraft, "edit" | "noEdit"> {
    if (!fixes.some(({ kind }) => kind === "set" || kind === "remove")) return {};
    if (resource.origins !== undefined) return valueEdits(resource, resource.origins, fixes);
    const outcome = fixEdits(resource, fixes);
    if (!("edits" in outcome)) return { noEdit: outcome.reason };
    const { lines } = resource.source.text;
    const diff = unifiedDiff(this.#maskedText(place, resource), lines, outcome.edits);
    return { edit: { file: resource.file, replacements: replacementsOf(lines, outcome.edits), diff } };
  }
}

/** Compact JSON of a value with the secrets in it masked. */
function maskedJson(value: unknown, path: ObjectPath, secrets: ReadonlySet<string>, onMask: () => void): string {
  if (secrets.size > 0 && secrets.has(formatObjectPath(path))) {
    onMask();
    return MASK;
  }
  if (Array.isArray(value)) return `[${value.map((item, at) => maskedJson(item, [...path, at], secrets, onMask)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}:${maskedJson(item, [...path, key], secrets, onMask)}`,
    );
    return `{${fields.join(",")}}`;
  }
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}
