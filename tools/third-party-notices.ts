import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** The folder of the npm package that a module belongs to, or null for a module of ours (workspace packages are resolved to their real place). */
export function packageFolder(moduleId: string): string | null {
  const match = /^(?<folder>.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/u.exec(moduleId);
  return match?.groups?.["folder"] ?? null;
}

/**
 * The notices that the licences of bundled packages ask for: name, version, licence and the licence's text of each package that a module comes
 * from, by name. A package without a licence text is an error: it can't be published then.
 */
export async function thirdPartyNotices(moduleIds: readonly string[]): Promise<string> {
  const folders = [...new Set(moduleIds.map(packageFolder))].filter((folder) => folder !== null);
  const notices = await Promise.all(folders.map(notice));
  notices.sort((left, right) => (left.title < right.title ? -1 : 1));
  const head = "Holdfast contains the following packages, under the licences that stand below each of them.\n";
  return [head, ...notices.map(({ title, text }) => `${"-".repeat(80)}\n${title}\n\n${text.trim()}\n`)].join("\n");
}

async function notice(folder: string): Promise<{ title: string; text: string }> {
  const manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
  };
  const file = (await readdir(folder)).sort().find((name) => /^(?:licen[cs]e|copying)(?:[.-]|$)/iu.test(name));
  if (file === undefined) throw new Error(`${manifest.name} ${manifest.version} is bundled, and has no licence text in ${folder}`);
  return {
    title: `${manifest.name} ${manifest.version} (${manifest.license ?? "see below"})`,
    text: await readFile(path.join(folder, file), "utf8"),
  };
}
