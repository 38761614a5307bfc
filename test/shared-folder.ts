import { existsSync } from "node:fs";
import path from "node:path";

const candidate = process.env["HOLDFAST_SHARED"] ?? path.join(import.meta.dirname, "../../shared");

/** The folder of suites, corpora and facts that the project is measured with; null where it is not at hand. */
export const sharedFolder: string | null = existsSync(path.join(candidate, "README.md")) ? candidate : null;
