import { judge, type ExitCode } from "@holdfast/judge";
import { scanPosture } from "@holdfast/posture";
import type { CommandContext } from "./commands/define.ts";
import { deliverResult } from "./deliver-result.ts";
import { loadPolicies } from "./load-policies.ts";
import { nodeFileSystem } from "./node-file-system.ts";
import { openSources } from "./git/open-sources.ts";
import { outputTargets, suggestion } from "./output-targets.ts";
import { Progress } from "./progress.ts";
import { renderingPorts } from "./rendering/rendering-ports.ts";
import type { ScanConfiguration } from "./scan-configuration.ts";
import { YoungSpace, compileForShortRun } from "./short-run.ts";
import { UsageError } from "./usage-error.ts";

/** Scans, judges, and writes every output. Returns the exit code; throws `UsageError` before anything is scanned. */
export async function runScan(configuration: ScanConfiguration, context: CommandContext): Promise<ExitCode> {
  const { environment, stderr } = context;
  if (configuration.paths.length === 0) {
    throw new UsageError("say what to scan: holdfast scan PATH …, with - for standard input. Scanning a live cluster is not possible yet.");
  }
  // An empty word is a variable that was not set, and would mean the working folder.
  if (configuration.paths.includes("")) throw new UsageError("a path is empty: name a file or folder, or . for this one");
  const targets = outputTargets(configuration.formats, configuration.output);
  compileForShortRun();
  const policies = await loadPolicies(configuration, environment);
  const youngSpace = new YoungSpace();
  const progress = new Progress(stderr, environment.progress && !configuration.quiet);

  const sources = await openSources(configuration, environment, (text) => progress.show(text));
  const rendering = renderingPorts(configuration.rendering, configuration.allowNetwork, environment);
  const outcome = await scanPosture(
    { paths: sources.paths, controls: policies.controls, ...policies.settings, nameSkipped: configuration.showInputs },
    {
      ...policies.ports,
      files: sources.over(nodeFileSystem(() => context.stdin)),
      rendering: rendering.ports,
      workingFolder: environment.workingFolder,
      onProgress: (text) => {
        youngSpace.bound();
        progress.show(text);
      },
    },
  ).finally(() => {
    rendering.close();
    sources.close();
  });
  progress.clear();
  if ("unknown" in outcome) {
    const lines = outcome.unknown.map(({ what, name, nearest }) => `unknown ${what} "${name}"${suggestion(nearest)}`);
    throw new UsageError(`${lines.join("\nholdfast: ")}\n\`holdfast list controls\` and \`holdfast list frameworks\` list them all.`);
  }
  if (outcome.selected === 0) throw new UsageError("no control is left to judge: --exclude-control leaves out all that were selected");
  if (outcome.unreadablePaths.length > 0) {
    const causes = outcome.evaluation.problems
      .filter(({ subject }) => outcome.unreadablePaths.includes(subject))
      .map(({ subject, cause, code }) => `${subject}: ${cause} (${code})`);
    throw new UsageError(`${causes.join("\nholdfast: ")}\nNothing was scanned. Correct the path, or leave it out.`);
  }

  const result = judge(sources.asWritten(outcome.evaluation), {
    version: context.version,
    ...(environment.time === undefined ? {} : { time: environment.time }),
    gates: configuration.gates,
  });
  return deliverResult(result, targets, configuration, context);
}
