import type { Control, Evaluation, Framework, Inputs, Library, ObjectSelection, Parameters, Problem, Resource, Skip } from "@holdfast/core";
import type { ClusterAccess } from "./1-load/cluster/cluster-access.ts";
import type { ClusterRequest, ObjectChoice } from "./1-load/cluster/cluster-request.ts";
import type { ClusterLoad } from "./1-load/cluster/load-cluster.ts";
import type { FileSystem } from "./1-load/file-system.ts";
import { load, type RenderingPorts } from "./1-load/load.ts";
import type { CustomRules } from "./custom-rules/custom-rule.ts";
import { evaluateCustomRules, libraryWith, requestWith } from "./custom-rules/with-custom-rules.ts";
import { selectControls, type ControlRequest, type UnknownName } from "./2-select/select-controls.ts";
import { evaluate, type ClusterEvidence } from "./3-evaluate/evaluate.ts";
import { onlyAskedFor } from "./3-evaluate/only-asked-for.ts";
import { locateAndFix, prepareOrigins, withSteadyNames } from "./4-locate-and-fix/locate-and-fix.ts";
import type { CompiledLibrary } from "./library/compiled-library.ts";
import { givenParameters } from "./library/given-parameters.ts";
import { defaultParameters } from "./library/parameter-page.ts";

/** What to scan, and for what. */
export interface PostureRequest {
  /** Files and folders; `-` is standard input. */
  readonly paths: readonly string[];
  /** Which objects of the paths are judged, where not all are. */
  readonly chosen?: ObjectChoice;
  /** What to scan of the cluster of the ports, instead of paths. */
  readonly cluster?: ClusterRequest;
  readonly controls: ControlRequest;
  /** Values of parameters that differ from the library's defaults. */
  readonly parameters?: Parameters;
  /** Whether the result names what no loader reads. */
  readonly nameSkipped?: boolean;
  /** Whether files are read as they stand, and nothing is rendered. */
  readonly asTheyStand?: boolean;
}

/** What a scan reaches the world through. */
export interface PosturePorts {
  readonly library: CompiledLibrary;
  /** Users' own rules; they are selected beside what was asked for. */
  readonly customRules?: CustomRules;
  /** What was lost before the scan began: policies that can't be used. */
  readonly problems?: readonly Problem[];
  readonly files: FileSystem;
  /** How charts and the like are rendered; without it what needs a tool is a problem. */
  readonly rendering?: RenderingPorts;
  /** The cluster that a request may ask for. */
  readonly cluster?: ClusterAccess;
  /** The absolute path that relative paths start from, and that files are named from. */
  readonly workingFolder: string;
  /** Told in a few words what is being done. */
  readonly onProgress?: (text: string) => void;
}

/** What a scan found; `selected` is how many controls were to be judged. */
export interface PostureOutcome {
  readonly evaluation: Evaluation;
  readonly selected: number;
  /** Paths of the request that could not be read at all. */
  readonly unreadablePaths: readonly string[];
  /** Files that hold exceptions of Kubescape's form, which apply only where they are passed as such. */
  readonly exceptionFiles: readonly string[];
}

const EXCLUDED: Skip = { reason: "excluded", detail: "left out on request" };

/** What was read, from wherever. */
interface Loaded {
  readonly resources: readonly Resource[];
  readonly inputs: Inputs;
  readonly problems: readonly Problem[];
  readonly unreadablePaths: readonly string[];
  readonly exceptionFiles?: readonly string[];
  /** Kinds that must not be taken for absent. */
  readonly unread: ClusterLoad["unread"] | null;
  /** What of a cluster was judged as it came. */
  readonly arrived: ClusterEvidence["arrived"];
  /** Places of resources that others are judged by and that were not asked for themselves. */
  readonly context: ReadonlySet<number>;
}

async function loadFiles(request: PostureRequest, ports: PosturePorts): Promise<Loaded> {
  const loaded = await load({
    paths: request.paths,
    cwd: ports.workingFolder,
    files: ports.files,
    ...(ports.rendering === undefined ? {} : { rendering: ports.rendering }),
    ...(request.nameSkipped === undefined ? {} : { nameSkipped: request.nameSkipped }),
    ...(request.asTheyStand === undefined ? {} : { asTheyStand: request.asTheyStand }),
    onProgress: (done, total) => ports.onProgress?.(`reading ${done} of ${total} files`),
  });
  if (request.chosen === undefined) return { ...loaded, unread: null, arrived: null, context: new Set() };
  const { placesNotChosen } = await import("./2-select/places-not-chosen.ts");
  return { ...loaded, unread: null, arrived: null, context: placesNotChosen(loaded.resources, request.chosen) };
}

