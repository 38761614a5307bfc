import { aliasBudget, compose } from "../../yaml/compose.ts";
import { YamlFault } from "../../yaml/yaml-fault.ts";

/** What a Chart.yaml says (https://helm.sh/docs/topics/charts/#the-chartyaml-file). */
export interface ChartMetadata {
  readonly name: string;
  /** A library has nothing to render. */
  readonly library: boolean;
  readonly dependencies: readonly ChartDependency[];
}

export interface ChartDependency {
  readonly name: string;
  /** The name that the parent knows it by. */
  readonly alias: string;
  readonly repository: string;
}

/** Reads the text of a Chart.yaml, or says what is wrong with it. Dependencies of old charts stand in a requirements.yaml. */
export function readChartMetadata(text: string, requirements?: string): ChartMetadata | { readonly fault: string } {
  const value = parsed(text);
  if ("fault" in value) return { fault: `its Chart.yaml is not valid YAML: ${value.fault}` };
  const chart = fields(value.value);
  const name = chart["name"];
  if (typeof name !== "string" || name === "") return { fault: "its Chart.yaml names no chart" };
  const old = requirements === undefined ? undefined : parsed(requirements);
  const listed = chart["dependencies"] ?? (old !== undefined && "value" in old ? fields(old.value)["dependencies"] : undefined);
  return { name, library: chart["type"] === "library", dependencies: Array.isArray(listed) ? listed.flatMap(dependency) : [] };
}

function dependency(value: unknown): ChartDependency[] {
  const { name, alias, repository } = fields(value);
  if (typeof name !== "string") return [];
  return [{ name, alias: typeof alias === "string" ? alias : name, repository: typeof repository === "string" ? repository : "" }];
}

function parsed(text: string): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: compose(text, 0, text.length, aliasBudget())[0]?.value };
  } catch (error) {
    if (error instanceof YamlFault) return { fault: error.message };
    throw error;
  }
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
