import type { Problem, Resource } from "@holdfast/core";
import type { NodeTable } from "../../yaml/node-table.ts";
import type { SourceText } from "../../yaml/source-text.ts";
import type { FileSystem } from "../file-system.ts";

/** Something that a loader may claim: standard input, a file, or a folder as a whole (a chart, say). */
export type InputEntry = StdinEntry | FileEntry | FolderEntry;

export interface StdinEntry {
  readonly kind: "stdin";
  readonly file: "-";
}

export interface FileEntry {
  readonly kind: "file";
  /** The machine's path. */
  readonly path: string;
  /** How the file is called in results: relative to the folder that the scan runs in, with `/`. */
  readonly file: string;
  /** Whether the user named this very file. */
  readonly named: boolean;
  /** Whether it lies among the templates of a chart. */
  readonly chartTemplate: boolean;
}

export interface FolderEntry {
  readonly kind: "folder";
  readonly path: string;
  readonly file: string;
  readonly named: boolean;
  /** The names in it. */
  readonly names: ReadonlySet<string>;
}

/** What loaders reach the world through. */
export interface LoaderAccess {
  readonly files: FileSystem;
}

/** An object, and where in the text it stands. */
export interface LoadedResource extends Resource {
  readonly file: string;
  readonly line: number;
  readonly source: ResourceSource;
}

/** The place of an object in the text that it was read from. */
export interface ResourceSource {
  readonly text: SourceText;
  /** The nodes of its document. */
  readonly nodes: NodeTable;
  /** The object's own node; not the document's root where it was an item of a list. */
  readonly node: number;
}

/** What became of one document. There is nothing else that can become of it. */
export type DocumentOutcome =
  | { readonly kind: "produced"; readonly resources: readonly LoadedResource[]; readonly problems: readonly Problem[] }
  | { readonly kind: "not-kubernetes" }
  | { readonly kind: "lost"; readonly problem: Problem };

/** An input loader: a member of this collection. */
export interface Loader {
  /** Its name in results. */
  readonly id: string;
  /** A line for people: what it reads. */
  readonly title: string;
  /**
   * Whether this entry is for it to load. The first loader of the list that claims an entry has it. A folder that is claimed is left to its loader with
   * all that is in it; one that nobody claims is walked.
   */
  readonly claims: (entry: InputEntry) => boolean;
  /**
   * Reads a claimed entry: one outcome for each document that it holds, in their order, as far as that can be told. What can't be read is an outcome too
   * (`lost`), never an exception.
   */
  readonly load: (entry: InputEntry, access: LoaderAccess) => Promise<readonly DocumentOutcome[]>;
}