/** How objects were chosen, as the result says it: who reads it must see that others were left out. */
function selectionOf({ includeNamespaces, excludeNamespaces, includeKinds, excludeKinds, selector }: ObjectChoice): ObjectSelection {
  return {
    namespaces: { included: [...includeNamespaces], excluded: [...excludeNamespaces] },
    kinds: { included: [...includeKinds], excluded: [...excludeKinds] },
    ...(selector === null ? {} : { selector: selector.text }),
  };
}

/** What reads a cluster is loaded only where one is read. */
async function loadFromCluster(
  request: ClusterRequest,
  nameSkipped: boolean,
  ports: PosturePorts,
  library: Library,
  controls: readonly Control[],
  parameters: Parameters,
): Promise<Loaded | { readonly unknown: readonly UnknownName[] }> {
  if (ports.cluster === undefined) throw new Error("a cluster is to be scanned, and there is no access to one");
  const { judgingOnArrival, readCluster } = await import("./read-cluster.ts");
  const arrived = judgingOnArrival(ports.library, library, controls, ports.customRules, parameters);
  const loaded = await readCluster(ports.cluster, request, library, controls, ports.customRules, arrived, ports.onProgress);
  if ("unknown" in loaded) return loaded;
  // Of a cluster nothing is skipped that its account of kinds does not name.
  return { ...loaded, arrived, ...(nameSkipped ? { inputs: { ...loaded.inputs, skipped: [] } } : {}) };
}

/** From input to findings: loads, selects, evaluates, and finds the place and the edit of each finding. Names that the library lacks are returned before anything is read. */
export async function scanPosture(
  request: PostureRequest,
  ports: PosturePorts,
): Promise<PostureOutcome | { readonly unknown: readonly UnknownName[] }> {
  const { customRules: custom } = ports;
  const library = custom === undefined ? ports.library.library : libraryWith(ports.library.library, custom);
  const selection = selectControls(library, custom === undefined ? request.controls : requestWith(request.controls, custom));
  if ("unknown" in selection) return selection;

  const defaults = defaultParameters(library.parameters);
  const parameters = { ...defaults, ...request.parameters };
  const loaded =
    request.cluster === undefined
      ? await loadFiles(request, ports)
      : await loadFromCluster(request.cluster, request.nameSkipped === true, ports, library, selection.controls, parameters);
  if ("unknown" in loaded) return loaded;
  ports.onProgress?.(`judging ${loaded.resources.length} objects by ${selection.controls.length} controls`);
  const given = request.parameters === undefined ? null : givenParameters(request.parameters, defaults, selection.controls);
  const inputs: Inputs = {
    ...loaded.inputs,
    ...(request.chosen === undefined ? {} : { selection: selectionOf(request.chosen) }),
    ...(given === null ? {} : { parameters: given }),
  };
  const compiled =
    custom === undefined
      ? ports.library
      : await evaluateCustomRules(ports.library, library, custom, selection.controls, loaded.resources, parameters);
  const all = evaluate(compiled, selection.controls, loaded.resources, parameters, loaded);
  const outcome = onlyAskedFor(all, loaded.context, loaded.resources.length);
  ports.onProgress?.(`placing ${outcome.findings.length} findings`);
  await prepareOrigins(outcome.findings, outcome.resources);
  const findings = locateAndFix(outcome.findings, outcome.resources);
  const resources = withSteadyNames(outcome.findings, outcome.resources);

  // The places of problems of evaluation shift behind those of loading.
  const before = [...(ports.problems ?? []), ...loaded.problems];
  const offset = before.length;
  const judged = outcome.controls.map((one) => ({
    ...one,
    errors: one.errors.map((place) => place + offset),
    evaluations: one.evaluations.map((evaluation) =>
      evaluation.undecided === undefined
        ? evaluation
        : { ...evaluation, undecided: evaluation.undecided.map(({ resource, problem }) => ({ resource, problem: problem + offset })) },
    ),
  }));
  const excluded = selection.excluded.map((control) => ({ control, evaluations: [], errors: [], skips: [EXCLUDED] }));
  const evaluation: Evaluation = {
    inputs,
    resources,
    ...(loaded.context.size === 0 ? {} : { leftOut: loaded.context }),
    frameworks: selection.frameworks,
    allFrameworks: library.frameworks satisfies readonly Framework[],
    allControls: library.controls,
    attackTracks: library.attackTracks,
    controls: [...judged, ...excluded].toSorted((a, b) => (a.control.id < b.control.id ? -1 : 1)),
    findings,
    problems: [...before, ...outcome.problems],
    library: library.digest,
  };
  return {
    evaluation,
    selected: selection.controls.length,
    unreadablePaths: loaded.unreadablePaths,
    exceptionFiles: loaded.exceptionFiles ?? [],
  };
}
