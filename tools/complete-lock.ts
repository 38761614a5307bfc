// `node tools/node24.cjs tools/complete-lock.ts`: run after `npm install` has changed package-lock.json.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { completeLock, type Lock } from "./lock-file.ts";
import { root } from "./run-tool.ts";

const file = path.join(root, "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8")) as Lock;
const { lock: complete, added } = completeLock(lock);
if (added.length > 0) writeFileSync(file, `${JSON.stringify(complete, null, 2)}\n`);
console.log(added.length === 0 ? "package-lock.json is complete" : `added to package-lock.json:\n${added.join("\n")}`);
