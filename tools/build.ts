// `npm run build`: makes the program that npm publishes, in apps/cli/dist, from the program's source and all that it imports.
import { existsSync } from "node:fs";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { rolldown, type OutputChunk } from "rolldown";
import { root } from "./run-tool.ts";
import { thirdPartyNotices } from "./third-party-notices.ts";

const program = path.join(root, "apps/cli");
const entry = path.join(program, "main.ts");
const dist = path.join(program, "dist");

/**
 * Bundles the program into ES modules that need no other package. What the program imports only when a command asks for it stays in files of
 * their own, so that a start reads no more than it uses.
 */
async function bundle(): Promise<readonly OutputChunk[]> {
  const build = await rolldown({
    input: { holdfast: entry },
    platform: "node",
    transform: { target: "node24" },
    onwarn(warning) {
      throw new Error(`the bundle is not sound: ${warning.message}`);
    },
  });
  const { output } = await build.write({
    dir: dist,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    minify: false,
  });
  await build.close();
  return output.filter((file) => file.type === "chunk");
}

/** Puts the documents beside the program that npm expects in a published package. */
async function copyDocuments(): Promise<void> {
  for (const name of ["README.md", "LICENSE"]) {
    const source = path.join(root, name);
    if (existsSync(source)) await copyFile(source, path.join(program, name));
  }
}

await rm(dist, { recursive: true, force: true });
if (existsSync(entry)) {
  await mkdir(dist, { recursive: true });
  const chunks = await bundle();
  await writeFile(path.join(dist, "THIRD-PARTY-NOTICES.txt"), await thirdPartyNotices(chunks.flatMap((chunk) => chunk.moduleIds)));
  await copyDocuments();
  console.log(
    `build: ${chunks.length} files, ${Math.round(chunks.reduce((sum, chunk) => sum + chunk.code.length, 0) / 1024)} KiB in apps/cli/dist`,
  );
}
