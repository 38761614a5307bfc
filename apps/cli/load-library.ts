import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Library } from "@holdfast/core";
import { linkLibrary, type CompiledLibrary, type PrecompiledRules } from "@holdfast/posture";

const FACTS = path.join(import.meta.dirname, "library.json");

/** What the control library says, without its rules. */
export async function loadLibraryFacts(): Promise<Library> {
  return existsSync(FACTS) ? (JSON.parse(readFileSync(FACTS, "utf8")) as Library) : (await loadLibrary()).library;
}

/**
 * The control library: compiled when the project was built, beside the bundle; in a checkout that was not built, compiled now from `library/`, by a part of the program
 * that is loaded only then.
 */
export async function loadLibrary(): Promise<CompiledLibrary> {
  if (!existsSync(FACTS)) return (await import("./checkout-library.ts")).checkoutLibrary();
  const rules = (await import(pathToFileURL(path.join(import.meta.dirname, "library-rules.js")).href)) as PrecompiledRules;
  return linkLibrary(await loadLibraryFacts(), rules);
}
