import path from "node:path";
import type { ObjectPath } from "@holdfast/core";
import type { FileSystem } from "../file-system.ts";
import { loadChart } from "../helm/load-chart.ts";
import { planCharts } from "../helm/plan-charts.ts";
import type { DocumentOutcome, FolderEntry, LoadedResource, LoaderAccess } from "../loaders/define.ts";
import { NO_RENDERING_OPTIONS } from "../rendering-options.ts";
import { plainScalar } from "../../yaml/plain-scalar.ts";
import { displayName, isFields, listOf, scalarText, textOf, type Fields } from "../kustomize/kustomization.ts";
import type { Expanded } from "./expanded.ts";
import { postRendered } from "./post-render.ts";
import type { Tree } from "./tree.ts";
import { dataValue, type FindObject } from "./variables.ts";
import { ReleaseOrigins, valueAtPath, valuesInData, valuesInFields, withFiles, writtenFile, type WrittenValues } from "./written-values.ts";

/** A chart that a release or an application names. */
export interface ReleasedChart {
  /** The machine's path of its folder. */
  readonly folder: string;
  readonly files: FileSystem;
  readonly root: string;
}

/** What Helm is told about a release. */
export interface ReleaseSettings {
  readonly resource: LoadedResource;
  readonly chart: ReleasedChart;
  readonly releaseName: string;
  readonly namespace: string;
  /** Values files of the tree, by the machine's paths. */
  readonly valuesFiles: readonly string[];
  /** Whether the chart's own values.yaml counts. */
  readonly ownValues: boolean;
  readonly values: readonly WrittenValues[];
}

/** Why something is not followed. */
export interface Unfollowed {
  readonly reason: string;
}

/** Renders a chart as a release of it would be. What values in objects feed has its places there. */
export async function renderRelease(settings: ReleaseSettings, access: LoaderAccess): Promise<Expanded> {
  const { resource, chart, values, valuesFiles, releaseName, namespace, ownValues } = settings;
  const given = new Map(values.map((one) => [one.path, one.text]));
  if (!ownValues) given.set(path.join(chart.folder, "values.yaml"), "");
  const release: LoaderAccess = {
    ...access,
    files: withFiles(chart.files, given),
    rendering: {
      ...NO_RENDERING_OPTIONS,
      // What begins like this is meant for every chart, whatever is in it.
      values: [...valuesFiles, ...values.map((one) => one.path)].map((one) => `*=${one}`),
      releaseName: [releaseName],
      releaseNamespace: [namespace],
      kubeVersion: access.rendering.kubeVersion.filter((one) => !one.includes("=")),
    },
  };
  const names = new Set((await chart.files.listFolder(chart.folder)).map(({ name }) => name));
  const file = displayName(chart.folder, access.cwd);
  const entry: FolderEntry = { kind: "folder", path: chart.folder, file, named: true, names, root: chart.root };
  const [planned] = await planCharts({ claimed: [entry], all: [entry] }, release);
  if (planned === undefined) return { parts: [], outcome: { documents: [] } };
  const loaded = await loadChart(planned, release);
  const byFile = new Map(values.map((one) => [one.file, one]));
  const documents = loaded.documents.map((document): DocumentOutcome => {
    if (document.kind !== "produced") return document;
    return {
      ...document,
      resources: document.resources.map((one) =>
        one.origins === undefined ? one : { ...one, origins: new ReleaseOrigins(one.origins, byFile) },
      ),
    };
  });
  const kind = resource.kind === "Application" ? "application" : "release";
  const name = `${resource.kind} ${resource.namespace === "" ? "" : `${resource.namespace}/`}${resource.name}`;
  const files = (loaded.rendered?.files ?? []).filter((one) => !byFile.has(one));
  return { parts: [chart.folder], outcome: { documents, rendered: { ...loaded.rendered, kind, name, file, files } } };
}

/** What a release needs of the tree. */
export interface ReleaseSources {
  readonly tree: Tree;
  readonly find: FindObject;
  /** The machine's path of the file that the object stands in. */
  readonly file: string;
  /** Why a source is not the tree that is scanned. */
  readonly elsewhere: (ref: Fields, namespace: string, root: string) => string | undefined;
  /** Why a repository that an Application names is not the tree that is scanned. */
  readonly foreign: (repoUrl: string, root: string) => Promise<string | undefined>;
}

/** Follows a Flux HelmRelease: https://fluxcd.io/flux/components/helm/helmreleases/ */
export async function expandHelmRelease(
  resource: LoadedResource,
  sources: ReleaseSources,
  access: LoaderAccess,
): Promise<Expanded | Unfollowed> {
  const spec = isFields(resource.object["spec"]) ? resource.object["spec"] : {};
  const template = isFields(spec["chart"]) && isFields(spec["chart"]["spec"]) ? spec["chart"]["spec"] : undefined;
  if (template === undefined) {
    const ref = isFields(spec["chartRef"]) ? spec["chartRef"] : {};
    return {
      reason: `its chart is the ${scalarText(ref["kind"]) || "object"} ${scalarText(ref["name"])}, which is not in what was scanned`,
    };
  }
  const chart = await chartOf(template, resource, sources, access);
  if ("reason" in chart) return chart;
  const values = releaseValues(spec, resource, sources.find, access);
  if ("reason" in values) return values;
  const valuesFiles: string[] = [];
  for (const written of listOf(template["valuesFiles"])) {
    const found = await sources.tree.find(scalarText(written), sources.file);
    if (found !== undefined) valuesFiles.push(found.place);
    else if (template["ignoreMissingValuesFiles"] !== true)
      return { reason: `its values file ${scalarText(written)} is not in what was scanned` };
  }
  const target = textOf(spec["targetNamespace"]);
  const rendered = await renderRelease(
    {
      resource,
      chart,
      releaseName: textOf(spec["releaseName"]) ?? (target === undefined ? resource.name : `${target}-${resource.name}`),
      namespace: target ?? (resource.namespace || "default"),
      valuesFiles: valuesFiles.filter((one) => one !== path.join(chart.folder, "values.yaml")),
      ownValues: valuesFiles.length === 0 || valuesFiles.includes(path.join(chart.folder, "values.yaml")),
      values,
    },
    access,
  );
  return postRendered(rendered, resource, listOf(spec["postRenderers"]), chart.root, access);
}

