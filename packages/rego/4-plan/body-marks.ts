import type { Module, Span } from "../1-parse/ast.ts";
import type { Local, ResolvedLiteral, ResolvedTerm } from "../2-resolve/resolved.ts";
import { walkBody } from "../2-resolve/walk.ts";
import { positionAt } from "../diagnostics/line-table.ts";
import type { Site, SiteRead, SiteStep } from "../observe/site.ts";
import type { BlockBuilder } from "./block-builder.ts";
import type { FrameSlot, Operand } from "./plan.ts";

/** The site of a part of a module. */
export function siteOf(kind: Site["kind"], module: Module, span: Span, text?: string): Site {
  const { source, file } = module;
  // Some spans reach to the next token.
  const written = source.slice(span.start, span.end).trimEnd();
  const start = positionAt(source, span.start);
  const end = positionAt(source, span.start + written.length);
  return {
    kind,
    file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    text: text ?? written,
    names: [],
    reads: [],
  };
}

/** Adds to the plan of an instrumented rule or query what tells about its bodies and their expressions. */
export class BodyMarks {
  private readonly module: Module;
  private readonly builder: BlockBuilder;
  private readonly bindings: ReadonlyMap<Local, Operand>;
  private readonly sites: Site[];
  private frame: FrameSlot = { id: 0 };
  private site: Site | null = null;
  private position = 0;
  private frames = 1;

  constructor(module: Module, builder: BlockBuilder, bindings: ReadonlyMap<Local, Operand>, sites: Site[]) {
    this.module = module;
    this.builder = builder;
    this.bindings = bindings;
    this.sites = sites;
  }

  /** Begins the body of a rule or query, which has this head. */
  begin(site: Site): void {
    if (site.kind === "rule") this.sites.push(site);
    this.enter(site);
  }

  /** A body within an expression; `write` plans it. */
  inner(span: Span, write: () => void): void {
    const { frame, site, position } = this;
    this.enter(siteOf("body", this.module, span));
    write();
    this.frame = frame;
    this.site = site;
    this.position = position;
  }

  /** An expression, which `write` plans; what is planned next is reached where it holds. */
  expression(literal: ResolvedLiteral, write: () => void): void {
    const site = siteOf("expression", this.module, literal.span);
    this.sites.push(site);
    const { frame } = this;
    const position = this.position++;
    this.builder.push({ kind: "mark", event: "eval", frame, position, site, values: [] });
    write();
    const locals = new Map<Local, number>();
    const values: Operand[] = [];
    const names: string[] = [];
    const reads: SiteRead[] = [];
    const indexOf = (local: Local): number | null => {
      const value = this.bindings.get(local);
      if (value === undefined) return null;
      let index = locals.get(local);
      if (index === undefined) {
        index = values.length;
        locals.set(local, index);
        values.push(value);
        names.push(local.wildcard || local.name.startsWith("$") ? "_" : local.name);
      }
      return index;
    };
    const term = (one: ResolvedTerm): void => {
      if (one.kind === "local") indexOf(one.local);
      if (one.kind !== "reference" || one.root === "data") return;
      const root = one.root === "input" ? -1 : one.root.kind === "local" ? indexOf(one.root.local) : null;
      if (root !== null) reads.push({ root, steps: one.steps.map((step) => siteStep(step, indexOf)) });
    };
    walkBody({ literals: [literal], owned: new Set(), span: literal.span }, { term });
    site.names = names;
    site.reads = reads;
    this.builder.push({ kind: "mark", event: "holds", frame, position, site, values });
  }

  /** The body gives a value. */
  exit(value: Operand, keys: readonly Operand[]): void {
    const { frame, site } = this;
    if (site !== null) this.builder.push({ kind: "mark", event: "exit", frame, position: 0, site, values: [value, ...keys] });
  }

  private enter(site: Site): void {
    const parent = this.frame;
    this.frame = { id: this.frames++ };
    this.site = site;
    this.position = 0;
    this.builder.push({ kind: "frame", frame: this.frame, parent, site });
  }
}

function siteStep(step: ResolvedTerm, indexOf: (local: Local) => number | null): SiteStep {
  if (step.kind === "constant" && (typeof step.value === "string" || typeof step.value === "number")) return { constant: step.value };
  const variable = step.kind === "local" ? indexOf(step.local) : null;
  return variable === null ? null : { variable };
}
