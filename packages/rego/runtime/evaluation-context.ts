import type { BuiltinContext, BuiltinErrorCode } from "../builtins/define.ts";
import { BuiltinError } from "../builtins/define.ts";
import type { Network } from "../builtins/http/network.ts";
import { FieldIndexes } from "./field-indexes.ts";
import type { Observer } from "../observe/observer.ts";
import type { Meter } from "./meter.ts";
import { lookupName, lookupPath } from "./lookup.ts";
import { copyOwn, setOwn } from "./own.ts";
import { isPlainObject, type RegoValue } from "./value.ts";

/** What all contexts of one evaluation share. */
export interface EvaluationSettings {
  readonly now: bigint;
  readonly random: () => number;
  readonly memory: Map<string, RegoValue>;
  readonly runtime: RegoValue;
  readonly strictBuiltinErrors: boolean;
  readonly network: Network | undefined;
  readonly onlyHosts: readonly string[] | null;
  readonly print: ((line: string, place: { readonly file: string; readonly line: number } | null) => void) | null;
  /** Counts the steps of metered code. */
  readonly meter: Meter | null;
  /** Hears from instrumented code what it does. */
  readonly observer: Observer | null;
  /** The call of a builtin that was reached last, in evaluations that are strict about their errors. */
  reached: { readonly file: string; readonly line: number; readonly name: string } | null;
}

/** A function that stands for another, or the value it always gives. */
export type Mock =
  | { readonly value: RegoValue }
  | { readonly call: (context: EvaluationContext, ...args: RegoValue[]) => RegoValue | undefined };

/** One replacement of `with`. */
export type Replacement =
  | { readonly root: "input" | "data"; readonly path: readonly string[]; readonly value: RegoValue }
  | { readonly root: "function"; readonly name: string; readonly mock: Mock };

/** The documents that rules see, and what they gave so far. `with` makes a new one from another. */
export class EvaluationContext implements BuiltinContext {
  readonly input: RegoValue | undefined;
  readonly data: RegoValue | undefined;
  /** The values of rules, by their index; `absent` for undefined ones. */
  readonly memo: unknown[] = [];
  readonly mocks: ReadonlyMap<string, Mock> | null;
  /** Paths below `data` where base documents stand instead of rules. */
  readonly hidden: readonly (readonly string[])[] | null;
  readonly settings: EvaluationSettings;
  /**
   * A context of no evaluation. V8 forgets the shape of objects that are all gone when it collects garbage, and with it the code that it optimized for them: that is all emitted code, between
   * one evaluation and the next.
   */
  static readonly lasting: EvaluationContext = new EvaluationContext(
    {
      now: 0n,
      random: () => 0,
      memory: new Map(),
      runtime: {},
      strictBuiltinErrors: false,
      reached: null,
      network: undefined,
      onlyHosts: null,
      print: null,
      meter: null,
      observer: null,
    },
    undefined,
    undefined,
  );
  private withoutMocks: EvaluationContext | null = null;
  readonly indexes: FieldIndexes;

  constructor(
    settings: EvaluationSettings,
    input: RegoValue | undefined,
    data: RegoValue | undefined,
    mocks: ReadonlyMap<string, Mock> | null = null,
    hidden: readonly (readonly string[])[] | null = null,
    indexes: FieldIndexes = new FieldIndexes(),
  ) {
    this.settings = settings;
    this.input = input;
    this.data = data;
    this.mocks = mocks;
    this.hidden = hidden;
    this.indexes = indexes;
  }

  get now(): bigint {
    return this.settings.now;
  }

  get memory(): Map<string, RegoValue> {
    return this.settings.memory;
  }

  get runtime(): RegoValue {
    return this.settings.runtime;
  }

  get meter(): Meter | null {
    return this.settings.meter;
  }

  get observer(): Observer | null {
    return this.settings.observer;
  }

  spend(steps: number): void {
    this.settings.meter?.spend(steps);
  }

  get network(): Network | undefined {
    return this.settings.network;
  }

  get onlyHosts(): readonly string[] | null {
    return this.settings.onlyHosts;
  }

  random(): number {
    return this.settings.random();
  }

  print(line: string, file?: string, lineNumber?: number): void {
    if (file === undefined) this.settings.observer?.note(line);
    this.settings.print?.(line, file === undefined || lineNumber === undefined ? null : { file, line: lineNumber });
  }

  fail(code: BuiltinErrorCode, message: string): undefined {
    const { strictBuiltinErrors, reached } = this.settings;
    if (!strictBuiltinErrors) return undefined;
    const prefix = reached === null || message.startsWith(`${reached.name}: `) ? "" : `${reached.name}: `;
    throw new BuiltinError(code, prefix + message, reached);
  }

  /** Remembers where the call of a builtin stands that comes next, and its name. */
  reach(file: string, line: number, name: string): void {
    this.settings.reached = { file, line, name };
  }

  /** A context in which things are replaced. */
  replace(replacements: readonly Replacement[]): EvaluationContext {
    let { input, data, mocks } = this;
    let hidden = this.hidden;
    for (const one of replacements) {
      if (one.root === "function") mocks = new Map(mocks ?? []).set(one.name, one.mock);
      else if (one.root === "input") input = replaceAt(input, one.path, 0, one.value);
      else {
        data = replaceAt(data, one.path, 0, one.value);
        hidden = [...(hidden ?? []), one.path];
      }
    }
    return new EvaluationContext(this.settings, input, data, mocks, hidden, this.indexes);
  }

  /** Whether a base document stands at or above a path, in place of rules. */
  hides(path: readonly string[]): boolean {
    return (
      this.hidden !== null && this.hidden.some((hidden) => hidden.length <= path.length && hidden.every((name, i) => name === path[i]))
    );
  }

  /** A base document. */
  base(path: readonly string[]): RegoValue | undefined {
    return lookupPath(this.data, path);
  }

  /** Calls what stands for a function. Inside of it nothing stands for anything. */
  callMock(name: string, args: readonly RegoValue[]): RegoValue | undefined {
    const mock = this.mocks?.get(name);
    if (mock === undefined) return undefined;
    if ("value" in mock) return mock.value;
    this.withoutMocks ??= new EvaluationContext(this.settings, this.input, this.data, null, this.hidden, this.indexes);
    return mock.call(this.withoutMocks, ...args);
  }
}

/** A document with another value at a path; what lies beside the path is shared. */
function replaceAt(document: RegoValue | undefined, path: readonly string[], from: number, value: RegoValue): RegoValue {
  const name = path[from];
  if (name === undefined) return value;
  const copy = document !== undefined && isPlainObject(document) ? copyOwn(document) : {};
  setOwn(copy, name, replaceAt(document === undefined ? undefined : lookupName(document, name), path, from + 1, value));
  return copy;
}
