import path from "node:path";
import { makeProblem } from "@holdfast/core";
import type { Problem, ProblemDetails } from "@holdfast/core";
import { SourceText } from "../../yaml/source-text.ts";
import { LOAD_PROBLEMS } from "../load-problems.ts";
import type { LoadProblemCode } from "../load-problems.ts";
import type { DocumentOutcome, LoaderAccess, RootOutcome } from "../loaders/define.ts";
import { readYaml } from "../read-yaml.ts";
import type { ToolOutcome } from "../tool-runner.ts";
import { ChartTooLarge, readChartFiles } from "./chart-files.ts";
import type { ChartFile, ChartFiles } from "./chart-files.ts";
import type { ChartMetadata } from "./chart-metadata.ts";
import { settingsOf } from "./chart-settings.ts";
import { chartTree, templateOf, textOf } from "./chart-tree.ts";
import type { ChartNode } from "./chart-tree.ts";
import { ChartOrigins } from "./chart-origins.ts";
import { readHelmError } from "./helm-errors.ts";
import { HelmRun } from "./helm-run.ts";
import { leftOut } from "./left-out.ts";
import { ObjectLines } from "./object-line.ts";
import { localDependencies, type PlannedChart } from "./plan-charts.ts";
import { inReleaseNamespace } from "./release-namespace.ts";
import { renderedDocuments } from "./rendered-documents.ts";
import type { RenderedDocument } from "./rendered-documents.ts";

/** How many templates that fail are left out one after the other, to have the others. */
const MOST_RETRIES = 5;

/** Files that make what a chart renders to. */
const CHART_FILE = /^(?:Chart\.(?:yaml|lock)|requirements\.(?:yaml|lock)|values\.ya?ml|values\.schema\.json|templates\/.*|crds\/.*)$/u;

/** Files of a chart that others don't read either: values files for some other time, and those of its tests. */
const UNUSED = /^(?:values.*|ci\/.*|tests\/.*)\.(?:ya?ml|json)$/u;

/** Renders a chart, and reads what comes out. */
export async function loadChart(chart: PlannedChart, access: LoaderAccess): Promise<RootOutcome> {
  const { entry, metadata } = chart;
  if ("fault" in metadata) return { documents: [lost("chart-invalid", { subject: entry.file, cause: metadata.fault, file: entry.file })] };
  return new ChartLoading(chart, metadata, access).load();
}

function lost(code: LoadProblemCode, details: ProblemDetails): DocumentOutcome {
  return { kind: "lost", problem: makeProblem(LOAD_PROBLEMS, code, details) };
}

class ChartLoading {
  readonly #chart: PlannedChart;
  readonly #metadata: ChartMetadata;
  readonly #access: LoaderAccess;
  #files: ReadonlyMap<string, ChartFile> = new Map();
  #nodes: readonly ChartNode[] = [];
  #values: readonly string[] = [];
  /** Where it is installed; undefined where nobody says. */
  #namespace: string | undefined;
  readonly #lost: DocumentOutcome[] = [];
  /** The values file of the command line that Helm can't read. */
  #refused: string | undefined;
  /** The files and charts that documents came from; null until something is rendered. */
  #sources: { readonly files: Set<string>; readonly charts: Set<string> } | null = null;

  constructor(chart: PlannedChart, metadata: ChartMetadata, access: LoaderAccess) {
    this.#chart = chart;
    this.#metadata = metadata;
    this.#access = access;
  }

