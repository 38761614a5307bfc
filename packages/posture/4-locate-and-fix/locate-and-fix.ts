import { formatObjectPath, parseObjectPath, placesByResource, valueAt } from "@holdfast/core";
import type { Evidence, FindingDraft, FindingPath, Fix, ObjectPath, Resource, Source } from "@holdfast/core";
import type { LoadedResource, ResourceOrigins } from "../1-load/loaders/define.ts";
import type { PlacedFinding } from "../3-evaluate/evaluate.ts";
import type { RuleFinding } from "../3-evaluate/rule-finding.ts";
import type { PathFinder } from "../yaml/find-node.ts";
import { fixEdits } from "./fix-edits.ts";
import { finderIn, locate } from "./locate.ts";
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
  // Of plain files, which most scans are of, there is nothing to ask.
  if (!resources.some((one) => isLoaded(one) && one.origins !== undefined)) return;
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
  // As above.
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
  // A rule that serves several controls found the same for each of them.
  const made = new Map<RuleFinding, FindingDraft>();
  let resource = -1;
  // By number here and below: each step is taken for every finding, its paths and its fixes, of which there are very many.
  const order = placesByResource(findings, resources.length);
  for (let at = 0; at < order.length; at += 1) {
    const place = order[at] ?? 0;
    const finding = findings[place];
    if (finding === undefined) continue;
    if (finding.resource !== resource) {
      resource = finding.resource;
      made.clear();
    }
    const known = made.get(finding.finding);
    const draft = known === undefined ? locator.draft(finding) : { ...known, control: finding.control };
    if (known === undefined) made.set(finding.finding, draft);
    drafts[place] = draft;
  }
  return drafts;
}

function isLoaded(resource: Resource | undefined): resource is LoadedResource {
  return resource !== undefined && "source" in resource;
}

interface Known {
  readonly steps: ObjectPath;
  readonly location: Location | undefined;
  /** What was made of it, once that was asked for; null where there is none. */
  source?: Source;
  evidence?: Evidence | null;
}

/** What was found in a file. */
type Placed = Known & { readonly location: Location };

function isPlaced(known: Known): known is Placed {
  return known.location !== undefined;
}

type Paths = Pick<RuleFinding, "failedPaths" | "reviewPaths" | "deletePaths">;
type Fixes = RuleFinding["fixes"];
type Edited = Pick<FindingDraft, "edit" | "noEdit">;

/** Texts that are kept for the next finding: those of the resource at hand, and of roles and the like that many findings name. */
const SHOWN = 500;
const NO_PATHS: readonly FindingPath[] = [];
const NO_EVIDENCE: readonly Evidence[] = [];
const NOT_EDITED: Edited = {};

/** Places findings, those of one resource after the other: what was made for one serves the next. */
class Locator {
  readonly #resources: readonly Resource[];
  /** The resource at hand. */
  #place = -1;
  #finder: PathFinder | undefined;
  /** What was looked up in the resource at hand, and in others for the finding at hand. */
  readonly #known = new Map<string, Known>();
  readonly #elsewhere = new Map<string, Known>();
  /** Fixes of the resource at hand and their edits, by the path of the first fix: several rules ask for the same. */
  readonly #edited = new Map<string | undefined, { readonly fixes: Fixes; readonly edited: Edited }[]>();
  readonly #shown = new Map<number, MaskedText>();

  constructor(resources: readonly Resource[]) {
    this.#resources = resources;
  }

