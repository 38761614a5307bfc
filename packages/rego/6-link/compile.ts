// From sources to a program: all stages in a row.
import type { Module } from "../1-parse/ast.ts";
import { reportDataConflicts } from "../2-resolve/data-conflicts.ts";
import { reportBeyondCapabilities } from "../2-resolve/language-features.ts";
import type { ModuleRules } from "../2-resolve/names.ts";
import type { ResolvedProgram } from "../2-resolve/resolved.ts";
import { resolveProgram } from "../2-resolve/resolve.ts";
import { checkTypes } from "../3-check/typing/check-types.ts";
import { SchemaAnnotations, schemaDocuments } from "../3-check/typing/schema-annotations.ts";
import type { JsonSchema } from "../3-check/typing/schema-type.ts";
import { anyDocuments, type DocumentTypes } from "../3-check/typing/known-types.ts";
import { checkProgram } from "../3-check/check.ts";
import { functionType, permittedBuiltins, type Capabilities } from "../builtins/capabilities.ts";
import { compiledCalls, declaredType } from "../builtins/declared-types.ts";
import type { Builtin } from "../builtins/define.ts";
import { builtinByName } from "../builtins/list.ts";
import { makeDiagnostic, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { timed, type Metrics } from "../observe/metrics.ts";
import type { RegoValue } from "../runtime/value.ts";
import { CompiledProgram } from "./compiled-program.ts";
import { parsedModules } from "./parsed-modules.ts";
import type { ModuleSource, Program } from "./program.ts";
import { nothingKnown, settledModulesWith } from "./settled-modules.ts";

export interface CompileOptions {
  readonly modules: readonly ModuleSource[];
  /** Builtins beside the usual ones; one of the same name takes the place of the usual one. */
  readonly builtins?: readonly Builtin[];
  /** Paths below `data`, such as `["armo_builtins", "deny"]`: `Program.rule` and `Program.code` then hold only what these need. Without any, everything. */
  readonly entrypoints?: readonly (readonly string[])[];
  /** Refuses what OPA's strict mode refuses: unused imports, assigned variables and arguments, repeated imports, deprecated builtins. */
  readonly strict?: boolean;
  /** What the modules may use, in the form of `opa capabilities`; without it, all there is. Builtins in `builtins` are there in any case. */
  readonly capabilities?: Capabilities;
  /** The JSON Schemas that `# METADATA` may name, as it names them: `schema.pod` or `schema["pod"]`. One called `schema` is that of every input. */
  readonly schemas?: ReadonlyMap<string, JsonSchema>;
  /** Data beside which the modules are loaded: no rule may stand where these have a value. Not looked at where it is left out. */
  readonly besideData?: RegoValue;
  /** Whether types are checked. Default: true. */
  readonly checkTypes?: boolean;
  /** Adds the times of the stages. */
  readonly metrics?: Metrics;
}

/** A compiled program, or null when there is an error among the diagnostics. */
export interface Compilation {
  readonly program: Program | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles modules to a program. Never throws for what a source says. */
export function compile(options: CompileOptions): Compilation {
  const { program, diagnostics } = compiled(options);
  return program === null ? { program, diagnostics: inOrder(diagnostics, options.modules) } : { program, diagnostics };
}

/** Diagnostics as their places follow each other. */
function inOrder(diagnostics: readonly Diagnostic[], modules: CompileOptions["modules"]): readonly Diagnostic[] {
  const position = new Map(modules.map(({ file }, i) => [file, i]));
  const fileOf = ({ file }: Diagnostic): number => position.get(file) ?? modules.length;
  return diagnostics.toSorted((a, b) => fileOf(a) - fileOf(b) || a.line - b.line);
}

function compiled(options: CompileOptions): Compilation {
  const diagnostics: Diagnostic[] = [];
  const { metrics } = options;
  const modules = timed(metrics, "parse", () =>
    options.modules.map((source) => parse(source, diagnostics)).filter((module) => module !== null),
  );
  if (hasErrors(diagnostics)) return { program: null, diagnostics };
  const { capabilities } = options;
  if (capabilities !== undefined) {
    for (const module of modules) reportBeyondCapabilities(module, capabilities, diagnostics);
    if (hasErrors(diagnostics)) return { program: null, diagnostics };
  }
  const builtins = builtinsFor(options);
  const rulesOf = rulesFor(options);
  const { known, resolved } = timed(metrics, "resolve", () => {
    const found = isOrdinary(options) ? settledModulesWith(options.builtins ?? []).find(modules, variantFor(rulesOf)) : nothingKnown;
    return { known: found, resolved: resolveProgram(modules, builtins, diagnostics, rulesOf, found.groups) };
  });
  if (hasErrors(diagnostics)) return { program: null, diagnostics };
  if (options.besideData !== undefined) reportDataConflicts(resolved.groups, options.besideData, diagnostics);
  if (hasErrors(diagnostics)) return { program: null, diagnostics };
  const ordered = timed(metrics, "check", () => checkProgram(resolved, diagnostics));
  if (hasErrors(diagnostics)) return { program: null, diagnostics };
  const documents = options.checkTypes === false ? null : documentTypes(options, resolved, diagnostics);
  const ordinaryTypes = documents === anyDocuments;
  const types = timed(metrics, "check", () =>
    documents === null ? null : checkTypes(resolved, ordered, documents, diagnostics, ordinaryTypes ? known.typeOf : undefined),
  );
  if (hasErrors(diagnostics)) return { program: null, diagnostics };
  if (diagnostics.length === 0 && types !== null && ordinaryTypes) known.keep(resolved, types);
  return {
    program: new CompiledProgram(resolved, builtins, options.entrypoints ?? [], types, capabilities?.allow_net ?? null),
    diagnostics,
  };
}

/** Whether modules mean what they mean in most programs, so that what is known of one can be used for the next. */
function isOrdinary({ strict = false, capabilities, schemas, checkTypes: checked = true }: CompileOptions): boolean {
  return !strict && capabilities === undefined && schemas === undefined && checked;
}

/** What a module is held to, beside what its source says. */
function variantFor(rulesOf: (module: Module) => ModuleRules): (module: Module) => string {
  return (module) => (rulesOf(module).refusesDeprecated ? "n" : "o");
}

function builtinsFor({ builtins: own = [], capabilities }: CompileOptions): ReadonlyMap<string, Builtin> {
  if (capabilities !== undefined) return permittedBuiltins(capabilities, builtinByName, own);
  if (own.length === 0) return builtinByName;
  const known = builtinsWith.get(own);
  // A list may have been changed since.
  if (known !== undefined && known.own.length === own.length && known.own.every((one, i) => one === own[i])) return known.all;
  const all = new Map([...builtinByName, ...own.map((one) => [one.name, one] as const)]);
  builtinsWith.set(own, { own: [...own], all });
  return all;
}

/** The usual builtins together with a list of others, for the next program that is given the same list. */
const builtinsWith: WeakMap<readonly Builtin[], { readonly own: readonly Builtin[]; readonly all: ReadonlyMap<string, Builtin> }> =
  new WeakMap();

/** What is known of builtins, as capabilities declare them, and of documents, as schemas describe them. */
function documentTypes({ capabilities, schemas }: CompileOptions, program: ResolvedProgram, diagnostics: Diagnostic[]): DocumentTypes {
  const annotations = new SchemaAnnotations(program, schemas ?? null, diagnostics);
  const documents = annotations.any ? { ...anyDocuments, ...schemaDocuments(annotations) } : anyDocuments;
  if (capabilities === undefined) return documents;
  const listed = new Map(capabilities.builtins?.map((one) => [one.name, functionType(one)] as const));
  return { ...documents, builtin: (builtin) => listed.get(builtin.name) ?? declaredType(builtin) };
}

/** A module whose version was stated, or that says itself that it is one of v1, is held to what v1 refuses. */
function rulesFor({ modules, strict = false, capabilities }: CompileOptions): (module: Module) => ModuleRules {
  const stated = new Set(modules.filter(({ version }) => version === "v1").map(({ file }) => file));
  const listed = new Set(capabilities?.builtins?.map(({ name }) => name));
  const missing = new Set(capabilities === undefined ? [] : [...compiledCalls.keys()].filter((name) => !listed.has(name)));
  return (module) => ({ strict, refusesDeprecated: strict || stated.has(module.file) || importsVersion(module), missing });
}

function importsVersion(module: Module): boolean {
  return module.imports.some(({ path }) => path.head.kind === "variable" && path.head.name === "rego");
}

function parse(source: ModuleSource, diagnostics: Diagnostic[]): Module | null {
  const version = source.version ?? "auto";
  const first = parsedModules.parse(source.source, { file: source.file, version: version === "v0" ? "v0" : "v1" });
  if (first.module !== null || version !== "auto") {
    diagnostics.push(...first.diagnostics);
    return first.module;
  }
  const second = parsedModules.parse(source.source, { file: source.file, version: "v0" });
  diagnostics.push(...(second.module === null ? furtherRead(first.diagnostics, second.diagnostics) : second.diagnostics));
  if (second.module !== null) {
    const message = "read as Rego v0: it is no Rego v1";
    diagnostics.push(makeDiagnostic("old-version", message, second.module, { start: 0, end: 0 }, { severity: "warning" }));
  }
  return second.module;
}

/** What to say of a text that neither version of Rego reads: it is meant for the one that reads more of it, and where both end at one place, for v1. */
function furtherRead(asV1: readonly Diagnostic[], asV0: readonly Diagnostic[]): readonly Diagnostic[] {
  const [v1, v0] = [asV1, asV0].map((diagnostics) => diagnostics.find(({ severity }) => severity === "error"));
  if (v1 === undefined || v0 === undefined) return asV1;
  return v0.line > v1.line || (v0.line === v1.line && v0.column > v1.column) ? asV0 : asV1;
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((one) => one.severity === "error");
}
