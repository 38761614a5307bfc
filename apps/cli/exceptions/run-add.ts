import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Finding, ResourceIdentity } from "@holdfast/core";
import { judge, type ExitCode } from "@holdfast/judge";
import { acceptedWith, exceptionForFinding, type Exception, type KnownPolicies } from "@holdfast/judge/exceptions";
import { printable, readResult } from "@holdfast/report";
import { whyUnread } from "../file-reason.ts";
import type { CommandContext } from "../commands/define.ts";
import { knownPolicies, loadPolicies, type Policies } from "../load-policies.ts";
import { evaluateInputs } from "../evaluate-inputs.ts";
import { checkJudgingOptions, showOptionsWithoutEffect } from "../options-without-effect.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { UsageError } from "../usage-error.ts";
import { expiryTime } from "./accept.ts";
import { formedExceptions, jsonText, yamlText, type WrittenForm } from "./exceptions-text.ts";
import { exceptionFaultText, exceptionsOfText } from "./read-exception-files.ts";
import { writeText } from "./write-text.ts";

/** What to accept, and what is said of it. */
export interface AddRequest {
  readonly fingerprint: string;
  readonly reason: string;
  readonly result?: string;
  /** RFC 3339, or days from now on (`90d`). */
  readonly expires?: string;
  readonly author?: string;
  readonly name?: string;
  readonly to?: WrittenForm;
  readonly output?: string;
}

interface Findings {
  readonly findings: readonly Finding[];
  readonly resources: readonly ResourceIdentity[];
}

/** Options that are no options of a scan, and those that say what names there are. */
const OWN: ReadonlySet<string> = new Set(
  "reason result expires author name to output config no-config custom-rules framework-file controls-config".split(" "),
);
const DAY_MS = 86_400_000;
/** A fingerprint is known by so many characters: fewer are a guess. */
const SHORTEST = 8;

async function storedFindings(file: string, workingFolder: string): Promise<Findings> {
  let text: string;
  try {
    text = await readFile(path.resolve(workingFolder, file), "utf8");
  } catch (error) {
    throw new UsageError(`--result ${file}: ${whyUnread(error)}`, { cause: error });
  }
  const stored = readResult(text);
  if ("problem" in stored) throw new UsageError(`--result ${file}: ${stored.problem}`);
  return stored.result;
}

async function findingsOf(
  configuration: ScanConfiguration,
  policies: Policies,
  result: string | undefined,
  context: CommandContext,
): Promise<Findings> {
  const { paths } = configuration;
  if (paths.length > 0 === (result !== undefined))
    throw new UsageError("say where the finding is: paths to scan, or --result FILE with a stored result");
  if (result !== undefined) {
    const option = [...configuration.given].find((name) => !OWN.has(name));
    if (option !== undefined)
      throw new UsageError(`--${option} says how something is scanned, and --result ${result} is a stored result: leave one of them out`);
    return storedFindings(result, context.environment.workingFolder);
  }
  checkJudgingOptions(configuration);
  const { evaluation } = await evaluateInputs(configuration, policies, context);
  showOptionsWithoutEffect(configuration, evaluation, context);
  return judge(evaluation, { version: context.version, gates: {} });
}

/** The finding of a fingerprint, or of how one begins. Throws `UsageError` where there is none, or more than one. */
function findingOf({ findings }: Findings, fingerprint: string): Finding {
  const exact = findings.find((one) => one.fingerprint === fingerprint);
  if (exact !== undefined) return exact;
  const found = fingerprint.length < SHORTEST ? [] : findings.filter((one) => one.fingerprint.startsWith(fingerprint));
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const how = "`holdfast scan PATH --format json` has the fingerprint of each finding.";
  if (found.length > 1)
    throw new UsageError(`${found.length} findings have a fingerprint that begins with ${fingerprint}: name more of it\n${how}`);
  throw new UsageError(`there is no finding with the fingerprint ${JSON.stringify(fingerprint)}\n${how}`);
}

function formOf({ to, output }: AddRequest): WrittenForm {
  const ofFile = output?.toLowerCase().endsWith(".json") === true ? "policy" : "crd";
  if (to !== undefined && output !== undefined && to !== ofFile)
    throw new UsageError(`--to ${to} and --output ${output} don't go together: policies are in .json files, objects in others`);
  return to ?? ofFile;
}

