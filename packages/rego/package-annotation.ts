import { parseModule, type ParseOptions } from "./1-parse/parse-module.ts";

/** What the `# METADATA` of a module's package says, as its YAML; undefined where the module has none or does not parse. */
export function packageAnnotation(source: string, options: ParseOptions): unknown {
  const { module } = parseModule(source, options);
  return module?.annotations.find(({ scope }) => scope === "package")?.content;
}
