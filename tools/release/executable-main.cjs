"use strict";
// What a single executable runs: it lays the program out in a folder of the user's cache, once for a version, and runs it from there. The same file is run for the process of the
// sandbox, which is told its program by its first argument and may read nothing else.
const { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { getAsset, getRawAsset } = require("node:sea");
const { pathToFileURL } = require("node:url");
const vm = require("node:vm");

/** Imports a file. The script that is built in can't do that itself; one that is compiled now can, and Node says on standard error that this is experimental: nothing a user could act on. */
function importFile(url) {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  const options = { importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER };
  const imported = new vm.Script("(url) => import(url)", options).runInThisContext()(url);
  process.emitWarning = emitWarning;
  return imported;
}

/** Runs a file: `load` gives a promise of its end. */
function run(file, load) {
  process.argv[1] = file;
  new Promise((resolve) => {
    resolve(load(file));
  }).catch((error) => {
    process.stderr.write(`holdfast could not start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 4;
  });
}

/** Writes the program's files into a new folder. */
function layOut(folder, files) {
  for (const name of files) {
    const target = path.join(folder, name);
    mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
    writeFileSync(target, new Uint8Array(getRawAsset(name)), { mode: 0o600 });
  }
}

/** The folder where this very program lies or is laid out now: in the user's cache, and where that can't be written in a temporary folder that is gone at the end. */
function programFolder() {
  const { name, files } = JSON.parse(getAsset("holdfast.json", "utf8"));
  const given = process.env.XDG_CACHE_HOME;
  const cache = path.join(
    given !== undefined && path.isAbsolute(given) ? given : path.join(os.homedir(), ".cache"),
    "holdfast",
    "programs",
  );
  const folder = path.join(cache, name);
  // A folder of somebody else's is not run.
  const isOwn = (stats) => process.getuid === undefined || stats.uid === process.getuid();
  if (existsSync(path.join(folder, "complete")) && isOwn(statSync(folder))) return { folder, kept: true };
  try {
    mkdirSync(cache, { recursive: true, mode: 0o700 });
    const beside = mkdtempSync(path.join(cache, `.${name}-`));
    layOut(beside, files);
    writeFileSync(path.join(beside, "complete"), "");
    try {
      renameSync(beside, folder);
    } catch {
      // Another run was faster, or an old one left a part of it.
      if (!existsSync(path.join(folder, "complete"))) {
        rmSync(folder, { recursive: true, force: true });
        renameSync(beside, folder);
      } else rmSync(beside, { recursive: true, force: true });
    }
    return { folder, kept: true };
  } catch {
    const temporary = mkdtempSync(path.join(os.tmpdir(), "holdfast-"));
    chmodSync(temporary, 0o700);
    layOut(temporary, files);
    process.on("exit", () => rmSync(temporary, { recursive: true, force: true }));
    return { folder: temporary, kept: false };
  }
}

if (process.permission !== undefined) {
  run(process.argv[2], (file) => importFile(pathToFileURL(file).href));
} else {
  let found;
  try {
    found = programFolder();
  } catch (error) {
    process.stderr.write(
      `holdfast could not start: it needs a folder that it can write, in $XDG_CACHE_HOME, ~/.cache or the system's temporary folder (${error.code ?? error.message})\n`,
    );
    process.exitCode = 4;
  }
  if (found !== undefined) {
    const { createRequire } = require("node:module");
    const compiled = found.kept ? path.join(found.folder, "compiled") : null;
    run(path.join(found.folder, "dist", "holdfast.cjs"), (file) => createRequire(file)(file).start(compiled));
  }
}
