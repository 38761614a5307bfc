import { RESULT_SCHEMA, type Result } from "@holdfast/core";
import { placeBreach } from "./place-check.ts";
import { readResultLines } from "./read-result-lines.ts";
import { SchemaCheck } from "./schema-check.ts";

/** A stored result, or one sentence on why a text is none. */
export type ReadOutcome = { readonly result: Result } | { readonly problem: string };

const HOW_TO_WRITE = "`holdfast scan PATH --format json --output result.json` writes a result.";

/** What a document that is no result may be, by the keys that it has. The first that fits. */
const STRANGERS: readonly { readonly keys: readonly string[]; readonly what: string }[] = [
  { keys: ["summaryDetails"], what: "a report of Kubescape" },
  { keys: ["runs", "version"], what: "a SARIF log" },
  { keys: ["apiVersion", "kind"], what: "a Kubernetes object" },
  { keys: ["SchemaVersion", "Results"], what: "a report of Trivy" },
];

function strangerProblem(document: unknown): string {
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    return `it holds no result of Holdfast, which is a JSON object. ${HOW_TO_WRITE}`;
  }
  const schema = "schema" in document ? document.schema : undefined;
  if (typeof schema === "string" && schema.startsWith("holdfast.result/")) {
    return `it has the form ${JSON.stringify(schema.slice(0, 100))}, and this version of Holdfast reads holdfast.result/v1. Read it with the version that wrote it, or scan again.`;
  }
  const stranger = STRANGERS.find(({ keys }) => keys.every((key) => Object.hasOwn(document, key)));
  const what =
    stranger === undefined
      ? 'it is no result of Holdfast: it has no "schema": "holdfast.result/v1"'
      : `it is ${stranger.what}, no result of Holdfast`;
  return `${what}. ${HOW_TO_WRITE}`;
}

function syntaxProblem(text: string): string {
  if (/^(?:age-encryption\.org\/|-----BEGIN AGE ENCRYPTED FILE-----)/u.test(text))
    return "it is encrypted: `holdfast decrypt FILE` makes it readable.";
  // What the format json writes ends with a brace.
  const cut = text.trimStart().startsWith("{") && !text.trimEnd().endsWith("}");
  return `it is not valid JSON${cut ? ": it ends too early, as if it had not been written whole" : ""}. ${HOW_TO_WRITE}`;
}

/**
 * Reads a stored result, the text that the format `json` writes. Never throws: what is returned has the form of `result.schema.json`, and every place in it
 * points into its list, so that each format can show it.
 */
export function readResult(text: string): ReadOutcome {
  const bare = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (bare.trim() === "") return { problem: `it is empty. ${HOW_TO_WRITE}` };
  let document: unknown;
  try {
    document = JSON.parse(bare);
  } catch {
    return { problem: syntaxProblem(bare) };
  }
  return checked(document);
}

/** The same of a document that is parsed already. */
function checked(document: unknown): ReadOutcome {
  if (typeof document !== "object" || document === null || !("schema" in document) || document.schema !== "holdfast.result/v1") {
    return { problem: strangerProblem(document) };
  }
  const breach = new SchemaCheck(RESULT_SCHEMA).breachOf(document) ?? placeBreach(document as unknown as Result);
  if (breach === null) return { result: document as unknown as Result };
  return { problem: `it is not as Holdfast wrote it: ${breach.path.slice(0, 200)} ${breach.what}. Scan again, or restore the file.` };
}

/**
 * Reads a stored result from the bytes of a file, holding no more than its values in memory where the file is laid out as the format `json` writes it. `open` begins at the
 * start of the file, and may be called twice. Throws what `open` throws.
 */
export async function readStoredResult(open: () => AsyncIterable<Uint8Array>): Promise<ReadOutcome> {
  const document = await readResultLines(open());
  if (document !== null) return checked(document);
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of open()) text += decoder.decode(piece, { stream: true });
  return readResult(text + decoder.decode());
}