  /** What it renders to, and the charts that it takes and leaves out. */
  async load(): Promise<RootOutcome> {
    const outcome = await this.#load();
    const notExpanded = leftOut({
      name: this.#metadata.name,
      takes: this.#chart.takes,
      files: [...this.#files.values()],
      used: this.#sources === null ? null : new Set([...this.#sources.files, ...this.#lost.flatMap(fileOf)]),
      charts: this.#sources?.charts ?? new Set(),
    });
    return notExpanded.length === 0 ? outcome : { ...outcome, notExpanded };
  }

  async #load(): Promise<RootOutcome> {
    const wrong = localDependencies(this.#chart.entry.path, this.#metadata).find(({ name }) => !isFolderName(name));
    if (wrong !== undefined)
      return this.#failed(
        "chart-invalid",
        `the name of its dependency ${JSON.stringify(wrong.name.slice(0, 100))} can't be that of a chart`,
      );
    try {
      await this.#read();
    } catch (error) {
      if (!(error instanceof ChartTooLarge)) throw error;
      return this.#failed("chart-invalid", error.message);
    }
    if (this.#metadata.library)
      return { documents: this.#lost, rendered: { ...this.#account(), note: "a library chart: it renders to nothing by itself" } };
    const settings = settingsOf({ name: this.#metadata.name, file: this.#chart.entry.file }, this.#chart.all, this.#access.rendering);
    const run = await HelmRun.prepare(this.#metadata.name, settings, this.#access);
    if ("fault" in run) {
      this.#lost.push(lost("chart-values", { subject: run.file, cause: run.fault, file: run.file }));
      return { documents: this.#lost, rendered: this.#account(), refused: [run.file] };
    }
    this.#namespace = settings.releaseNamespace;
    this.#values = run.values.map(({ file }) => file);
    const folder = await run.write(this.#files, "chart");
    const output = await this.#render(run, folder);
    if (output === null)
      return { documents: this.#lost, rendered: this.#account(), ...(this.#refused === undefined ? {} : { refused: [this.#refused] }) };
    return this.#outcome(run, output);
  }

  /** The chart's own files, and those of dependencies that lie beside it. */
  async #read(): Promise<void> {
    const { entry } = this.#chart;
    const { files: system } = this.#access;
    const own = await readChartFiles(entry, system);
    const files = new Map(own.files);
    this.#reportLeftOut(own);
    for (const { name, folder } of localDependencies(entry.path, this.#metadata)) {
      const scanned = this.#chart.all.find((other) => other.path === folder);
      if (scanned === undefined && !isWithin(entry.root, folder)) continue;
      if ([...files.keys()].some((one) => one.startsWith(`charts/${name}/`))) continue;
      const file = scanned?.file ?? relativeFile(this.#access.cwd, folder);
      try {
        const dependency = await readChartFiles({ path: folder, file, root: entry.root }, system);
        this.#reportLeftOut(dependency);
        // A file where its folder goes is no chart, and Helm passes over it.
        files.delete(`charts/${name}`);
        for (const [within, one] of dependency.files) files.set(`charts/${name}/${within}`, { ...one, path: `charts/${name}/${within}` });
      } catch (error) {
        if (error instanceof ChartTooLarge) throw error;
        // It can't be read: Helm says that it is missing.
      }
    }
    this.#files = files;
    this.#nodes = chartTree(this.#metadata, files);
  }

  #reportLeftOut({ leftOut }: ChartFiles): void {
    for (const { file, code, reason } of leftOut) this.#lost.push(lost(code, { subject: file, cause: reason, file }));
  }

  /** What Helm prints; null where it printed nothing, and then there is a problem that says why. A template that fails is left out, and the others are rendered without it. */
  async #render(run: HelmRun, folder: string): Promise<string | null> {
    let outcome = await run.template(folder);
    for (let tries = 0; !("stdout" in outcome && outcome.code === 0); tries += 1) {
      if ("failure" in outcome) {
        this.#tool(outcome);
        return null;
      }
      const said = run.withOwnNames(outcome.stderr);
      const error = readHelmError(said.text);
      if (said.file !== undefined) {
        // Helm names a file of the command line only where it can't be read.
        this.#lost.push(lost("chart-values", { subject: said.file, cause: error.message, file: said.file }));
        this.#refused = said.file;
        return null;
      }
      if (error.code === "chart-dependencies" && this.#access.network && tries === 0) {
        await run.buildDependencies(folder);
        outcome = await run.template(folder);
        continue;
      }
      const failed = error.template === undefined ? null : templateOf(this.#nodes, error.template);
      const place = error.place === undefined ? null : templateOf(this.#nodes, error.place.template);
      const at = this.#files.get((place ?? failed)?.path ?? "");
      const { line, column } = error.place ?? {};
      this.#lost.push(
        lost(error.code, {
          subject: at?.file ?? this.#chart.entry.file,
          cause: error.message === "" ? "helm failed and said nothing" : error.message,
          file: at?.file ?? this.#chart.entry.file,
          ...(at === undefined || line === undefined ? {} : { line }),
          ...(at === undefined || column === undefined ? {} : { column }),
        }),
      );
      if (error.code !== "chart-render" || failed === null || !this.#files.has(failed.path) || tries >= MOST_RETRIES) return null;
      this.#files = new Map([
        ...this.#files,
        [failed.path, { path: failed.path, file: this.#files.get(failed.path)?.file ?? "", bytes: new Uint8Array() }],
      ]);
      await run.writeFile(folder, failed.path, "");
      outcome = await run.template(folder);
    }
    return outcome.stdout;
  }

  #tool({ failure, stderr }: Extract<ToolOutcome, { readonly failure: string }>): void {
    const causes = {
      "not-found": "helm is not on the PATH",
      "not-runnable": "helm could not be run",
      "timed-out": "helm took longer than 30 seconds",
      "too-much-output": "helm printed more than 64 MiB",
      "too-much-memory": "helm used more than 2 GiB of memory",
      killed: `helm was ended by the system${stderr === "" ? "" : `: ${stderr.slice(0, 200)}`}`,
    };
    const { file } = this.#chart.entry;
    this.#lost.push(lost(failure === "not-found" ? "tool-missing" : "tool-failed", { subject: file, cause: causes[failure], file }));
  }

  #failed(code: LoadProblemCode, cause: string): RootOutcome {
    const { file } = this.#chart.entry;
    return { documents: [...this.#lost, lost(code, { subject: file, cause, file })], rendered: this.#account() };
  }

  #account(): NonNullable<RootOutcome["rendered"]> {
    const { file } = this.#chart.entry;
    const all = [...this.#files.values()];
    const used = all.filter(({ path: one }) => CHART_FILE.test(one.replace(/^(?:charts\/[^/]+\/)+/u, ""))).map((one) => one.file);
    const files = new Set([...used, ...this.#values]);
    const unused = all.filter((one) => UNUSED.test(one.path) && !files.has(one.file)).map((one) => one.file);
    return {
      kind: "chart",
      name: this.#metadata.name,
      file,
      files: [...files].sort(),
      ...(unused.length === 0 ? {} : { unused: unused.sort() }),
    };
  }

  #outcome(run: HelmRun, output: string): RootOutcome {
    const rendered = renderedDocuments(output);
    const origins = new ChartOrigins({ run, files: this.#files, nodes: this.#nodes, rendered });
    const lines = new ObjectLines();
    const crds = new Set<string>();
    let hooks = 0;
    const sources = { files: new Set<string>(), charts: new Set<string>() };
    this.#sources = sources;
    const documents = rendered.flatMap((document, index) => {
      const found = templateOf(this.#nodes, document.template);
      const file = this.#files.get(found?.path ?? "");
      if (file !== undefined) sources.files.add(file.file);
      if (found !== null) sources.charts.add(found.node.metadata.name);
      if (file !== undefined && found !== null && found.path.startsWith(`${found.node.prefix}crds/`)) {
        // Helm prints them as they are: they are read from their file, once.
        if (crds.has(file.path)) return [];
        crds.add(file.path);
        return readYaml(new SourceText(file.file, textOf(file)), { template: false, syntax: "yaml-syntax" });
      }
      const outcomes = this.#readDocument(document, file, index, origins, lines);
      for (const outcome of outcomes) if (outcome.kind === "produced") hooks += outcome.resources.filter(isHook).length;
      return outcomes;
    });
    const account = { ...this.#account(), ...(hooks === 0 ? {} : { hooks }) };
    const note =
      documents.some(({ kind }) => kind === "produced") || this.#lost.length > 0 ? {} : { note: "with these values it renders to nothing" };
    return { documents: [...documents, ...this.#lost], rendered: { ...account, ...note } };
  }

  /** What a rendered document holds, with the template in place of the text that nobody has as a file. */
  #readDocument(
    document: RenderedDocument,
    template: ChartFile | undefined,
    index: number,
    origins: ChartOrigins,
    lines: ObjectLines,
  ): readonly DocumentOutcome[] {
    const file = template?.file ?? this.#chart.entry.file;
    const source = new SourceText(file, template === undefined ? "" : textOf(template));
    let place = 0;
    return readYaml(new SourceText(file, document.text), { template: false, syntax: "yaml-syntax" }).map((outcome) => {
      if (outcome.kind === "lost") return { kind: "lost", problem: ofRendered(outcome.problem) };
      if (outcome.kind === "not-kubernetes") return outcome;
      const namespace = this.#namespace;
      const resources = outcome.resources.map((read) => {
        const resource = namespace === undefined ? read : inReleaseNamespace(read, namespace);
        return { ...resource, line: lines.lineOf(source, resource.kind), origins: origins.of(index, place++, resource) };
      });
      return { kind: "produced", resources, problems: outcome.problems.map(ofRendered) };
    });
  }
}

/** A problem of a text that no file has: its line would lead astray. */
function ofRendered(problem: Problem): Problem {
  const { line: _line, column: _column, ...rest } = problem;
  return { ...rest, cause: `${problem.cause}${problem.line === undefined ? "" : ` (line ${problem.line} of what it renders to)`}` };
}

function isHook({ object }: { readonly object: Readonly<Record<string, unknown>> }): boolean {
  const { metadata } = object;
  const annotations: unknown =
    typeof metadata === "object" && metadata !== null && "annotations" in metadata ? metadata.annotations : undefined;
  return typeof annotations === "object" && annotations !== null && "helm.sh/hook" in annotations;
}

/** Whether a copy can have a folder of this name, in its own folder. */
function isFolderName(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && name.length <= 250 && !/[/\\\0]/u.test(name);
}

function fileOf(outcome: DocumentOutcome): readonly string[] {
  return outcome.kind === "lost" && outcome.problem.file !== undefined ? [outcome.problem.file] : [];
}

function relativeFile(cwd: string, target: string): string {
  return path.relative(cwd, target).split(path.sep).join("/");
}

function isWithin(root: string, target: string): boolean {
  return target.startsWith(root.endsWith("/") ? root : `${root}/`);
}
