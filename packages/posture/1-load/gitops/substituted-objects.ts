import { identityOf, makeProblem, type ObjectPath, type Problem } from "@holdfast/core";
import { LOAD_PROBLEMS } from "../load-problems.ts";
import type { DocumentOutcome, LoadedResource, Origin, Patchable, ResourceOrigins } from "../loaders/define.ts";
import { readYaml } from "../read-yaml.ts";
import { isFields } from "../kustomize/kustomization.ts";
import type { OriginsWithBase } from "../kustomize/overlay-origins.ts";
import { SourceText } from "../../yaml/source-text.ts";
import { isTextPath } from "../text-fields.ts";
import { substitute, usesDefault, variablesOf } from "./substitute.ts";
import { unknownFields } from "./unknown-fields.ts";
import type { Variables } from "./variables.ts";

const OPT_OUT = "kustomize.toolkit.fluxcd.io/substitute";

/** Whether an object is left as it is: by a label or annotation. */
function isLeft({ object }: LoadedResource): boolean {
  const metadata = isFields(object["metadata"]) ? object["metadata"] : {};
  return ["labels", "annotations"].some((key) => isFields(metadata[key]) && metadata[key][OPT_OUT] === "disabled");
}

/** Substitutes variables in objects that were built, each as the text that Kustomize printed for it, as Flux does: a text may become a number or boolean. */
export function substitutedObjects(outcomes: readonly DocumentOutcome[], variables: Variables, file: string): readonly DocumentOutcome[] {
  return outcomes.flatMap((outcome): readonly DocumentOutcome[] => {
    if (outcome.kind !== "produced" || !variables.any) return [outcome];
    const problems: Problem[] = [...outcome.problems];
    const resources: LoadedResource[] = [];
    const lost: DocumentOutcome[] = [];
    for (const resource of outcome.resources) {
      const made = isLeft(resource) ? { resource } : substituted(resource, variables, file);
      if ("lost" in made) lost.push(made.lost);
      else {
        resources.push(made.resource);
        if ("problem" in made && made.problem !== undefined) problems.push(made.problem);
      }
    }
    return resources.length === 0 && lost.length > 0 ? lost : [{ kind: "produced", resources, problems }, ...lost];
  });
}

type Made = { readonly resource: LoadedResource; readonly problem?: Problem | undefined } | { readonly lost: DocumentOutcome };

function substituted(resource: LoadedResource, variables: Variables, file: string): Made {
  const { text, nodes, node } = resource.source;
  const written = text.text.slice(nodes.start(node), nodes.end(node));
  if (!written.includes("${")) return { resource };
  const { text: replaced, unknown } = substitute(written, (name) => variables.valueOf(name)?.value);
  const name = `${resource.kind} ${resource.namespace === "" ? "" : `${resource.namespace}/`}${resource.name}`;
  const subject = { subject: resource.file, file: resource.file, line: resource.line };
  if (unknown.length > 0) {
    const cause = `in ${name}, the value of ${unknown.map((one) => `\${${one}}`).join(", ")} is not known`;
    if (decides(resource.object, new Set(unknown), []))
      return { lost: { kind: "lost", problem: makeProblem(LOAD_PROBLEMS, "substitution-unknown", { ...subject, cause }) } };
    const made = parsed(resource, replaced, variables, file);
    const problem = makeProblem(LOAD_PROBLEMS, "substitution-partial", { ...subject, cause });
    if (made === undefined) return { lost: { kind: "lost", problem: { ...problem, effect: "lost" } } };
    const fields = unknownFields(made.object, new Set(unknown));
    return { resource: fields.length === 0 ? made : { ...made, unknown: fields }, problem };
  }
  const made = parsed(resource, replaced, variables, file);
  if (made !== undefined) return { resource: made };
  const cause = `${name} is no object any more when its variables have their values`;
  return { lost: { kind: "lost", problem: makeProblem(LOAD_PROBLEMS, "substitution-unknown", { ...subject, cause }) } };
}

/** The object of a text after substitution, with the places of the one before. */
function parsed(resource: LoadedResource, text: string, variables: Variables, file: string): LoadedResource | undefined {
  const [outcome] = readYaml(new SourceText(file, text), { template: false, syntax: "yaml-syntax" });
  const [made] = outcome?.kind === "produced" ? outcome.resources : [];
  if (made === undefined) return undefined;
  const object = withoutAnnotations(made.object, resource.object);
  const origins = resource.origins === undefined ? undefined : new SubstitutedOrigins(resource.origins, resource.object, variables);
  return {
    ...made,
    ...identityOf(object),
    object,
    file: resource.file,
    line: resource.line,
    ...(origins === undefined ? {} : { origins }),
  };
}

/** Without what Kustomize was asked to add, which the object before substitution has not either. */
function withoutAnnotations(object: LoadedResource["object"], before: LoadedResource["object"]): LoadedResource["object"] {
  const [metadata, own] = [object["metadata"], before["metadata"]];
  if (!isFields(metadata) || !isFields(own)) return object;
  const { annotations, ...rest } = metadata;
  const kept = isFields(own["annotations"]) ? own["annotations"] : undefined;
  if (kept === undefined || !isFields(annotations)) return { ...object, metadata: rest };
  return {
    ...object,
    metadata: { ...rest, annotations: Object.fromEntries(Object.entries(annotations).filter(([key]) => Object.hasOwn(kept, key))) },
  };
}

/** Who is bound to what is no mere text: rules join objects by it. */
const SUBJECTS: ReadonlySet<unknown> = new Set(["subjects", "roleRef"]);

/** Whether an unknown variable stands where it decides a setting. */
function decides(value: unknown, unknown: ReadonlySet<string>, path: ObjectPath): boolean {
  if (typeof value === "string")
    return variablesOf(value).some(({ name }) => unknown.has(name)) && !(isTextPath(path) && !SUBJECTS.has(path[0]));
  if (Array.isArray(value)) return value.some((item, index) => decides(item, unknown, [...path, index]));
  return isFields(value) && Object.entries(value).some(([key, item]) => decides(item, unknown, [...path, key]));
}

/** Places of fields whose texts come from variables: where the variable gets its value. */
class SubstitutedOrigins implements OriginsWithBase {
  readonly #before: ResourceOrigins;
  readonly #object: unknown;
  readonly #variables: Variables;

  constructor(before: ResourceOrigins, object: unknown, variables: Variables) {
    this.#before = before;
    this.#object = object;
    this.#variables = variables;
  }

  get base(): LoadedResource | undefined {
    return "base" in this.#before ? (this.#before as OriginsWithBase).base : undefined;
  }

  readonly patchable = (): Patchable | undefined => this.#before.patchable?.();

  readonly prepare = async (): Promise<void> => this.#before.prepare();

  readonly steadyName = (): string | undefined => this.#before.steadyName?.();

  readonly originOf = (path: ObjectPath): Origin => {
    const before = this.#before.originOf(path);
    let value = this.#object;
    for (const step of path) value = Array.isArray(value) ? (value[Number(step)] as unknown) : isFields(value) ? value[step] : undefined;
    if (typeof value !== "string") return before;
    const set = variablesOf(value).flatMap(({ name, rest }) => {
      const variable = this.#variables.valueOf(name);
      return variable === undefined || usesDefault(variable.value, rest) ? [] : [{ name, variable }];
    });
    // Of an image it is the tag that a finding is about.
    const found = path.at(-1) === "image" ? set.at(-1) : set[0];
    if (found === undefined) return before;
    const origin = found.variable.origin();
    return { ...origin, feeds: { file: origin.text.file, path: found.name } };
  };
}