  draft({ control, rule, resource, related, finding }: PlacedFinding): FindingDraft {
    if (resource !== this.#place) {
      this.#place = resource;
      this.#finder = undefined;
      this.#known.clear();
      this.#edited.clear();
    }
    if (this.#elsewhere.size > 0) this.#elsewhere.clear();
    const own = this.#resources[resource];
    const { message } = finding;
    const fixes = finding.fixes as FindingDraft["fixes"];
    const paths = this.#allPaths(finding, resource, related);
    const evidence = this.#allEvidence(paths, resource);
    const source = isLoaded(own) ? this.#source(resource, own, finding) : this.#relatedSource(paths);
    const draft = { control, rule, resource, message, related, paths, evidence, fixes };
    if (source === undefined) return draft;
    if (!isLoaded(own)) return { ...draft, source };
    const { edit, noEdit } = this.#edit(own, resource, finding.fixes);
    if (edit !== undefined) return { control, rule, resource, message, related, paths, evidence, fixes, source, edit };
    return noEdit === undefined
      ? { control, rule, resource, message, related, paths, evidence, fixes, source }
      : { ...draft, source, noEdit };
  }

  #look(place: number, path: string): Known {
    const here = place === this.#place;
    const all = here ? this.#known : this.#elsewhere;
    const name = here ? path : `${place} ${path}`;
    const known = all.get(name);
    if (known !== undefined) return known;
    const resource = this.#resources[place];
    const steps = parseObjectPath(path, resource?.object) ?? [];
    const made = { steps, location: isLoaded(resource) ? this.#locate(resource, here, steps) : undefined };
    all.set(name, made);
    return made;
  }

  #locate(resource: LoadedResource, here: boolean, steps: ObjectPath): Location {
    if (!here) return locate(resource, steps);
    this.#finder ??= finderIn(resource);
    return locate(resource, steps, this.#finder);
  }

  #maskedText(place: number, resource: LoadedResource): MaskedText {
    const known = this.#shown.get(place);
    if (known !== undefined) return known;
    const made = new MaskedText(resource);
    if (this.#shown.size >= SHOWN) this.#shown.clear();
    this.#shown.set(place, made);
    return made;
  }

  /** The paths of a finding and of the objects that take part in it. */
  #allPaths(finding: RuleFinding, place: number, related: readonly number[]): readonly FindingPath[] {
    const own = this.#paths(finding, place, undefined);
    if (finding.related.length === 0) return own;
    const all = [own];
    for (const [at, one] of finding.related.entries()) {
      const other = related[at];
      if (other !== undefined) all.push(this.#paths(one, other, other));
    }
    return all.flat();
  }

  /** The paths of a finding or of a related object with their places; each path once, the strongest kind first. */
  #paths({ failedPaths, deletePaths, reviewPaths }: Paths, place: number, other: number | undefined): readonly FindingPath[] {
    const count = failedPaths.length + deletePaths.length + reviewPaths.length;
    if (count === 0) return NO_PATHS;
    const named: FindingPath[] = [];
    const seen = count === 1 ? null : new Set<string>();
    this.#addPaths(named, seen, "failed", failedPaths, place, other);
    this.#addPaths(named, seen, "delete", deletePaths, place, other);
    this.#addPaths(named, seen, "review", reviewPaths, place, other);
    return named;
  }

