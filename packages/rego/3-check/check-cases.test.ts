import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { compile } from "../6-link/compile.ts";
import { currentCapabilities, type Capabilities } from "../builtins/capabilities.ts";

/** A case of cases/*.yaml: what compiling some modules reports. */
interface Case {
  readonly note: string;
  readonly modules: readonly string[];
  readonly version?: "v0" | "v1";
  readonly strict?: boolean;
  /** What the capabilities lack of those that are there, or list beyond them. */
  readonly without?: {
    readonly builtins?: readonly string[];
    readonly features?: readonly string[];
    readonly future_keywords?: readonly string[];
  };
  readonly listed?: Capabilities["builtins"];
  /** `file line code message`, in order; empty where the modules are accepted. */
  readonly errors: readonly string[];
}

const folder = path.join(import.meta.dirname, "cases");

for (const file of readdirSync(folder).toSorted()) {
  describe(`cases in ${file}`, () => {
    test.each(load(readFileSync(path.join(folder, file), "utf8")) as readonly Case[])("$note", (one) => {
      expect(reported(one)).toEqual(one.errors);
    });
  });
}

function reported(one: Case): readonly string[] {
  const { program, diagnostics } = compile({
    modules: one.modules.map((source, i) => ({ file: `${i}`, source, version: one.version ?? "v1" })),
    strict: one.strict ?? false,
    ...(one.without === undefined && one.listed === undefined ? {} : { capabilities: capabilitiesOf(one) }),
  });
  expect(program === null).toBe(diagnostics.length > 0);
  return diagnostics.map(({ file: at, line, code, message }) => `${at} ${line} ${code} ${message}`);
}

function capabilitiesOf({ without = {}, listed = [] }: Case): Capabilities {
  const { builtins = [], features = [], future_keywords: keywords = [] } = currentCapabilities();
  return {
    builtins: [...builtins.filter(({ name }) => without.builtins?.includes(name) !== true), ...listed],
    features: features.filter((name) => without.features?.includes(name) !== true),
    future_keywords: keywords.filter((name) => without.future_keywords?.includes(name) !== true),
  };
}
