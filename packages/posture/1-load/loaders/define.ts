import type { NotExpanded, ObjectPath, Problem, RenderedRoot, Resource } from "@holdfast/core";
import type { NodeTable } from "../../yaml/node-table.ts";
import type { SourceText } from "../../yaml/source-text.ts";
import type { FileSystem } from "../file-system.ts";
import type { RenderingOptions } from "../rendering-options.ts";
import type { ScratchFolder, ToolRunner } from "../tool-runner.ts";

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
  /** Whether it lies in a chart's folder, and not among its templates: what has expressions there is a chart's data, and not lost. */
  readonly inChart?: boolean;
}

export interface FolderEntry {
  readonly kind: "folder";
  readonly path: string;
  readonly file: string;
  readonly named: boolean;
  /** The names in it. */
  readonly names: ReadonlySet<string>;
  /** The real path of the folder that the user named, which no link may leave. */
  readonly root: string;
}

/** What loaders reach the world through. */
export interface LoaderAccess {
  readonly files: FileSystem;
  /** The absolute path of the folder that files are named from, and that relative paths of options start from. */
  readonly cwd: string;
  /** The real paths of what the user named. */
  readonly roots?: readonly string[];
  /** The user's own tools. */
  readonly tools: ToolRunner;
  readonly scratch: ScratchFolder;
  /** Whether anything may be fetched. */
  readonly network: boolean;
  readonly rendering: RenderingOptions;
}

/** An object, and where in the text it stands. */
export interface LoadedResource extends Resource {
  /** The file that a person would look into: of a rendered object its template, base or patch. */
  readonly file: string;
  readonly line: number;
  /** The text that the object was read from; of a rendered object that is no file, but what the tool printed. */
  readonly source: ResourceSource;
  /** Of an object that a tool made: where its fields come from. */
  readonly origins?: ResourceOrigins;
  /** What names the cluster that it is deployed to, where that is another than the one that its tree is applied to. */
  readonly cluster?: string;
  /** Fields whose values are not known, and stand in the object as they were written. Absent where all is known. */
  readonly unknown?: readonly UnknownValue[];
}

/** A field whose value is not known before it is deployed. */
export interface UnknownValue {
  readonly path: ObjectPath;
  /** What of its text stands for something else: `${TAG}`. */
  readonly variables: readonly string[];
}

/** The place of an object in the text that it was read from. */
export interface ResourceSource {
  readonly text: SourceText;
  /** The nodes of its document. */
  readonly nodes: NodeTable;
  /** The object's own node; not the document's root where it was an item of a list. */
  readonly node: number;
}

/** Where the fields of a rendered object come from. Nothing is worked out before it is asked for: only objects with findings are. */
export interface ResourceOrigins {
  /** Works out what `originOf` needs, for all objects of the same root at once; renders again, if need be. Called before `originOf`; a second call does nothing. */
  readonly prepare: () => Promise<void>;
  /** The place to edit to change what a path of the object names, be there a value or not. */
  readonly originOf: (path: ObjectPath) => Origin;
  /** What the object goes by where it gets another name each time it is rendered; undefined where it doesn't. Asked like `originOf`. */
  readonly steadyName?: () => string | undefined;
  /** Of an object that Kustomize built: where a patch of it can be written. */
  readonly patchable?: () => Patchable | undefined;
}

/** Where an object of an overlay comes from, and where it can be patched on its way. */
export interface Patchable {
  /** The file that the object stands in, as results call it; undefined where it stands in none here: it was fetched, or a chart made it. */
  readonly base: string | undefined;
  /** The kustomizations that it passes through and that stand in files, the innermost first. */
  readonly places: readonly PatchPlace[];
}

/** A kustomization in which an object can be patched. */
export interface PatchPlace {
  /** The kustomization's file, with its document. */
  readonly kustomization: ValuedSource;
  /** What the object is called there. */
  readonly name: string;
  /** The namespace that it is known to have there; empty where that is not known. */
  readonly namespace: string;
  /** The patches that it has there for this object and no other: mappings are strategic merge patches, lists JSON patches. */
  readonly patches: readonly ValuedSource[];
}

/** A document or a part of it, and what it says. */
export interface ValuedSource extends ResourceSource {
  readonly value: unknown;
}

