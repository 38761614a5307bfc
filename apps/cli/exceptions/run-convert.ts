import type { ExitCode } from "@holdfast/judge";
import type { CommandContext } from "../commands/define.ts";
import { knownPolicies, loadPolicies } from "../load-policies.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { formedExceptions, jsonText, yamlText, type WrittenForm } from "./exceptions-text.ts";
import { loadExceptionFiles } from "./read-exception-files.ts";
import { writeText } from "./write-text.ts";

/** What to convert, to what. */
export interface ConvertRequest {
  readonly paths: readonly string[];
  readonly to: WrittenForm;
  readonly output: string | undefined;
}

/** `holdfast exceptions convert`: writes exceptions in a form. Throws `UsageError` for faulty ones, and where something would be lost. */
export async function runConvert(
  configuration: ScanConfiguration,
  { paths, to, output }: ConvertRequest,
  context: CommandContext,
): Promise<ExitCode> {
  const { environment, stdout, stderr } = context;
  const known = knownPolicies(await loadPolicies(configuration, environment));
  const { exceptions } = loadExceptionFiles(paths, known, environment.workingFolder);
  const values = formedExceptions(
    exceptions.map(({ exception }) => exception),
    to,
  );
  const text = to === "crd" ? yamlText(values) : jsonText(values);
  if (output !== undefined) return writeText(output, text, environment.workingFolder, stderr);
  stdout.write(text);
  return 0;
}
