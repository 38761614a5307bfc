import { readFileSync } from "node:fs";
import path from "node:path";
import type { Plugin } from "rolldown";
import { root } from "./run-tool.ts";

/** An import of values from a package of ours, and a line of such a package's index, as the formatter writes them. */
const IMPORT = /^import \{(?<names>[^}]*)\} from "@holdfast\/(?<package>[a-z]+)";$/gmu;
const EXPORT = /^export \{(?<names>[^}]*)\} from "(?<module>\.\/[^"]+)";$/gmu;

/** The names in braces but for types; of `a as b` both. */
function valueNames(text: string): readonly { readonly name: string; readonly alias: string }[] {
  return text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "" && !each.startsWith("type "))
    .map((each) => {
      const [name = "", alias = name] = each.split(/\s+as\s+/u);
      return { name, alias };
    });
}

/** The file and the name there of each value that a package exports. */
function exportsOf(folder: string): ReadonlyMap<string, { readonly file: string; readonly name: string }> {
  const index = readFileSync(path.join(folder, "index.ts"), "utf8");
  const lines = Array.from(index.matchAll(EXPORT), ({ groups = {} }) => groups);
  return new Map(
    lines.flatMap(({ names = "", module = "" }) =>
      valueNames(names).map(({ name, alias }) => [alias, { file: path.join(folder, module), name }] as const),
    ),
  );
}

/** The code with imports of the files that define what it names, in place of imports of their packages. */
export function withDirectImports(
  code: string,
  exported: (name: string) => ReadonlyMap<string, { readonly file: string; readonly name: string }>,
): string {
  return code.replace(IMPORT, (line, ...matches) => {
    const { names = "", package: from = "" } = matches.at(-1) as Readonly<Record<string, string | undefined>>;
    const found = exported(from);
    const imports = valueNames(names).map(({ name, alias }) => {
      const place = found.get(name);
      return place === undefined ? null : `import { ${place.name} as ${alias} } from ${JSON.stringify(place.file)};`;
    });
    return imports.includes(null) ? line : imports.join(" ");
  });
}

/**
 * Leads imports of our packages past their index to the files that define what is named. The bundler takes whatever an index exports for needed by everyone who names it, and a
 * scan would load the compiler of Rego because another command needs it.
 */
export function directImports(): Plugin {
  const known = new Map<string, ReturnType<typeof exportsOf>>();
  const exported = (name: string): ReturnType<typeof exportsOf> => {
    const found = known.get(name) ?? exportsOf(path.join(root, "packages", name));
    known.set(name, found);
    return found;
  };
  return {
    name: "direct-imports",
    transform: {
      filter: { id: /\.ts$/u },
      handler: (code) => (code.includes('"@holdfast/') ? { code: withDirectImports(code, exported) } : null),
    },
  };
}