/** A place to edit. */
export interface Origin {
  /** Why what stands there is not edited, where it could be read. */
  readonly notEdited?: string;
  /** The file to edit. */
  readonly text: SourceText;
  /** Offsets of what is there: a value, or the key or line that makes it. */
  readonly start: number;
  readonly end: number;
  /** Whether this is the very field that was asked for. */
  readonly exact: boolean;
  /** Where it is not for certain the line to edit: why. */
  readonly reason?: string;
  /** The value that feeds the field. */
  readonly feeds?: FeedingValue;
  /** Where the field can be set or removed: as a value of a file, under a path of that. Absent where a template or a patch must be changed. */
  readonly edit?: ValueEdit;
  /** Offsets of parts of the text that no output may show, in order, beside those that are recognised as secrets by their names. */
  readonly secrets?: readonly { readonly start: number; readonly end: number }[];
}

/** A value of a file, to be set or removed in place of the field that it feeds. */
export interface ValueEdit {
  /** The file, with its document. */
  readonly source: ResourceSource;
  readonly path: ObjectPath;
  /** Whether the field is gone when the value is: not where another file sets it too. */
  readonly removable: boolean;
}

/** A value of a values file, or another setting that feeds a field. */
export interface FeedingValue {
  /** Absent where it stands in no file: it was given on the command line. */
  readonly file?: string;
  /** As Helm's `--set` names it: `image.tag`. */
  readonly path: string;
}

/** What became of one document. There is nothing else that can become of it. */
export type DocumentOutcome =
  | { readonly kind: "produced"; readonly resources: readonly LoadedResource[]; readonly problems: readonly Problem[] }
  /** `exceptions`: it holds exceptions of Kubescape's form, which apply only where they are passed as such. */
  | { readonly kind: "not-kubernetes"; readonly exceptions?: true }
  | { readonly kind: "lost"; readonly problem: Problem };

/** An input loader: a member of this collection. It loads entry by entry, or looks at all of them first to find the roots among them. */
export type Loader = EntryLoader | RootLoader;

interface AnyLoader {
  /** Its name in results. */
  readonly id: string;
  /** A line for people: what it reads. */
  readonly title: string;
  /**
   * Whether this entry is for it to load. The first loader of the list that claims an entry has it. A folder that is claimed is left to its loader with
   * all that is in it, but for what a {@link RootLoader} leaves to others; one that nobody claims is walked.
   */
  readonly claims: (entry: InputEntry) => boolean;
}

export interface EntryLoader extends AnyLoader {
  /**
   * Reads a claimed entry: one outcome for each document that it holds, in their order, as far as that can be told. What can't be read is an outcome too
   * (`lost`), never an exception.
   */
  readonly load: (entry: InputEntry, access: LoaderAccess) => Promise<readonly DocumentOutcome[]>;
}

/** A loader of what stands in many files: a chart, an overlay with its bases. */
export interface RootLoader extends AnyLoader {
  /** Whether what has this name in a claimed folder is left to be found by others, as if the folder had not been claimed. */
  readonly leaves: (folder: FolderEntry, name: string) => boolean;
  /** Says which roots there are, once everything was found and before anything is loaded. What it claimed and is part of no root counts as no input. */
  readonly plan: (found: FoundEntries, access: LoaderAccess) => Promise<readonly LoadRoot[]>;
}

export interface FoundEntries {
  /** What the loader claimed, by name. */
  readonly claimed: readonly InputEntry[];
  /** All that any loader claimed. */
  readonly all: readonly InputEntry[];
}

/** Something that is loaded as one. */
export interface LoadRoot {
  readonly entry: InputEntry;
  /** What it reads beside its entry, by the machine's paths of files and folders: no other loader loads that again. */
  readonly parts: readonly string[];
  readonly load: () => Promise<RootOutcome>;
}

export interface RootOutcome {
  /** What it rendered to, document by document. */
  readonly documents: readonly DocumentOutcome[];
  /** The account of what was rendered; the numbers in it are filled in. */
  readonly rendered?: Omit<RenderedRoot, "resources" | "problems">;
  /** What it names and could not be expanded, each with a reason: missing coverage. */
  readonly notExpanded?: readonly NotExpanded[];
  /** Files that options name and that the tool refused to read, by the names that the problems about them have. */
  readonly refused?: readonly string[];
}
