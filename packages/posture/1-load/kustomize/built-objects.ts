import { identityOf, makeProblem } from "@holdfast/core";
import { LOAD_PROBLEMS } from "../load-problems.ts";
import type { LoadProblemCode } from "../load-problems.ts";
import { readYaml } from "../read-yaml.ts";
import type { DocumentOutcome, LoadedResource } from "../loaders/define.ts";
import { onlyDocument, isFields, type Fields } from "./kustomization.ts";
import type { BuildOrigin, OverlaySources } from "./overlay-origins.ts";
import { SourceText } from "../../yaml/source-text.ts";

const ORIGIN = "config.kubernetes.io/origin";
/** What Kustomize is asked to add, and what it adds for itself. */
const ADDED: ReadonlySet<string> = new Set([ORIGIN, "alpha.config.kubernetes.io/transformations"]);

/** Reads what Kustomize printed for a kustomization: the objects as they would be deployed, with their places in the user's files. */
export function builtObjects(output: string, file: string, sources: OverlaySources): readonly DocumentOutcome[] {
  return readYaml(new SourceText(file, output), { template: false, syntax: "yaml-syntax" }).map((outcome): DocumentOutcome => {
    if (outcome.kind === "produced") return { ...outcome, resources: outcome.resources.map((one) => placed(one, sources)) };
    if (outcome.kind === "not-kubernetes") return outcome;
    // Its line is that of what was printed, which nobody has.
    const { code, cause } = outcome.problem;
    return { kind: "lost", problem: makeProblem(LOAD_PROBLEMS, code as LoadProblemCode, { subject: file, cause, file }) };
  });
}

function placed(resource: LoadedResource, sources: OverlaySources): LoadedResource {
  const metadata = isFields(resource.object["metadata"]) ? resource.object["metadata"] : {};
  const annotations = isFields(metadata["annotations"]) ? metadata["annotations"] : {};
  const object = withoutAdded(resource.object, metadata, annotations);
  return { ...resource, ...identityOf(object), object, ...sources.place(object, originOf(annotations[ORIGIN])) };
}

function withoutAdded(object: Fields, metadata: Fields, annotations: Fields): Fields {
  const own = Object.fromEntries(Object.entries(annotations).filter(([key]) => !ADDED.has(key)));
  const { annotations: _, ...rest } = metadata;
  return { ...object, metadata: Object.keys(own).length === 0 ? rest : { ...rest, annotations: own } };
}

function originOf(text: unknown): BuildOrigin {
  const value = typeof text === "string" ? onlyDocument(new SourceText("", text))?.value : undefined;
  if (!isFields(value)) return {};
  const { path, configuredIn, configuredBy, repo } = value;
  // What comes from another repository stands in no file here.
  if (typeof repo === "string") return { repository: repo };
  const generator = isFields(configuredBy) && typeof configuredBy["kind"] === "string" ? configuredBy["kind"] : undefined;
  return {
    ...(typeof path === "string" ? { path } : {}),
    ...(typeof configuredIn === "string" ? { configuredIn } : {}),
    ...(generator === undefined ? {} : { generator }),
  };
}
