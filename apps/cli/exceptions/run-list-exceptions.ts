import type { ExitCode } from "@holdfast/judge";
import { scopeText } from "@holdfast/judge/exceptions";
import { printable } from "@holdfast/report";
import type { CommandContext } from "../commands/define.ts";
import { knownPolicies, loadPolicies } from "../load-policies.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { expiryTime } from "./accept.ts";
import { loadExceptionFiles } from "./read-exception-files.ts";

/** `holdfast exceptions list`: what the exceptions of some paths say. Throws `UsageError` with all that is wrong with them. */
export async function runListExceptions(
  configuration: ScanConfiguration,
  paths: readonly string[],
  format: "pretty" | "json",
  { environment, stdout }: CommandContext,
): Promise<ExitCode> {
  const known = knownPolicies(await loadPolicies(configuration, environment));
  const { exceptions } = loadExceptionFiles(paths, known, environment.workingFolder);
  const now = expiryTime(environment);
  const listed = exceptions.map(({ exception }) => {
    const { name, form, file, line, reason, author, expires } = exception;
    return {
      id: name,
      form,
      file,
      line,
      scope: scopeText(exception),
      reason,
      author,
      expires,
      expired: expires !== null && Date.parse(expires) <= now,
    };
  });
  if (format === "json") {
    stdout.write(`${JSON.stringify(listed, null, 2)}\n`);
    return 0;
  }
  const lines = listed.flatMap(({ id, form, file, line, scope, reason, expires, expired }) => [
    `${id}  ${form}  ${file ?? ""}${line === null ? "" : `:${line}`}`,
    `  ${scope}${expires === null ? "" : `, ${expired ? "expired at" : "until"} ${expires}`}: ${reason}`,
  ]);
  stdout.write(`${[...lines, `${listed.length} ${listed.length === 1 ? "exception" : "exceptions"}`].map(printable).join("\n")}\n`);
  return 0;
}
