import { readFileSync } from "node:fs";
import path from "node:path";
import type { ExitCode } from "@holdfast/judge";
import { printable } from "@holdfast/report";
import { whyUnread, whyUnwritten } from "./file-reason.ts";
import type { CommandContext } from "./commands/define.ts";
import { fetchArchive } from "./library/fetch-archive.ts";
import { compileAndKeep } from "./library/compiled-installation.ts";
import { installedFile, isInstalled } from "./library/installed-file.ts";
import { install, keptKey, readInstalled, type InstalledLibrary } from "./library/installed-library.ts";
import {
  checkSignature,
  compareVersions,
  demandRules,
  libraryOf,
  LibraryRefused,
  readPublicKey,
  unpackLibrary,
} from "./library/library-archive.ts";
import { loadLibraryFacts, loadLibraryOrigin } from "./load-library.ts";
import { UsageError } from "./usage-error.ts";

/** What to install, and how it is checked. */
export interface UpdateRequest {
  readonly from: string;
  /** The file of a public key; the one that signed what is installed where none is named. */
  readonly key: string | undefined;
  readonly allowOlder: boolean;
}

/** A library that is here. */
interface Standing {
  readonly version: string;
  readonly digest: string;
  /** When it was made; null where nobody knows. */
  readonly time: string | null;
  readonly ageDays: number | null;
  readonly controls: number;
}

const DAY_MS = 86_400_000;

function ageInDays(time: string | null, now: number): number | null {
  return time === null ? null : Math.max(0, Math.floor((now - Date.parse(time)) / DAY_MS));
}

async function builtIn({ version }: CommandContext, now: number): Promise<Standing> {
  const { digest, controls } = await loadLibraryFacts();
  const { time } = loadLibraryOrigin();
  return { version, digest, time, ageDays: ageInDays(time, now), controls: controls.length };
}

function standingOf({ manifest, source: { library } }: InstalledLibrary, now: number): Standing {
  const { version, time } = manifest;
  return { version, digest: library.digest, time, ageDays: ageInDays(time, now), controls: library.controls.length };
}

/** The installed library, or why it is not used; neither where there is none. */
async function findInstalled(
  dataFolder: string,
): Promise<{ readonly installed: InstalledLibrary | null; readonly refused: string | null }> {
  if (!isInstalled(dataFolder)) return { installed: null, refused: null };
  try {
    return { installed: await readInstalled(dataFolder), refused: null };
  } catch (error) {
    if (error instanceof LibraryRefused) return { installed: null, refused: error.message };
    throw error;
  }
}

function keyText(key: string | undefined, { workingFolder, dataFolder }: CommandContext["environment"]): string {
  if (key === undefined) {
    const kept = keptKey(dataFolder);
    if (kept !== undefined) return kept;
    throw new UsageError(
      "say whose library it is: --key FILE, with the public key (PEM, Ed25519) of whoever signs it. Later updates are checked by the same key.",
    );
  }
  try {
    return readFileSync(path.resolve(workingFolder, key), "utf8");
  } catch (error) {
    throw new UsageError(`--key ${key}: ${whyUnread(error)}`);
  }
}

/** `holdfast library update`: gets, checks and installs a library. What is installed stays as it is where anything is wrong. Throws `UsageError`. */
export async function runLibraryUpdate(request: UpdateRequest, context: CommandContext): Promise<ExitCode> {
  const { environment, stdout, stderr } = context;
  const { dataFolder, workingFolder } = environment;
  const { from, allowOlder } = request;
  const pem = keyText(request.key, environment);
  const now = Date.parse(environment.time ?? new Date().toISOString());
  try {
    const key = readPublicKey(pem);
    const { archive, signature } = await fetchArchive(from, workingFolder);
    checkSignature(archive, signature, key);
    const unpacked = await unpackLibrary(archive);
    const source = libraryOf(unpacked);
    const { library } = source;
    const { version } = unpacked.manifest;
    const { installed } = await findInstalled(dataFolder);
    const current = installed === null ? await builtIn(context, now) : standingOf(installed, now);
    if (!allowOlder && compareVersions(version, current.version) < 0)
      throw new LibraryRefused(
        `its version ${version} is older than ${current.version}, which is in use; --allow-older installs it all the same`,
      );
    demandRules(source);
    try {
      await install(dataFolder, { key: pem, signature: signature.trim(), archive: Buffer.from(archive).toString("base64") });
    } catch (error) {
      stderr.write(`holdfast: ${installedFile(dataFolder)} can't be written: ${whyUnwritten(error)}\n`);
      return 4;
    }
    await compileAndKeep(dataFolder, archive, source);
    stdout.write(`installed: version ${version} (${library.digest}) with ${library.controls.length} controls\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof LibraryRefused)) throw error;
    throw new UsageError(`${from}: ${error.message}\nNothing was installed; what was in use still is.`);
  }
}

function ageText({ time, ageDays }: Standing): string {
  if (time === null || ageDays === null) return "of unknown age";
  return `made ${time.slice(0, 10)}, ${ageDays} ${ageDays === 1 ? "day" : "days"} ago`;
}

/** `holdfast library status`: which library scans use, and how old it is. */
export async function runLibraryStatus(format: "pretty" | "json", context: CommandContext): Promise<ExitCode> {
  const { environment, stdout } = context;
  const now = Date.parse(environment.time ?? new Date().toISOString());
  const own = await builtIn(context, now);
  const { installed, refused } = await findInstalled(environment.dataFolder);
  const other = installed === null ? null : standingOf(installed, now);
  const file = installedFile(environment.dataFolder);
  if (format === "json") {
    const status = { used: other === null ? "built-in" : "installed", builtIn: own, installed: other, refused, file };
    stdout.write(`${JSON.stringify(status, null, 2)}\n`);
    return 0;
  }
  const line = (name: string, one: Standing): string =>
    `${name}: version ${one.version} (${one.digest}), ${one.controls} controls, ${ageText(one)}`;
  const lines = [
    ...(other === null ? [] : [`${line("installed", other)}; in use, from ${file}`]),
    ...(refused === null ? [] : [`installed: not used, since ${refused} (${file})`]),
    `${line("built-in", own)}${other === null ? "; in use" : ""}`,
  ];
  stdout.write(`${lines.map(printable).join("\n")}\n`);
  return 0;
}
