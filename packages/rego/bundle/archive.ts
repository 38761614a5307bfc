// Bundles as `.tar.gz`: https://www.openpolicyagent.org/docs/management-bundles#bundle-file-format
import { gunzipSync, gzipSync } from "node:zlib";
import { packTar, unpackTar, type ParsedTarEntryWithData } from "modern-tar";
import { BundleFault, bundleLimits, tooLarge, type BundleFiles, type BundleLimits } from "./bundle-files.ts";

const REMEDY = "Make it anew with `holdfast rego build` or `opa build`, and see that it was copied whole.";

/** A tar has one of these before each file, two more before a long name, and fills the last one up. */
const BLOCK = 512;

/** The path of a file in an archive, without what stands for its root. Throws for one that leads out of it. */
function pathInBundle(name: string): string {
  const parts = name
    .replace(/^\/+/u, "")
    .split("/")
    .filter((part) => part !== "" && part !== ".");
  const wrong = parts.includes("..") || /^[A-Za-z]:/u.test(name) || /[\\\0]/u.test(name);
  if (wrong)
    throw new BundleFault(
      `the name ${JSON.stringify(name)} leads out of the bundle`,
      "A bundle's files lie below its root. Don't use this one.",
    );
  return parts.join("/");
}

function unpacked(bytes: Uint8Array, most: number, count: number): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) throw new BundleFault("it is no .tar.gz", REMEDY);
  try {
    return gunzipSync(bytes, { maxOutputLength: most + (count + 1) * 4 * BLOCK });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(most);
    throw new BundleFault("it is no .tar.gz: it can't be unpacked", REMEDY);
  }
}

async function entriesOf(tar: Uint8Array): Promise<readonly ParsedTarEntryWithData[]> {
  try {
    return await unpackTar(tar, { strict: true });
  } catch (error) {
    throw new BundleFault(`it is no .tar.gz: ${error instanceof Error ? error.message : "it can't be read"}`, REMEDY);
  }
}

/** Reads an archive. Throws a BundleFault for what is none, is too large, or holds links, devices, two files of one name or names that lead out of it. */
export async function archiveFiles(bytes: Uint8Array, limits: BundleLimits): Promise<BundleFiles> {
  const { bytes: most, files: count } = bundleLimits(limits);
  const files = new Map<string, Uint8Array>();
  for (const { header, data } of await entriesOf(unpacked(bytes, most, count))) {
    const { type = "file" } = header;
    if (type === "directory") continue;
    const file = pathInBundle(header.name);
    if (type !== "file")
      throw new BundleFault(`it is a ${type}, not a file`, "A bundle holds files and folders only. Don't use this one.", file);
    if (files.has(file)) throw new BundleFault("it is there twice", REMEDY, file);
    if (files.size >= count) throw new BundleFault(`it holds more than ${count} files`, "Split it, or leave out what no rule needs.");
    files.set(file, data ?? new Uint8Array());
  }
  return { paths: new Set(files.keys()), read: (file) => files.get(file) ?? new Uint8Array() };
}

/** Writes an archive. The same files give the same bytes. */
export async function archiveOf(files: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const entries = [...files].map(([name, body]) => ({
    header: { name, size: body.length, type: "file" as const, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 },
    body,
  }));
  return gzipSync(await packTar(entries));
}
