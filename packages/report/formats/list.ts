import type { Format } from "./define.ts";
import { json } from "./json.ts";
import { pretty } from "./pretty.ts";
import { sarif } from "./sarif.ts";

/** All formats, in the order in which help lists them; the first is the one that is used when none is asked for. */
export const formats: readonly Format[] = [pretty, json, sarif];
