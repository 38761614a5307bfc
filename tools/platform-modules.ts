import type { Plugin } from "rolldown";

const LATE = "\0late:child_process";

/** One of Node's own modules whose default export is used, as the bundler writes it in CommonJS: it is copied, field by field. */
const COPY = /^let (?<name>[\w$]+) = require\("(?<module>node:[a-z0-9_/]+)"\);\n\k<name> = (?:[\w$]+\.)?__toESM\(\k<name>(?:, 1)?\);$/gmu;

/**
 * Reaches Node's own modules without a copy of each in each file. `node:child_process`, which commander imports for a feature that we don't use, is loaded when it is first
 * called.
 */
export const platformModules: Plugin = {
  name: "platform-modules",
  resolveId: (id, importer) => (id === "node:child_process" && importer?.includes("node_modules") === true ? LATE : null),
  load: (id) =>
    id === LATE ? `export default { spawn: (...args) => process.getBuiltinModule("node:child_process").spawn(...args) };` : null,
  renderChunk(code) {
    return code.replace(COPY, (_lines, ...matches) => {
      const { name = "", module = "" } = matches.at(-1) as Readonly<Record<string, string | undefined>>;
      return `let ${name} = require("${module}");\n${name} = { __proto__: ${name}, default: ${name} };`;
    });
  },
};
