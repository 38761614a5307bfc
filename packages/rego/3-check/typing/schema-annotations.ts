// What `# METADATA` says of the types of documents: `schemas` assign JSON Schemas to paths below `input` and `data`.
// https://www.openpolicyagent.org/docs/policy-language#schemas
import type { Annotation, Module } from "../../1-parse/ast.ts";
import type { Definition, ResolvedProgram } from "../../2-resolve/resolved.ts";
import { packagePath } from "../../2-resolve/rule-tree.ts";
import { anyStatic, stringStatic, type StaticType } from "../../builtins/static-type.ts";
import type { Diagnostic, DiagnosticPlace } from "../../diagnostics/diagnostic.ts";
import { makeDiagnostic } from "../../diagnostics/diagnostic.ts";
import { fieldType } from "./combine-types.ts";
import type { DocumentTypes } from "./known-types.ts";
import { schemaType, SchemaProblem, type JsonSchema } from "./schema-type.ts";

/** A document whose type is known: its path, `input` or `data` first. */
export interface TypedPath {
  readonly path: readonly string[];
  readonly type: StaticType;
}

/** The types that annotations give to documents. An inner scope overrides an outer one, and a later entry an earlier one, path by path. */
export class SchemaAnnotations {
  private readonly modules: readonly Module[];
  /** By their names; null when there are none, and the names in annotations say nothing. */
  private readonly schemas: ReadonlyMap<string, JsonSchema> | null;
  private readonly diagnostics: Diagnostic[];
  private readonly ofAnnotation: Map<Annotation, readonly TypedPath[]> = new Map();
  private readonly ofDefinition: Map<Definition, readonly TypedPath[]> = new Map();
  private readonly everywhere: readonly TypedPath[];
  /** Whether there is anything to know at all: most programs have no schemas. */
  readonly any: boolean;

  constructor(program: ResolvedProgram, schemas: ReadonlyMap<string, JsonSchema> | null, diagnostics: Diagnostic[]) {
    this.modules = program.modules;
    this.schemas = schemas;
    this.diagnostics = diagnostics;
    const whole = schemas?.get("schema");
    const place = program.modules[0] ?? { file: "schema", source: "" };
    const type = whole === undefined ? null : this.read(whole, place, { start: 0, end: 0 });
    this.everywhere = type === null ? [] : [{ path: ["input"], type }];
    this.any = type !== null || program.modules.some((one) => one.annotations.some(({ content }) => content["schemas"] !== undefined));
  }

  /** The typed documents of a definition; those that hold everywhere for a query. */
  of(definition: Definition | null): readonly TypedPath[] {
    if (!this.any || definition === null) return this.everywhere;
    let paths = this.ofDefinition.get(definition);
    if (paths === undefined) {
      paths = [...this.everywhere, ...this.annotationsOf(definition).flatMap(({ annotation, module }) => this.typed(annotation, module))];
      this.ofDefinition.set(definition, paths);
    }
    return paths;
  }

  /** From the outermost to the innermost. */
  private annotationsOf(definition: Definition): readonly { readonly annotation: Annotation; readonly module: Module }[] {
    const own = packagePath(definition.module);
    const around = this.modules
      .map((module) => ({ module, path: packagePath(module) }))
      .filter(({ path }) => path.every((name, i) => name === own[i]))
      .toSorted((a, b) => a.path.length - b.path.length);
    const ofModules = (scope: Annotation["scope"], exact: boolean): { annotation: Annotation; module: Module }[] =>
      around
        .filter(({ path }) => !exact || path.length === own.length)
        .flatMap(({ module }) => module.annotations.filter((one) => one.scope === scope).map((annotation) => ({ annotation, module })));
    const { group } = definition;
    const all = group.fallback === null ? group.definitions : [...group.definitions, group.fallback];
    const document = all.flatMap(({ annotations, module }) =>
      annotations.filter(({ scope }) => scope === "document").map((annotation) => ({ annotation, module })),
    );
    const rule = definition.annotations
      .filter(({ scope }) => scope === "rule")
      .map((annotation) => ({ annotation, module: definition.module }));
    return [...ofModules("subpackages", false), ...ofModules("package", true), ...document, ...rule];
  }

