import { addExplain } from "./explain.ts";
import { addList } from "./list-command.ts";
import { addRego } from "./rego.ts";
import { addReport } from "./report.ts";
import { addScan } from "./scan.ts";
import { addVersion } from "./version.ts";
import type { AddCommand } from "./define.ts";

/** All commands, in the order of help. */
export const commands: readonly AddCommand[] = [addScan, addReport, addExplain, addList, addRego, addVersion];
