import { existsSync } from "node:fs";
import path from "node:path";
import { load as readYaml } from "js-yaml";
import { identityOf, type Finding, type Result } from "@holdfast/core";
import { staleFinding, type StoredFindings } from "./define.ts";

/** What Kubescape writes where a person must put something. */
const PLACEHOLDER = /YOUR_|<[^>]*>/u;

/** A control that failed on an object. */
interface Failure {
  readonly control: string;
  readonly name: string;
  readonly kind: string;
  readonly namespace: string;
  readonly object: string;
  readonly file: string;
  /** What it would set, by path. */
  readonly values: ReadonlyMap<string, string>;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/**
 * What a report of Kubescape's (JSON v2) found: `results[].controls[]` that failed, on `resources[]` whose `source` is a file that is here. Its ids of controls are
 * Holdfast's, so that what Holdfast finds there too is fixed, and checked, as if it had been scanned for; a value of a `fixPath` answers what a person would have to choose.
 */
export function kubescapeReport(document: object, reportFolder: string, workingFolder: string): StoredFindings {
  const report = fieldsOf(document);
  const resources = new Map(listOf(report["resources"]).map((resource) => [textOf(resource["resourceID"]), resource] as const));
  const failures = listOf(report["results"]).flatMap((result) => {
    const id = textOf(result["resourceID"]);
    const resource = resources.get(id) ?? {};
    const file = fileOf(fieldsOf(resource["source"]), reportFolder, workingFolder);
    const identity = objectOf(id, fieldsOf(resource["object"] ?? result["rawResource"]));
    return listOf(result["controls"]).flatMap((control): Failure[] =>
      isFailed(control["status"])
        ? [{ control: textOf(control["controlID"]), name: textOf(control["name"]), ...identity, file, values: valuesOf(control) }]
        : [],
    );
  });
  const find = ({ resources: objects }: Result, finding: Finding): Failure | undefined => {
    const { kind, namespace = "", name } = objects[finding.resource] ?? {};
    return failures.find(
      (one) => one.control === finding.control && one.kind === kind && one.object === name && isSameNamespace(one.namespace, namespace),
    );
  };
  const here = failures.filter(({ file }) => file !== "");
  return {
    paths: [...new Set(here.map(({ file }) => rootOf(path.resolve(workingFolder, file), workingFolder)))].sort(),
    has: (result, finding) => find(result, finding) !== undefined,
    valueFor: (result, finding, field) => {
      const value = find(result, finding)?.values.get(field);
      return value === undefined ? undefined : valueOf(value);
    },
    stale: (result, known) => {
      const found = new Set(result.findings.map((finding) => find(result, finding)));
      return failures
        .filter((failure) => !found.has(failure))
        .map(({ control, name, kind, namespace, object, file }) =>
          staleFinding(
            {
              fingerprint: "",
              control,
              name,
              resource: [kind, ...(namespace === "" ? [] : [namespace]), object].join("/"),
              ...(file === "" ? {} : { file }),
            },
            known.has(control),
          ),
        );
    },
  };
}

function isFailed(status: unknown): boolean {
  return (typeof status === "string" ? status : textOf(fieldsOf(status)["status"])) === "failed";
}

/** The file of a resource as it is called from the working folder; empty where it is not here. */
function fileOf(source: Fields, reportFolder: string, workingFolder: string): string {
  const relative = textOf(source["relativePath"]);
  if (relative === "") return "";
  const folders = [workingFolder, textOf(source["path"]), reportFolder].filter((folder) => folder !== "");
  const found = folders.map((folder) => path.resolve(workingFolder, folder, relative)).find((file) => existsSync(file));
  return found === undefined ? "" : path.relative(workingFolder, found).split(path.sep).join("/") || ".";
}

/** What an object is called: by the object itself, else by the end of its id: `…/NAMESPACE/KIND/NAME`. */
function objectOf(id: string, object: Fields): Pick<Failure, "kind" | "namespace" | "object"> {
  const { kind, namespace, name } = identityOf(object);
  if (kind !== "") return { kind, namespace, object: name };
  const [inside = "", sort = "", last = ""] = id.split("/").slice(-3);
  return { kind: sort, namespace: inside, object: last };
}

function isSameNamespace(one: string, other: string): boolean {
  return (one === "" ? "default" : one) === (other === "" ? "default" : other);
}

/** The paths of a control's rules at which something is to be set, with the values that are no placeholders. */
function valuesOf(control: Fields): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const rule of listOf(control["rules"]))
    for (const one of listOf(rule["paths"])) {
      const { path: field, value } = fieldsOf(one["fixPath"]);
      const said = textOf(value);
      if (typeof field === "string" && field !== "" && said !== "" && !PLACEHOLDER.test(said)) values.set(field, said);
    }
  return values;
}

/** Kubescape writes all values as texts. */
function valueOf(text: string): unknown {
  try {
    return readYaml(text);
  } catch {
    return text;
  }
}

/** What to scan for a file: the chart that it is a template of, or the file itself. */
function rootOf(file: string, workingFolder: string): string {
  for (let here = path.dirname(file); path.dirname(here) !== here; here = path.dirname(here)) {
    if (path.basename(here) !== "templates" || !existsSync(path.join(path.dirname(here), "Chart.yaml"))) continue;
    return path.relative(workingFolder, path.dirname(here)) || ".";
  }
  return path.relative(workingFolder, file);
}
