import Module from "node:module";
import path from "node:path";
import { Script } from "node:vm";
import { isOwnFolder, keptName, readKeptCode, stampOf, writeKeptCode, type KeptFile } from "./kept-code.ts";
import { withUsualFlags } from "./v8-flags.ts";

/** How long what is kept goes unchanged: what many runs need should be in it, though the first of them ended early. */
const FRESH_MILLIS = 24 * 60 * 60 * 1000;

/** The exit codes of runs that came to their end. What ended with wrong usage, a fault or a signal says little about other runs. */
const ORDINARY_ENDS: ReadonlySet<number> = new Set([0, 1, 3]);

/** So many kinds of runs are told apart. */
const MOST_RUNS = 64;

/** A module as Node's loader has it. */
interface LoadedModule {
  exports: unknown;
  readonly require: (id: string) => unknown;
}

/** The function by which a module of Node's loader compiles and runs itself: whoever replaces it compiles all that is loaded by `require`. */
const COMPILE = "_compile";
type Compile = (this: LoadedModule, source: string, file: string, ...rest: readonly unknown[]) => unknown;

type ModuleFunction = (exports: unknown, require: (id: string) => unknown, module: LoadedModule, file: string, folder: string) => void;

const BEFORE = "(function (exports, require, module, __filename, __dirname) { ";
const AFTER = "\n})";

interface LoadedScript {
  readonly script: Script;
  readonly stamp: string;
}

/**
 * Keeps what V8 makes of the files of the program between runs, in `folder`. Node's own cache keeps what is compiled when a file is loaded, which is hardly any function; this
 * is written when the program ends, with every function that was called by then. `words` are the program's arguments: runs of one command share what is kept, and a kind of run that is
 * new adds to it. Nothing is kept where the folder is not this user's own.
 */
export function keepCompiledCode(program: string, folder: string, words: readonly string[]): void {
  if (!isOwnFolder(folder)) return;
  const [command = ""] = words;
  const file = path.join(folder, keptName(program, /^[a-z][a-z-]{0,19}$/u.test(command) ? command : "other"));
  const owner = [program, process.version, process.arch].join(" ");
  // Names of options, and none of their values.
  const options = words.map((word) => /^--[a-z][a-z-]*/u.exec(word)?.[0] ?? "");
  const run = [command, ...new Set(options)].toSorted().join(" ").trim();
  const kept = readKeptCode(file, owner);
  const loaded = new Map<string, LoadedScript>();
  let isNew = kept === null || Date.now() - kept.time > FRESH_MILLIS || (!kept.runs.includes(run) && kept.runs.length < MOST_RUNS);

  const loader = Module.prototype as unknown as Record<typeof COMPILE, Compile>;
  const compileAsUsual = loader[COMPILE];
  loader[COMPILE] = function compile(source, filename, ...rest) {
    if (path.dirname(filename) !== program) return compileAsUsual.call(this, source, filename, ...rest);
    const name = path.basename(filename);
    const stamp = stampOf(filename);
    const known = kept?.files.get(name);
    const cachedData = known?.stamp === stamp ? known.code : undefined;
    const script = withUsualFlags(
      () =>
        new Script(`${BEFORE}${source}${AFTER}`, {
          filename,
          columnOffset: -BEFORE.length,
          ...(cachedData === undefined ? {} : { cachedData }),
        }),
    );
    if (script.cachedDataRejected !== false) isNew = true;
    loaded.set(name, { script, stamp });
    const body = script.runInThisContext() as ModuleFunction;
    body.call(this.exports, this.exports, (id) => this.require(id), this, filename, program);
    return undefined;
  };

  process.on("exit", (code) => {
    if (!isNew || !ORDINARY_ENDS.has(code)) return;
    const files = new Map<string, KeptFile>();
    for (const [name, one] of kept?.files ?? []) if (isPresent(path.join(program, name), one)) files.set(name, one);
    for (const [name, { script, stamp }] of loaded) {
      const code = withUsualFlags(() => script.createCachedData());
      const before = files.get(name);
      // V8 forgets functions that were not called for long; what was kept before may have more of them.
      if (before === undefined || before.stamp !== stamp || script.cachedDataRejected === true || before.code.length < code.length)
        files.set(name, { stamp, code });
    }
    const runs = [...new Set([...(kept?.runs ?? []), run])].slice(-MOST_RUNS);
    writeKeptCode(file, owner, { time: Date.now(), runs, files });
  });
}

function isPresent(file: string, { stamp }: KeptFile): boolean {
  try {
    return stampOf(file) === stamp;
  } catch {
    return false;
  }
}
