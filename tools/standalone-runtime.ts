// The runtime of standalone Rego modules as one text: `npm run build` keeps it beside the program; a checkout that was not built makes it when it is asked for.
import { builtinModules } from "node:module";
import path from "node:path";
import { rolldown, type Plugin } from "rolldown";
import { thirdPartyNotices } from "./third-party-notices.ts";

const LATE = "\0late:";

/**
 * Node's own modules are asked of the process, not imported: the text has no imports, and where there is no Node it still loads, and only the builtins that need one of
 * them fail.
 */
const nodeModules: Plugin = {
  name: "node-modules-of-the-process",
  resolveId: (id) => (id.startsWith("node:") || builtinModules.includes(id) ? `${LATE}${id}` : null),
  async load(id) {
    if (!id.startsWith(LATE)) return null;
    const name = id.slice(LATE.length);
    const names = Object.keys((await import(name)) as object).filter((each) => each !== "default");
    const lines = names.map((each) => `export const ${each} = /* @__PURE__ */ read("${each}");`);
    const code = `const module = globalThis.process?.getBuiltinModule?.("${name}") ?? {};\nconst read = (name) => module[name];\n${lines.join("\n")}\nexport default module;\n`;
    return { code, moduleSideEffects: false };
  },
};

const DEFAULTS = `const holdfastDefaults = { now: () => BigInt(Date.now()) * 1000000n, seed: () => String(Math.random()) };`;

/** Bundles the runtime: a script that sets `holdfastRego` and `holdfastDefaults`, below the notices of the packages in it. Throws where that is not possible without imports. */
export async function standaloneRuntime(): Promise<string> {
  const build = await rolldown({
    input: path.join(import.meta.dirname, "../packages/rego/standalone/runtime.ts"),
    platform: "neutral",
    resolve: { mainFields: ["module", "main"], conditionNames: ["import", "node"] },
    transform: { target: "node24" },
    plugins: [nodeModules],
    onwarn(warning) {
      throw new Error(`the standalone runtime is not sound: ${warning.message}`);
    },
  });
  const { output } = await build.generate({ format: "iife", name: "holdfastRego", codeSplitting: false, minify: true });
  await build.close();
  const [chunk] = output;
  if (chunk.imports.length > 0) throw new Error(`the standalone runtime imports ${chunk.imports.join(", ")}`);
  const notices = (await thirdPartyNotices(chunk.moduleIds)).replaceAll("*/", "* /");
  return `/*\n${notices.trimEnd()}\n*/\n${chunk.code.trimEnd()}\n${DEFAULTS}\n`;
}