function textOf(value: object, form: WrittenForm): string {
  return form === "crd" ? yamlText([value]) : jsonText([value]);
}

/** A file's text with one more exception at its end. */
function added(text: string, value: object, form: WrittenForm): string {
  if (text.trim() === "") return textOf(value, form);
  if (form === "crd") return `${text.trimEnd()}\n---\n${yamlText([value])}`;
  const end = text.lastIndexOf("]");
  const before = text.slice(0, Math.max(0, end)).trimEnd();
  const comma = before.endsWith("[") ? "" : ",";
  const indented = JSON.stringify(value, null, 2).replaceAll("\n", "\n  ");
  return `${before}${comma}\n  ${indented}\n]${text.slice(end + 1)}`;
}

/** A name that no other exception of a file has. */
function freeName(exception: Exception, taken: ReadonlySet<string>): Exception {
  let { name } = exception;
  for (let number = 2; taken.has(name); number++) name = `${exception.name}-${number}`;
  return { ...exception, name };
}

function existingText(file: string, workingFolder: string): string {
  const whole = path.resolve(workingFolder, file);
  return existsSync(whole) ? readFileSync(whole, "utf8") : "";
}

/** The text of a file or of standard output with the exception in it. Throws `UsageError` where the file is faulty already, or would be. */
function written(exception: Exception, request: AddRequest, known: KnownPolicies, workingFolder: string): string {
  const { output, name } = request;
  const form = formOf(request);
  const text = output === undefined ? "" : existingText(output, workingFolder);
  const before = exceptionsOfText(output ?? "", text, known);
  if (before.faults.length > 0)
    throw new UsageError(`${before.faults.map(exceptionFaultText).join("\nholdfast: ")}\nNothing was written. Correct the file first.`);
  const taken = new Set(before.exceptions.map((one) => one.exception.name));
  const [value] = formedExceptions([name === undefined ? freeName(exception, taken) : exception], form);
  const whole = added(text, value ?? {}, form);
  const after = exceptionsOfText(output ?? "the exception", whole, known);
  if (after.faults.length > 0) throw new UsageError(`${after.faults.map(exceptionFaultText).join("\nholdfast: ")}\nNothing was written.`);
  return whole;
}

/** `holdfast exceptions add`: writes an exception for the object and control of a finding. */
export async function runAdd(configuration: ScanConfiguration, request: AddRequest, context: CommandContext): Promise<ExitCode> {
  const { environment, stdout, stderr } = context;
  if (request.reason.trim() === "") throw new UsageError("--reason is empty: say why the finding is accepted");
  const policies = await loadPolicies(configuration, environment);
  const found = await findingsOf(configuration, policies, request.result, context);
  const finding = findingOf(found, request.fingerprint);
  const { expires } = request;
  const days = expires?.endsWith("d") === true ? Number(expires.slice(0, -1)) : null;
  const until =
    days === null
      ? expires
      : new Date(Math.floor((expiryTime(environment) + days * DAY_MS) / 1000) * 1000).toISOString().replace(".000Z", "Z");
  if (until !== undefined && Date.parse(until) <= expiryTime(environment))
    throw new UsageError(`--expires ${expires ?? until}: that is past, and an exception that has expired accepts nothing`);
  const exception = exceptionForFinding(finding, found.resources, {
    reason: request.reason,
    ...(request.name === undefined ? {} : { name: request.name }),
    ...(request.author === undefined ? {} : { author: request.author }),
    ...(until === undefined ? {} : { expires: until }),
  });
  if (exception === null) throw new UsageError("the finding is about an object without a name, which no exception can be narrowed to");
  const text = written(exception, request, knownPolicies(policies), environment.workingFolder);
  const { object, findings: same } = acceptedWith(finding, found.findings, found.resources);
  if (same.length > 1)
    stderr.write(
      `holdfast: it accepts ${same.length} findings: all of ${finding.control} on ${printable(`${object?.kind ?? ""} ${object?.name ?? ""}`)}\n`,
    );
  if (request.output !== undefined) return writeText(request.output, text, environment.workingFolder, stderr);
  stdout.write(text);
  return 0;
}
