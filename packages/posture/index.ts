export type { FileContent, FileKind, FileSystem, ListedFile } from "./1-load/file-system.ts";
export { load, type LoadOptions, type LoadResult } from "./1-load/load.ts";
export { LOAD_PROBLEMS, type LoadProblemCode } from "./1-load/load-problems.ts";
export type { LoadedResource, ResourceSource } from "./1-load/loaders/define.ts";
