import type { Plugin } from "rolldown";

const LATE = "\0late:child_process";

/** An `import` of one of Node's own modules, as the bundler writes it. */
const IMPORT =
  /^import (?:(?<all>[\w$]+)|\* as (?<space>[\w$]+))?(?:, )?(?:\{ (?<names>[^}]+) \})? ?from "(?<module>node:[a-z0-9_/]+)";$/gmu;

/** The same as statements that ask for the module and take from it only what is named. */
function asked(all: string | undefined, names: string | undefined, module: string): string {
  const found = module === "node:process" ? "globalThis.process" : `globalThis.process.getBuiltinModule(${JSON.stringify(module)})`;
  const whole = all === undefined ? "" : `const ${all} = ${found};`;
  const parts = names === undefined ? "" : `const { ${names.replaceAll(" as ", ": ")} } = ${all ?? found};`;
  return `${whole}${parts}`;
}

/**
 * Reaches Node's own modules by `process.getBuiltinModule`: an `import` of one makes all that it exports, also what it would make only when somebody asks for it, such as streams
 * of files. Of a start that takes 60 ms that is a tenth. `node:child_process`, which commander imports for a feature that we don't use, is loaded when it is first called.
 */
export const platformModules: Plugin = {
  name: "platform-modules",
  resolveId: (id, importer) => (id === "node:child_process" && importer?.includes("node_modules") === true ? LATE : null),
  load: (id) =>
    id === LATE ? `export default { spawn: (...args) => process.getBuiltinModule("node:child_process").spawn(...args) };` : null,
  renderChunk(code) {
    return code.replace(IMPORT, (_line, ...matches) => {
      const { all, space, names, module = "" } = matches.at(-1) as Readonly<Record<string, string | undefined>>;
      return asked(all ?? space, names, module);
    });
  },
};
