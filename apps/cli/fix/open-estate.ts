import path from "node:path";
import type { Finding, Result } from "@holdfast/core";
import { selectControls } from "@holdfast/posture";
import type { CommandContext } from "../commands/define.ts";
import { evaluateInputs } from "../evaluate-inputs.ts";
import { knownPolicies, loadPolicies } from "../load-policies.ts";
import { givenExceptions, judged } from "../run-scan.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { unknownNames } from "../unknown-names.ts";
import { UsageError } from "../usage-error.ts";
import type { ScanTexts } from "./plan-fixes.ts";
import { withTexts } from "./with-texts.ts";

/** What is to be fixed, ready to be scanned as often as it takes. */
export interface Estate {
  readonly scan: ScanTexts;
  /** Whether a finding is one of those that were asked for. */
  readonly isAskedFor: (result: Result, finding: Finding) => boolean;
  /** Ids of all controls that are judged. */
  readonly known: ReadonlySet<string>;
}

/** Reads policies and exceptions. Throws `UsageError` for what can't be used of them. */
export async function openEstate(configuration: ScanConfiguration, context: CommandContext): Promise<Estate> {
  const { environment } = context;
  const policies = await loadPolicies(configuration, environment);
  const known = knownPolicies(policies);
  const given = await givenExceptions(configuration, known, environment);
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
  return {
    known: new Set(known.controls.map(({ id }) => id)),
    scan: async (texts) => {
      const seen = new Map([...texts].map(([file, text]) => [path.resolve(environment.workingFolder, file), text] as const));
      const evaluated = await evaluateInputs(configuration, { ...policies, controls: everything }, context, (files) =>
        withTexts(files, seen),
      );
      return { result: await judged(evaluated, given, configuration, known, null, context), resources: evaluated.evaluation.resources };
    },
    isAskedFor: (_result, { control, status, acceptedIn = [] }) => {
      if (status !== "open" || !asked.has(control)) return false;
      const holding = ofFrameworks.filter(({ sections }) => sections.some(({ controls }) => controls.includes(control)));
      return holding.length === 0 || holding.some(({ id }) => acceptedIn.every(({ framework }) => framework !== id));
    },
  };
}
