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

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
}

/** The text of the MIT licence (SPDX: MIT) for a package that names it and its author, and ships no text of it. */
function mitText({ license, author }: Manifest): string | null {
  const holder = typeof author === "string" ? author : author?.name;
  if (license !== "MIT" || holder === undefined || holder === "") return null;
  return `Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software
without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR
PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
}

async function notice(folder: string): Promise<{ title: string; text: string }> {
  const manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as Manifest;
  // A package may have several: one for its code, one for the fonts in it.
  const files = (await readdir(folder)).sort().filter((name) => /^(?:licen[cs]e|copying)(?:[._-]|$)/iu.test(name));
  const texts = await Promise.all(files.map(async (file) => (await readFile(path.join(folder, file), "utf8")).trim()));
  const text = texts.length > 0 ? texts.join("\n\n") : mitText(manifest);
  if (text === null) throw new Error(`${manifest.name} ${manifest.version} is bundled, and has no licence text in ${folder}`);
  return { title: `${manifest.name} ${manifest.version} (${manifest.license ?? "see below"})`, text };
}
