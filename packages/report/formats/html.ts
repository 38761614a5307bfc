import { page } from "../html/document.ts";
import type { Format } from "./define.ts";

/**
 * One self-contained page for people: scores first, findings to search and filter, what was accepted and what was not judged. It needs no network, and its policy (CSP)
 * lets it use none.
 */
export const html: Format = { render: page };
