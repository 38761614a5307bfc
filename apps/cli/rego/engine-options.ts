import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { readDocument, type Capabilities, type JsonSchema, type SourceRequest } from "@holdfast/rego";
import type { RequestOptions } from "@holdfast/rego/sandbox";
import { UsageError } from "../usage-error.ts";

/** What modules are compiled with. */
export interface CompileOptions {
  /** Refuses what OPA's strict mode refuses. */
  readonly strict: boolean;
  /** A file with a JSON Schema, or a folder of them. */
  readonly schema: string | undefined;
  /** A file in the form of `opa capabilities`. */
  readonly capabilities: string | undefined;
}

/** What evaluations may use. Undefined is no limit; one of time or memory needs a process of its own. */
export interface LimitOptions {
  readonly timeoutMs: number | undefined;
  readonly memoryMebibytes: number | undefined;
  readonly maxSteps: number | undefined;
  /** Bytes of the result as JSON. */
  readonly maxOutput: number | undefined;
  readonly sandbox: boolean;
}

const MEBIBYTE = 1_048_576;

function readJson(file: string, workingFolder: string, what: string): unknown {
  let content: string;
  try {
    content = readFileSync(path.resolve(workingFolder, file), "utf8");
  } catch (error) {
    throw new UsageError(`${file}: the ${what} can't be read\nName a file that exists and can be read.`, { cause: error });
  }
  const { value, fault } = readDocument(file, content);
  if (fault !== null) throw new UsageError(`${file}: the ${what} can't be read: ${fault}\nName a file of JSON.`);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UsageError(`${file}: the ${what} is no object\nName a file of JSON that holds an object.`);
  return value;
}

function schemaName(file: string): string {
  const names = file.replace(/\.[^.]*$/u, "").split(/[\\/]/u);
  return `schema${names.map((name) => (/^[A-Za-z_]\w*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`)).join("")}`;
}

/** The schemas by the names that METADATA gives them: a file is `schema`; those of a folder are called by their paths in it. */
function readSchemas(named: string, workingFolder: string): Readonly<Record<string, JsonSchema>> {
  const whole = path.resolve(workingFolder, named);
  const info = statSync(whole, { throwIfNoEntry: false });
  if (info?.isDirectory() !== true) return { schema: readJson(named, workingFolder, "schema") as JsonSchema };
  const files = readdirSync(whole, { recursive: true, encoding: "utf8" }).filter((file) => /\.(?:json|ya?ml)$/u.test(file));
  if (files.length === 0) throw new UsageError(`${named}: there is no schema in it\nName a folder with .json files, or a file.`);
  const schemas = files.toSorted().map((file) => [schemaName(file), readJson(path.join(named, file), workingFolder, "schema")] as const);
  return Object.fromEntries(schemas) as Readonly<Record<string, JsonSchema>>;
}

function readCapabilities(file: string, workingFolder: string): Capabilities {
  const capabilities = readJson(file, workingFolder, "capabilities file") as Capabilities;
  const { builtins = [], allow_net: hosts = [] } = capabilities;
  const sound =
    Array.isArray(builtins) &&
    Array.isArray(hosts) &&
    builtins.every((one) => typeof one.name === "string" && typeof one.decl === "object");
  if (!sound)
    throw new UsageError(`${file}: these are no capabilities\nName a file that \`opa capabilities --current\` wrote, or one of that form.`);
  return capabilities;
}

/** Reads what modules are compiled with. Throws `UsageError` for files that can't be read. */
export function compileSettings(
  { strict, schema, capabilities }: CompileOptions,
  workingFolder: string,
): Pick<SourceRequest, "strict" | "schemas" | "capabilities"> {
  return {
    strict,
    ...(schema === undefined ? {} : { schemas: readSchemas(schema, workingFolder) }),
    ...(capabilities === undefined ? {} : { capabilities: readCapabilities(capabilities, workingFolder) }),
  };
}

/** Whether evaluations have to run in a process of their own. */
export function isSandboxed({ timeoutMs, memoryMebibytes, sandbox }: LimitOptions): boolean {
  return sandbox || timeoutMs !== undefined || memoryMebibytes !== undefined;
}

/** The limits that the engine itself holds. */
export function engineLimits({ maxSteps, maxOutput }: LimitOptions): Pick<SourceRequest, "limits"> {
  if (maxSteps === undefined && maxOutput === undefined) return {};
  const steps = maxSteps === undefined ? {} : { steps: maxSteps };
  return { limits: { ...steps, ...(maxOutput === undefined ? {} : { outputBytes: maxOutput }) } };
}

/** The limits that are held from outside, where evaluations have a process of their own. */
export function processLimits({ timeoutMs, memoryMebibytes, maxOutput }: LimitOptions): Required<Pick<RequestOptions, "limits">> {
  return {
    limits: {
      ...(timeoutMs === undefined ? {} : { wallMs: timeoutMs }),
      ...(memoryMebibytes === undefined ? {} : { memoryBytes: Math.floor(memoryMebibytes * MEBIBYTE) }),
      // What comes beside a result, such as coverage, has room as well.
      ...(maxOutput === undefined ? {} : { outputBytes: maxOutput * 2 + 16 * MEBIBYTE }),
    },
  };
}
