// Reads the project's Markdown: as much of it as these tests look at.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A fenced block of code. */
export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** The line of its fence, from 1. */
  readonly line: number;
  /** The HTML comment that stands right before it, such as `ends with 1`; empty where there is none. */
  readonly remark: string;
}

export interface Link {
  readonly target: string;
  readonly line: number;
}

export interface MarkdownFile {
  /** From the root of the workspace, with `/`. */
  readonly file: string;
  readonly blocks: readonly CodeBlock[];
  readonly links: readonly Link[];
  /** Pieces of code that stand in prose. */
  readonly codeSpans: readonly string[];
  /** What `#…` can name in it. */
  readonly anchors: ReadonlySet<string>;
}

/** Folders that hold nothing of ours: installed or built. */
const SKIPPED: ReadonlySet<string> = new Set(["node_modules", "generated", "dist", ".git", ".cache", "coverage"]);
/** The build copies the README beside the program that it publishes. */
const COPIED: ReadonlySet<string> = new Set(["apps/cli/README.md"]);

/** All Markdown files below a folder, by name. */
export function markdownFiles(root: string, folder: string = ""): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : markdownFiles(root, name);
      return entry.name.endsWith(".md") && !COPIED.has(name) ? [name] : [];
    });
}

/** Reads a file's headings, links and blocks of code. */
export function readMarkdown(root: string, file: string): MarkdownFile {
  const blocks: CodeBlock[] = [];
  const links: Link[] = [];
  const codeSpans: string[] = [];
  const anchors = new Set<string>();
  let remark = "";
  let open: { readonly fence: string; readonly language: string; readonly line: number; readonly lines: string[] } | null = null;
  for (const [index, text] of readFileSync(path.join(root, file), "utf8").split("\n").entries()) {
    const fence = /^(?<fence>`{3,})(?<language>[\w-]*)\s*$/u.exec(text)?.groups;
    if (open !== null) {
      if (fence?.["fence"] === open.fence && fence["language"] === "") {
        blocks.push({ language: open.language, text: open.lines.join("\n"), line: open.line, remark });
        open = null;
        remark = "";
      } else open.lines.push(text);
    } else if (fence !== undefined) {
      open = { fence: fence["fence"] ?? "", language: fence["language"] ?? "", line: index + 1, lines: [] };
    } else {
      remark = /^<!-- (?<remark>.*) -->$/u.exec(text)?.groups?.["remark"] ?? (text === "" ? remark : "");
      links.push(...linksOf(text).map((target) => ({ target, line: index + 1 })));
      codeSpans.push(...[...text.matchAll(/`(?<code>[^`]+)`/gu)].map((match) => match.groups?.["code"] ?? ""));
      const heading = /^#{1,6} (?<title>.*)$/u.exec(text)?.groups?.["title"];
      if (heading !== undefined) addAnchor(anchors, heading);
    }
  }
  if (open !== null) throw new Error(`${file}:${open.line}: a block of code without an end`);
  return { file, blocks, links, codeSpans, anchors };
}

function linksOf(text: string): readonly string[] {
  const prose = text.replaceAll(/`[^`]*`/gu, (code) => "`".repeat(code.length));
  return [...prose.matchAll(/\]\((?<target>[^()\s]+)\)/gu)].map((match) => match.groups?.["target"] ?? "");
}

/** As GitHub names headings: in small letters, without punctuation, with `-` for spaces, and numbered where the name was taken. */
function addAnchor(anchors: Set<string>, heading: string): void {
  const base = heading
    .replaceAll(/\[(?<text>[^\]]*)\]\([^)]*\)/gu, "$<text>")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}\-_ ]/gu, "")
    .replaceAll(" ", "-");
  let name = base;
  for (let i = 1; anchors.has(name); i++) name = `${base}-${i}`;
  anchors.add(name);
}
