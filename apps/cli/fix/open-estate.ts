import path from "node:path";
import type { Finding, Resource, Result } from "@holdfast/core";
import { selectControls, type FileSystem } from "@holdfast/posture";
import type { CommandContext } from "../commands/define.ts";
import { evaluateInputs } from "../evaluate-inputs.ts";
import { knownPolicies, loadPolicies } from "../load-policies.ts";
import { renderingPorts } from "../rendering/rendering-ports.ts";
import { givenExceptions, judged } from "../run-scan.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { unknownNames } from "../unknown-names.ts";
import { UsageError } from "../usage-error.ts";
import { Mirror } from "./mirror.ts";
import type { EstateScan, ScanTexts } from "./plan-fixes.ts";
import { withSteadyNames } from "./steady-names.ts";
import { withTexts } from "./with-texts.ts";

/** What is to be fixed, ready to be scanned as often as it takes. */
export interface Estate {
  readonly scan: ScanTexts;
  /** Whether a finding is one of those that were asked for. */
  readonly isAskedFor: (result: Result, finding: Finding) => boolean;
  /** Ids of all controls that are judged. */
  readonly known: ReadonlySet<string>;
  /** Removes what was written elsewhere. */
  readonly close: () => void;
}

/** Reads policies and exceptions. Throws `UsageError` for what can't be used of them. */
export async function openEstate(given: ScanConfiguration, context: CommandContext): Promise<Estate> {
  const { environment } = context;
  // Copies are scanned from other working folders.
  const configuration = {
    ...given,
    chartCache: given.chartCache === undefined ? undefined : path.resolve(environment.workingFolder, given.chartCache),
  };
  const policies = await loadPolicies(configuration, environment);
  const known = knownPolicies(policies);
  const exceptions = await givenExceptions(configuration, known, environment);
  const { library } = policies.ports.library;
  const selection = selectControls({ ...library, ...known }, policies.controls);
  if ("unknown" in selection) throw unknownNames(selection.unknown);
  const asked = new Set(selection.controls.map(({ id }) => id));
  // The user's own rules are judged whatever else is.
  const excluded = new Set(selection.excluded.map(({ id }) => id));
  for (const { id } of policies.ports.customRules?.controls ?? []) if (!excluded.has(id)) asked.add(id);
  if (asked.size === 0) throw new UsageError("no control is left to fix: --exclude-control leaves out all that were selected");
  // A fix must make nothing new come up, whichever controls it is for: all are judged.
  const frameworks = selection.frameworks.map(({ id }) => id);
  const everything = {
    frameworks,
    controls: frameworks.length === 0 ? [] : known.controls.map(({ id }) => id),
    excludeControls: [],
  };
  const ofFrameworks = policies.controls.controls.length === 0 ? selection.frameworks : [];
  let firstResources: readonly Resource[] | undefined;
  const scan = async (
    where: Partial<Pick<ScanConfiguration, "paths" | "chartCache">>,
    at: CommandContext,
    see: (files: FileSystem) => FileSystem,
  ): Promise<EstateScan> => {
    const asked = { ...configuration, ...where };
    const { evaluation, ...besides } = await evaluateInputs(asked, { ...policies, controls: everything }, at, see);
    firstResources ??= evaluation.resources;
    const resources = withSteadyNames(firstResources, evaluation.resources);
    return {
      result: await judged({ ...besides, evaluation: { ...evaluation, resources } }, exceptions, asked, known, null, at),
      resources,
    };
  };
  /** A scan in which files have other texts than on the disk; what tools render they read from there. */
  const seen: ScanTexts = async (texts) => {
    const byPath = new Map([...texts].map(([file, text]) => [path.resolve(environment.workingFolder, file), text] as const));
    return scan({}, context, (files) => withTexts(files, byPath));
  };
  const inMirror = async (texts: ReadonlyMap<string, string>, copy: Mirror): Promise<EstateScan> => {
    copy.write(texts);
    const { version, end, stdout, stderr } = context;
    const there = { ...environment, workingFolder: copy.workingFolder };
    // Standard input is opened by whoever reads it.
    const at: CommandContext = {
      environment: there,
      version,
      end,
      stdout,
      stderr,
      get stdin() {
        return context.stdin;
      },
    };
    const { paths, chartCache } = configuration;
    const where = {
      paths: paths.map((written) => copy.pathOf(written)),
      chartCache: chartCache === undefined ? undefined : copy.pathOf(chartCache),
    };
    return scan(where, at, (files) => files);
  };
  const { ports, close } = renderingPorts(configuration.rendering, false, environment);
  const { scratch } = ports;
  let first: Result | undefined;
  let mirror: Mirror | null = null;
  return {
    known: new Set(known.controls.map(({ id }) => id)),
    scan: async (texts) => {
      if (mirror === null && texts.size > 0 && first?.inputs.rendered !== undefined)
        mirror = new Mirror(await scratch.makeFolder("fix"), environment.workingFolder, first, configuration);
      const { result, resources } = mirror === null ? await seen(texts) : await inMirror(texts, mirror);
      first ??= result;
      return { result, resources };
    },
    close,
    isAskedFor: (_result, { control, status, acceptedIn = [] }) => {
      if (status !== "open" || !asked.has(control)) return false;
      const holding = ofFrameworks.filter(({ sections }) => sections.some(({ controls }) => controls.includes(control)));
      return holding.length === 0 || holding.some(({ id }) => acceptedIn.every(({ framework }) => framework !== id));
    },
  };
}