  private typed(annotation: Annotation, module: Module): readonly TypedPath[] {
    let paths = this.ofAnnotation.get(annotation);
    if (paths === undefined) {
      paths = this.entries(annotation, module);
      this.ofAnnotation.set(annotation, paths);
    }
    return paths;
  }

  private entries({ content, span }: Annotation, module: Module): readonly TypedPath[] {
    const { schemas } = content;
    if (!Array.isArray(schemas)) return [];
    const report = (message: string): void => {
      this.diagnostics.push(makeDiagnostic("schema-unusable", message, module, span));
    };
    const found: TypedPath[] = [];
    for (const entry of schemas) {
      for (const [name, given] of Object.entries((entry ?? {}) as Readonly<Record<string, unknown>>)) {
        const path = name.split(".");
        if (path[0] !== "input" && path[0] !== "data") report(`invalid document reference: ${name} is not below input or data`);
        else if (typeof given !== "string" && (typeof given !== "object" || given === null || Array.isArray(given)))
          report(`invalid schema declaration for path ${JSON.stringify(name)}`);
        else if (typeof given !== "string") found.push(...this.at(path, given as JsonSchema, module, span));
        else if (this.schemas !== null) {
          const schema = this.schemas.get(given) ?? this.schemas.get(otherSpelling(given));
          if (schema === undefined) report(`undefined schema: ${given}`);
          else found.push(...this.at(path, schema, module, span));
        }
      }
    }
    return found;
  }

  private at(path: readonly string[], schema: JsonSchema, module: Module, span: Annotation["span"]): readonly TypedPath[] {
    const type = this.read(schema, module, span);
    return type === null ? [] : [{ path, type }];
  }

  private read(schema: JsonSchema, module: DiagnosticPlace, span: Annotation["span"]): StaticType | null {
    try {
      return schemaType(schema);
    } catch (error) {
      if (!(error instanceof SchemaProblem)) throw error;
      this.diagnostics.push(makeDiagnostic("schema-unusable", `unable to compile the schema: ${error.message}`, module, span));
      return null;
    }
  }
}

/** `schema["a"]` for `schema.a`, and the other way round. */
function otherSpelling(name: string): string {
  const match = /^schema\["(?<key>[^"]*)"\]$/u.exec(name)?.groups?.["key"];
  return match === undefined ? `schema["${name.slice("schema.".length)}"]` : `schema.${match}`;
}

/** A document's type with that of a part of it replaced. */
function withPart(type: StaticType, path: readonly string[], part: StaticType): StaticType {
  const [name, ...rest] = path;
  if (name === undefined) return part;
  const open = { key: stringStatic, value: anyStatic };
  if (type.kind !== "object") return { kind: "object", fields: new Map([[name, withPart(anyStatic, rest, part)]]), rest: open };
  const inner = fieldType(type, name) ?? anyStatic;
  return { kind: "object", fields: new Map([...type.fields, [name, withPart(inner, rest, part)]]), rest: type.rest };
}

/** What the annotations say of `input` and of base documents, for each definition. */
export function schemaDocuments(annotations: SchemaAnnotations): Pick<DocumentTypes, "input" | "data"> {
  const inputs = new Map<readonly TypedPath[], StaticType>();
  return {
    input(definition) {
      const paths = annotations.of(definition);
      let type = inputs.get(paths);
      if (type === undefined) {
        type = anyStatic;
        for (const one of paths) if (one.path[0] === "input") type = withPart(type, one.path.slice(1), one.type);
        inputs.set(paths, type);
      }
      return type;
    },
    data(definition, path) {
      const full = ["data", ...path];
      const found = annotations.of(definition).findLast((one) => one.path[0] === "data" && one.path.every((name, i) => name === full[i]));
      return found === undefined ? null : { type: found.type, taken: found.path.length - 1 };
    },
  };
}
