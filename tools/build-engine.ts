// `node tools/node24.cjs tools/build-engine.ts FOLDER`: puts the Rego engine as a package of its own into a folder, to be packed and published from there.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { rolldown } from "rolldown";
import { root } from "./run-tool.ts";
import { thirdPartyNotices } from "./third-party-notices.ts";

const source = path.join(root, "packages/rego");
const declarations = path.join(root, "generated/tsc/packages/rego");

/** What the package exports, by the files that it is made of. */
const ENTRIES: Readonly<Record<string, { readonly name: string; readonly source: string }>> = {
  ".": { name: "index", source: "index.ts" },
  "./network": { name: "network", source: "network/open-network.ts" },
  "./sandbox": { name: "sandbox", source: "sandbox.ts" },
};

/** What runs in a process or thread of its own: a file each, found beside the others. */
const ALONE: Readonly<Record<string, string>> = { "rego-sandbox.js": "sandbox/child.ts", "network-thread.js": "network/network-thread.ts" };

async function bundle(folder: string): Promise<readonly string[]> {
  const input = Object.fromEntries(Object.values(ENTRIES).map((entry) => [entry.name, path.join(source, entry.source)]));
  const shared = { platform: "node", transform: { target: "node24" } } as const;
  const modules: string[] = [];
  const build = await rolldown({ ...shared, input });
  const { output } = await build.write({ dir: folder, format: "esm", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" });
  await build.close();
  modules.push(...output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : [])));
  for (const [name, entry] of Object.entries(ALONE)) {
    const alone = await rolldown({ ...shared, input: path.join(source, entry) });
    const written = await alone.write({ file: path.join(folder, name), format: "esm", codeSplitting: false });
    await alone.close();
    modules.push(...written.output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : [])));
  }
  return modules;
}

/** Copies the types: one file for each of the sources, but for tests. */
function copyTypes(folder: string): void {
  execFileSync(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "-b", source], { stdio: "inherit" });
  cpSync(declarations, folder, {
    recursive: true,
    filter: (file) => !/(?:\.test|\/tester)\.d\.ts$|[\\/]examples$|\.tsbuildinfo$/u.test(file),
  });
}

/** Documents stand beside the package there, as `docs/`. */
function copyDocuments(folder: string): void {
  const docs = path.join(folder, "docs");
  mkdirSync(docs);
  const page = (file: string): string => readFileSync(path.join(root, file), "utf8");
  const inDocs = (text: string): string =>
    text
      .replaceAll("](../../packages/rego/README.md", "](../README.md")
      .replaceAll("](../../packages/rego/", "](../")
      .replaceAll("](../reference/problems.md", "](problems.md");
  for (const name of readdirSync(path.join(root, "docs/rego"))) writeFileSync(path.join(docs, name), inDocs(page(`docs/rego/${name}`)));
  writeFileSync(path.join(docs, "problems.md"), page("docs/reference/problems.md"));
  const readme = page("packages/rego/README.md")
    .replaceAll("](../../docs/rego/", "](docs/")
    .replaceAll("](../../docs/reference/", "](docs/");
  writeFileSync(path.join(folder, "README.md"), readme);
  cpSync(path.join(root, "LICENSE"), path.join(folder, "LICENSE"));
  cpSync(path.join(source, "examples"), path.join(folder, "examples"), { recursive: true, filter: (file) => !file.endsWith(".test.ts") });
}

function manifest(): string {
  const { name, version, license } = JSON.parse(readFileSync(path.join(source, "package.json"), "utf8")) as Readonly<
    Record<string, string>
  >;
  const entries = Object.entries(ENTRIES).map(([key, entry]) => {
    const types = `./types/${entry.source.replace(/\.ts$/u, ".d.ts")}`;
    return [key, { types, default: `./dist/${entry.name}.js` }] as const;
  });
  const description = "Rego for JavaScript: modules are compiled to JavaScript once, and evaluated as often as needed";
  return `${JSON.stringify({ name, version, description, license, type: "module", sideEffects: false, exports: Object.fromEntries(entries), engines: { node: ">=24" } }, null, 2)}\n`;
}

/** Makes the package anew. */
export async function buildEngine(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const modules = await bundle(path.join(folder, "dist"));
  writeFileSync(path.join(folder, "dist/THIRD-PARTY-NOTICES.txt"), await thirdPartyNotices(modules));
  copyTypes(path.join(folder, "types"));
  copyDocuments(folder);
  writeFileSync(path.join(folder, "package.json"), manifest());
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error("name the folder to write");
  await buildEngine(path.resolve(folder));
}