  #addPaths(
    named: FindingPath[],
    seen: Set<string> | null,
    kind: FindingPath["kind"],
    paths: readonly string[],
    place: number,
    other: number | undefined,
  ): void {
    for (let at = 0; at < paths.length; at += 1) {
      const path = paths[at];
      if (path === undefined || seen?.has(path) === true) continue;
      seen?.add(path);
      const { location } = this.#look(place, path);
      if (location === undefined) named.push(other === undefined ? { path, kind } : { path, kind, resource: other });
      else {
        const { file, line, column } = location;
        named.push(other === undefined ? { path, kind, file, line, column } : { path, kind, resource: other, file, line, column });
      }
    }
  }

  #allEvidence(paths: readonly FindingPath[], place: number): readonly Evidence[] {
    if (paths.length === 0) return NO_EVIDENCE;
    const all: Evidence[] = [];
    for (let at = 0; at < paths.length; at += 1) {
      const path = paths[at];
      if (path === undefined) continue;
      const from = path.resource ?? place;
      const known = this.#look(from, path.path);
      if (known.evidence === undefined) known.evidence = this.#evidence(path.path, from, known.steps);
      if (known.evidence !== null) all.push(known.evidence);
    }
    return all;
  }

  /** The value at a path, if it is there: what the finding is about. */
  #evidence(path: string, place: number, steps: ObjectPath): Evidence | null {
    const resource = this.#resources[place];
    const value = resource === undefined ? undefined : valueAt(resource.object, steps);
    if (resource === undefined || steps.length === 0 || value === undefined) return null;
    const secrets = isLoaded(resource)
      ? this.#maskedText(place, resource).secrets
      : new Set(secretPaths(resource.object).map(formatObjectPath));
    let masked = false;
    const text = maskedJson(value, steps, secrets, () => (masked = true));
    const cut = text.length > LONGEST_EVIDENCE ? `${text.slice(0, LONGEST_EVIDENCE)}…` : text;
    return masked ? { path, value: cut, masked } : { path, value: cut };
  }

  /** The place to edit: that of a faulty value, of one to review, or of what a fix would set; the first that is there, else what is nearest to the first. */
  #source(place: number, resource: LoadedResource, { failedPaths, deletePaths, reviewPaths, fixes }: RuleFinding): Source {
    let best: Placed | undefined;
    if (failedPaths.length + deletePaths.length > 0) best = this.#best(place, deletePaths, this.#best(place, failedPaths, undefined));
    else if (reviewPaths.length > 0) best = this.#best(place, reviewPaths, undefined);
    else {
      for (let at = 0; at < fixes.length && best?.location.exact !== true; at += 1) {
        const path = fixes[at]?.path;
        if (path !== undefined) best = this.#better(best, this.#look(place, path));
      }
    }
    if (best !== undefined) return this.#sourceAt(resource, place, best);
    const whole = this.#look(place, "");
    return this.#sourceAt(resource, place, isPlaced(whole) ? whole : { steps: [], location: locate(resource, []) });
  }

  /** The first of some paths that is there, else the first that has a place, if none before them is better. */
  #best(place: number, paths: readonly string[], before: Placed | undefined): Placed | undefined {
    let best = before;
    for (let at = 0; at < paths.length && best?.location.exact !== true; at += 1) {
      const path = paths[at];
      if (path !== undefined) best = this.#better(best, this.#look(place, path));
    }
    return best;
  }

  #better(best: Placed | undefined, next: Known): Placed | undefined {
    return isPlaced(next) && (best === undefined || next.location.exact) ? next : best;
  }

  #sourceAt(resource: LoadedResource, place: number, placed: Placed): Source {
    if (placed.source !== undefined) return placed.source;
    const { steps, location } = placed;
    const { origins } = resource;
    const excerpt =
      origins === undefined
        ? this.#maskedText(place, resource).excerpt(location.line, location.endLine, EXCERPT_CONTEXT)
        : originExcerpt(origins.originOf(steps), resource.object, location.line - EXCERPT_CONTEXT, location.endLine + EXCERPT_CONTEXT);
    placed.source = { ...location, excerpt };
    return placed.source;
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

  #edit(resource: LoadedResource, place: number, fixes: Fixes): Edited {
    if (!fixes.some(isChange)) return NOT_EDITED;
    const path = fixes[0]?.path;
    const alike = this.#edited.get(path);
    if (alike !== undefined) for (const one of alike) if (sayTheSame(one.fixes, fixes)) return one.edited;
    const edited = this.#makeEdit(resource, place, fixes);
    if (alike === undefined) this.#edited.set(path, [{ fixes, edited }]);
    else alike.push({ fixes, edited });
    return edited;
  }

  #makeEdit(resource: LoadedResource, place: number, fixes: Fixes): Edited {
    if (resource.origins !== undefined) return valueEdits(resource, resource.origins, fixes);
    const outcome = fixEdits(resource, fixes, (path) => this.#look(place, path).steps);
    if (!("edits" in outcome)) return { noEdit: outcome.reason };
    const { lines } = resource.source.text;
    const diff = unifiedDiff(this.#maskedText(place, resource), lines, outcome.edits);
    return { edit: { file: resource.file, replacements: replacementsOf(lines, outcome.edits), diff } };
  }
}

function isChange({ kind }: Fix): boolean {
  return kind === "set" || kind === "remove";
}

/** Whether fixes change the same in the same way. */
function sayTheSame(some: Fixes, others: Fixes): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at += 1) {
    const one = some[at];
    const other = others[at];
    if (one?.kind !== other?.kind || one?.path !== other?.path || !isSameValue(one?.value, other?.value)) return false;
  }
  return true;
}

function isSameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  // The values of fixes are such as JSON has.
  return typeof one === "object" && typeof other === "object" && JSON.stringify(one) === JSON.stringify(other);
}

/** Compact JSON of a value with the secrets in it masked. */
function maskedJson(value: unknown, path: ObjectPath, secrets: ReadonlySet<string>, onMask: () => void): string {
  if (secrets.size > 0 && secrets.has(formatObjectPath(path))) {
    onMask();
    return MASK;
  }
  // Where nothing is secret no path need be known.
  const to = (step: string | number): ObjectPath => (secrets.size === 0 ? path : [...path, step]);
  if (Array.isArray(value)) return `[${value.map((item, at) => maskedJson(item, to(at), secrets, onMask)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${maskedJson(item, to(key), secrets, onMask)}`);
    return `{${fields.join(",")}}`;
  }
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}
