import type { ResourceSummary, Result } from "@holdfast/core";
import { resourceId } from "../kubescape/identifiers.ts";
import { resourceResults } from "../kubescape/resource-results.ts";
import { controlSummary, frameworkSummaries, overallSummary, scanCoverage } from "../kubescape/summary.ts";
import { repositoryPath } from "../repository-path.ts";
import type { Format, ReportOptions } from "./define.ts";

/** A time that is not known, as Go writes it. */
const NO_TIME = "0001-01-01T00:00:00Z";

function fileType(file: string): string {
  return /\.json$/iu.test(file) ? "JSON" : "YAML";
}

/** A resource as one of `resources`. A result holds no whole objects: `object` is what names one. */
function resourceEntry(resource: ResourceSummary, root: string, sourcePrefix: string): object {
  const { apiVersion, kind, name, namespace, file } = resource;
  const metadata = { name, ...(namespace === "" ? {} : { namespace }) };
  const source =
    file === undefined
      ? {}
      : {
          source: {
            path: root,
            relativePath: file === "-" ? "" : repositoryPath(file, sourcePrefix),
            helmPath: "",
            fileType: fileType(file),
            helmChartName: "",
            helmTemplateFile: "",
            helmValuesPaths: [],
            helmTemplateLine: 0,
            kustomizeDirectoryName: "",
            lastCommit: { hash: "", date: NO_TIME, committerName: "", committerEmail: "", message: "" },
          },
        };
  return { resourceID: resourceId(resource), object: { apiVersion, kind, metadata }, ...source };
}

/** What was scanned, in Kubescape's words and by its numbers of targets. */
function target({ inputs }: Result): { readonly name: string; readonly number: number; readonly context: object } {
  const { cluster, roots } = inputs;
  if (cluster !== undefined) {
    return { name: "cluster", number: 0, context: { clusterContextMetadata: { contextName: cluster.context } } };
  }
  return { name: "directory", number: 4, context: { directoryContextMetadata: { basePath: roots[0] ?? "", hostName: "" } } };
}

function metadata(result: Result): object {
  const { tool, gates, frameworks } = result;
  const { name, number, context } = target(result);
  const wanted = (name: string): number => {
    const value = gates.find(({ gate }) => gate === name)?.wanted;
    return typeof value === "number" ? value : 0;
  };
  return {
    targetMetadata: context,
    clusterMetadata: {},
    scanMetadata: {
      targetType: name,
      kubescapeVersion: `holdfast ${tool.version}`,
      formatVersion: "v2",
      controlsInputs: {},
      formats: ["json"],
      excludedNamespaces: result.inputs.cluster?.namespaces.excluded ?? [],
      includeNamespaces: result.inputs.cluster?.namespaces.included ?? [],
      targetNames: frameworks.map(({ id }) => id),
      failThreshold: 0,
      complianceThreshold: wanted("compliance-threshold"),
      scanningTarget: number,
      hostScanner: false,
      submit: false,
      verboseMode: false,
    },
  };
}

/** What Kubescape's form has no field for, under one key of its own, which its readers pass over. */
function own({ tool, summary }: Result): object {
  const { compliance, strictCompliance, coverage, reach, controls, resources, findings, accepted, bySeverity } = summary;
  return { version: tool.version, compliance, strictCompliance, coverage, reach, controls, resources, findings, accepted, bySeverity };
}

/** The items of a list, one a line, without its brackets. */
function* lines(items: Iterable<object>): Iterable<string> {
  let separator = "\n";
  for (const item of items) {
    yield `${separator}    ${JSON.stringify(item)}`;
    separator = ",\n";
  }
  yield "\n  ";
}

function* resourceEntries({ resources, inputs }: Result, sourcePrefix: string): Iterable<object> {
  for (const resource of resources) yield resourceEntry(resource, inputs.roots[0] ?? "", sourcePrefix);
}

/** Fields that stand after others, without the braces around them. */
function fields(object: object): string {
  return JSON.stringify(object).slice(1, -1);
}

function* render(result: Result, { sourcePrefix }: ReportOptions): Iterable<string> {
  const coverage = scanCoverage(result);
  yield "{\n";
  yield `  "generationTime": ${JSON.stringify(result.time ?? NO_TIME)},\n`;
  const { cluster } = result.inputs;
  yield `  "reportGUID": "",\n  "customerGUID": "",\n  "clusterName": ${JSON.stringify(cluster?.context ?? "")},\n  "clusterCloudProvider": "",\n`;
  const server = cluster === undefined ? null : { gitVersion: cluster.version };
  yield `  "clusterAPIServerInfo": ${JSON.stringify(server)},\n  "summaryDetails": {${fields(overallSummary(result))},\n  "controls": {\n`;
  for (const [place, control] of result.controls.entries()) {
    yield `    ${JSON.stringify(control.id)}: ${JSON.stringify(controlSummary(control))}${place === result.controls.length - 1 ? "" : ","}\n`;
  }
  yield '  },\n  "frameworks": [';
  yield* lines(frameworkSummaries(result));
  yield ']\n  },\n  "resources": [';
  yield* lines(resourceEntries(result, sourcePrefix));
  yield '],\n  "results": [';
  yield* lines(resourceResults(result));
  yield `],\n  "attributes": [],\n  "resourceLabels": {},\n  "metadata": ${JSON.stringify(metadata(result))},\n`;
  if (coverage !== null) yield `  "scanCoverage": ${JSON.stringify(coverage)},\n`;
  yield `  "holdfast": ${JSON.stringify(own(result))}\n}\n`;
}

/** Kubescape's JSON, version 2, for programs that read it. */
export const kubescapeJson: Format = { render };