/** The chart's folder in the tree, or its archive in the folder of charts. */
async function chartOf(
  template: Fields,
  resource: LoadedResource,
  { tree, file, elsewhere }: ReleaseSources,
  access: LoaderAccess,
): Promise<ReleasedChart | Unfollowed> {
  const name = scalarText(template["chart"]);
  const version = scalarText(template["version"]);
  const ref = isFields(template["sourceRef"]) ? template["sourceRef"] : {};
  const kind = scalarText(ref["kind"]);
  if (kind === "GitRepository") {
    const found = await tree.find(name, file);
    if (found === undefined) return { reason: `its chart ${name} is not in what was scanned` };
    const reason = elsewhere(ref, resource.namespace, found.root);
    if (reason !== undefined) return { reason };
    return { folder: found.place, files: access.files, root: await access.files.realPath(found.root) };
  }
  const cached = await cachedChart(name, version, access);
  if (cached !== undefined) return cached;
  const wanted = `${name.split("/").at(-1) ?? name}-${version || "VERSION"}.tgz`;
  const where = access.rendering.chartCache === undefined ? "no --chart-cache was given" : `the chart cache has no ${wanted}`;
  return {
    reason: `its chart ${name}${version === "" ? "" : ` ${version}`} comes from the ${kind || "source"} ${scalarText(ref["name"])}, and ${where}`,
  };
}

/** A packaged chart in the folder that `--chart-cache` names: `NAME-VERSION.tgz`, or the only one of its name where the version is a range. */
export async function cachedChart(chart: string, version: string, access: LoaderAccess): Promise<ReleasedChart | undefined> {
  const folder = access.rendering.chartCache;
  if (folder === undefined) return undefined;
  const name = chart.split("/").at(-1) ?? chart;
  const listed = await access.files.listFolder(folder).catch(() => []);
  const packages = listed.flatMap((one) =>
    one.name.startsWith(`${name}-`) && /-v?\d+\.\d+\.\d+[\w.+-]*\.tgz$/u.test(one.name) ? [one.name] : [],
  );
  const own = packages.filter((one) => /^-v?\d/u.test(one.slice(name.length)));
  const exact = own.find((one) => one === `${name}-${version}.tgz` || one === `${name}-${version.replace(/^v/u, "")}.tgz`);
  const isExact = /^v?\d+\.\d+\.\d+/u.test(version);
  const chosen = exact ?? (isExact || own.length !== 1 ? undefined : own[0]);
  if (chosen === undefined) return undefined;
  const { files } = access;
  const archive = path.join(folder, chosen);
  const inside = await files.listFolder(archive).catch(() => []);
  const top = inside.find(({ kind }) => kind === "directory");
  return top === undefined ? undefined : { folder: path.join(archive, top.name), files, root: archive };
}

/** The values of a release, those that count most last: `valuesFrom` in its order, then `values`. */
function releaseValues(
  spec: Fields,
  resource: LoadedResource,
  find: FindObject,
  { cwd }: LoaderAccess,
): readonly WrittenValues[] | Unfollowed {
  const values: WrittenValues[] = [];
  const name = `${resource.namespace}-${resource.name}`;
  for (const source of listOf(spec["valuesFrom"]).filter(isFields)) {
    const file = writtenFile(cwd, name, values.length);
    const kind = scalarText(source["kind"]);
    const found = find(kind, resource.namespace, scalarText(source["name"]));
    if (found === "several")
      return { reason: `its values come from the ${kind} ${scalarText(source["name"])}, and the tree has several that are as near to it` };
    const key = textOf(source["valuesKey"]) ?? "values.yaml";
    const text = found === undefined ? undefined : dataValue(found, key);
    if (found === undefined || text === undefined) {
      if (found === undefined && source["optional"] === true) continue;
      const why = found === undefined ? "which is not in what was scanned" : `whose ${key} is missing or encrypted`;
      return { reason: `its values come from the ${kind} ${scalarText(source["name"])}, ${why}` };
    }
    const at: ObjectPath = [isFields(found.object["stringData"]) && key in found.object["stringData"] ? "stringData" : "data", key];
    const target = textOf(source["targetPath"]);
    if (target === undefined) values.push(valuesInData(found, at, text, file));
    else values.push(valueAtPath(found, at, pathOfTarget(target), plainScalar(text), file));
  }
  if (isFields(spec["values"]))
    values.push(valuesInFields(resource, ["spec", "values"], spec["values"], writtenFile(cwd, name, values.length)));
  return values;
}

/** `a.b[0].c\.d`, as Helm's `--set` has it. */
export function pathOfTarget(written: string): ObjectPath {
  return [...written.matchAll(/\[(?<index>\d+)\]|(?<key>(?:\\.|[^.[\]\\])+)/gu)].map(({ groups = {} }) =>
    groups["index"] === undefined ? (groups["key"] ?? "").replaceAll(/\\(.)/gu, "$1") : Number(groups["index"]),
  );
}
