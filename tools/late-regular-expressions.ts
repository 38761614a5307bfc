import { createRequire } from "node:module";
import type { Plugin } from "rolldown";

const LATE = "\0late:re2js";
const FILE = "re2js.cjs";

/** The library of linear-time regular expressions as it stands in a file of its own beside the program: where it comes from, and its name there. */
export const regularExpressions: { readonly source: string; readonly file: string } = {
  source: createRequire(import.meta.url).resolve("re2js"),
  file: FILE,
};

/**
 * Loads re2js when the first pattern needs it: most patterns of policies run in JavaScript's own engine, and reading the library is a twentieth of a small scan. The engine calls nothing of
 * it but `RE2JS.compile`.
 */
export const lateRegularExpressions: Plugin = {
  name: "late-regular-expressions",
  resolveId: (id) => (id === "re2js" ? LATE : null),
  load: (id) =>
    id === LATE
      ? `let loaded;
export const RE2JS = { compile: (source) => (loaded ??= process.getBuiltinModule("node:module").createRequire(import.meta.url)("./${FILE}").RE2JS).compile(source) };`
      : null,
};
