// `npm run build`: makes the program that npm publishes, in apps/cli/dist, from the program's source, all that it imports, and the control library.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { precompileLibrary, readLibrary } from "@holdfast/posture";
import { rolldown, type OutputChunk } from "rolldown";
import { writeFacts } from "../apps/cli/built-facts.ts";
import { libraryFiles } from "../apps/cli/checkout-library.ts";
import { asciiFiles } from "./ascii-code.ts";
import { directImports } from "./direct-imports.ts";
import { lateRegularExpressions, regularExpressions } from "./late-regular-expressions.ts";
import { platformModules } from "./platform-modules.ts";
import { fontFiles } from "./report-fonts.ts";
import { root } from "./run-tool.ts";
import { standaloneRuntime } from "./standalone-runtime.ts";
import { thirdPartyNotices } from "./third-party-notices.ts";

const program = path.join(root, "apps/cli");
const dist = path.join(program, "dist");
/** Where the program is built, to be moved when it is whole: whoever runs it meanwhile has the old one. */
const building = path.join(root, "generated", `dist-${process.pid}`);

/** What every start runs, what every command runs, what evaluates rules, and what every scan of manifests to JSON runs: a file each, with all that these modules import. */
const FILES = [
  { name: "compiled-code", test: /apps[\\/]cli[\\/]compiled-code[\\/]/u, priority: 5 },
  { name: "start", test: /apps[\\/]cli[\\/]main\.ts$/u, priority: 4 },
  { name: "command", test: /apps[\\/]cli[\\/](?:run-command|option-values)\.ts$|report[\\/]terminal[\\/]printable\.ts$/u, priority: 3 },
  {
    name: "rules",
    test: /packages[\\/]rego[\\/](?:6-link[\\/]precompiled-program|builtins[\\/](?:everyday|declared-types))\.ts$/u,
    priority: 2,
  },
  { name: "scan", test: /apps[\\/]cli[\\/](?:commands[\\/]scan|run-scan)\.ts$|report[\\/]formats[\\/]json\.ts$/u, priority: 1 },
];

/**
 * Bundles the program into CommonJS modules that need no other package. What the program imports only when a command asks for it stays in files of their own, so that a start
 * reads no more than it uses; how the files are cut: docs/decisions/start.md.
 */
async function bundle(): Promise<readonly OutputChunk[]> {
  const build = await rolldown({
    input: { holdfast: path.join(program, "holdfast.ts") },
    platform: "node",
    transform: { target: "node24" },
    plugins: [directImports(), platformModules, lateRegularExpressions, asciiFiles],
    // Of the client library only the reading of kubeconfigs and authentication is used. Its thousands of generated classes, which it does not say can be left out, do nothing when they are loaded.
    treeshake: { moduleSideEffects: (id) => !id.includes("/node_modules/@kubernetes/client-node/") },
    onwarn(warning) {
      // What one command imports late another may need at once.
      if (warning.code !== "INEFFECTIVE_DYNAMIC_IMPORT") throw new Error(`the bundle is not sound: ${warning.message}`);
    },
  });
  const { output } = await build.write({
    dir: building,
    format: "cjs",
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name]-[hash].cjs",
    codeSplitting: { groups: FILES },
    minify: false,
  });
  await build.close();
  return output.filter((file) => file.type === "chunk");
}

/** Bundles what runs beside the program into one file: a process of its own may read no other, and a thread loads no more than it needs. */
async function bundleAlone(source: string, name: string): Promise<readonly OutputChunk[]> {
  const build = await rolldown({
    input: path.join(root, source),
    platform: "node",
    transform: { target: "node24" },
    plugins: [asciiFiles],
  });
  const { output } = await build.write({
    file: path.join(building, name),
    format: "esm",
    codeSplitting: false,
    minify: false,
  });
  await build.close();
  return output.filter((file) => file.type === "chunk");
}

/** When a folder was last changed, by its history; null where there is none. */
function lastChange(folder: string): string | null {
  const { status, stdout } = spawnSync("git", ["log", "-1", "--format=%ct", "--", folder], { cwd: root, encoding: "utf8" });
  const seconds = Number(status === 0 ? stdout.trim() : "");
  return seconds > 0 ? new Date(seconds * 1000).toISOString().replace(".000Z", "Z") : null;
}

/** Compiles the control library: what it says in two files, its rules as JavaScript in a few others, its texts in one more. Returns how many rules there are. */
async function buildLibrary(): Promise<number> {
  const files = libraryFiles(path.join(root, "library"));
  const source = readLibrary(files);
  if (source.faults.length > 0) {
    const lines = source.faults.map(({ file, line, message }) => `library/${file}${line === null ? "" : `:${line}`}: ${message}`);
    throw new Error(`the library has faults:\n${lines.join("\n")}`);
  }
  const { facts, help } = writeFacts(source.library);
  await writeFile(path.join(building, "library.json"), facts);
  await writeFile(path.join(building, "library-help.txt"), help);
  const told = files.filter((file) => !file.path.endsWith("/cases.yaml") && file.path !== "mutants.yaml");
  await writeFile(path.join(building, "library-sources.json"), JSON.stringify(told));
  const { parts, partOf } = precompileLibrary(source);
  for (const { name, text } of parts) await writeFile(path.join(building, `library-${name}.cjs`), text);
  await writeFile(path.join(building, "library-parts.json"), JSON.stringify(partOf));
  return source.rules.length;
}

/** Puts the documents beside the program that npm expects in a published package. */
async function copyDocuments(): Promise<void> {
  for (const name of ["README.md", "LICENSE"]) {
    const source = path.join(root, name);
    if (existsSync(source)) await copyFile(source, path.join(program, name));
  }
}

async function build(): Promise<void> {
  await mkdir(building, { recursive: true });
  const rules = await buildLibrary();
  const chunks = [
    ...(await bundle()),
    ...(await bundleAlone("packages/rego/sandbox/child.ts", "rego-sandbox.js")),
    ...(await bundleAlone("packages/rego/network/network-thread.ts", "network-thread.js")),
  ];
  await writeFile(path.join(building, "rego-standalone.js"), await standaloneRuntime());
  await writeFile(
    path.join(building, "THIRD-PARTY-NOTICES.txt"),
    await thirdPartyNotices([...chunks.flatMap((chunk) => chunk.moduleIds), ...Object.values(fontFiles)]),
  );
  await copyFile(regularExpressions.source, path.join(building, regularExpressions.file));
  await copyDocuments();
  const program = createHash("sha256");
  for (const code of chunks.map((chunk) => chunk.code).sort()) program.update(code);
  const origin = { time: lastChange("library"), program: program.digest("hex") };
  await writeFile(path.join(building, "library-origin.json"), JSON.stringify(origin));
  await rm(dist, { recursive: true, force: true });
  await rename(building, dist);
  const size = chunks.reduce((sum, { code }) => sum + code.length, 0);
  console.log(`build: ${chunks.length} files of ${Math.round(size / 1024)} KiB and ${rules} rules in apps/cli/dist`);
}

try {
  await build();
} catch (error) {
  // A program of older source would be taken for the present one.
  await rm(dist, { recursive: true, force: true });
  console.error(`build: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await rm(building, { recursive: true, force: true });
}
