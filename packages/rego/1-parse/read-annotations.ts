import { load } from "js-yaml";
import type { Annotation, Span } from "./ast.ts";
import { plainMetadata } from "./plain-metadata.ts";
import { nearestWord } from "./nearest-word.ts";
import { SyntaxFailure } from "./syntax-failure.ts";

type Scope = Annotation["scope"];

const scopes: readonly Scope[] = ["rule", "document", "package", "subpackages"];

/**
 * Reads a block of comments that begins with `# METADATA`, as it stands before a `statement`: YAML, in which authors and related resources may be
 * written as a string each. Format: https://www.openpolicyagent.org/docs/policy-language#metadata
 */
export function readAnnotations(source: string, span: Span, statement: "package" | "import" | "rule"): Annotation | SyntaxFailure {
  const content = readYaml(source, span);
  if (content instanceof SyntaxFailure) return content;
  const scope = content["scope"] ?? defaultScope(content, statement);
  const known = scopes.find((each) => each === scope);
  if (known === undefined) return unknownScope(scope, span);
  const problem = misplaced(known, statement, span);
  if (problem !== null) return problem;
  return { scope: known, content: normalised(content, known), span };
}

function readYaml(source: string, span: Span): Readonly<Record<string, unknown>> | SyntaxFailure {
  const lines = source.slice(span.start, span.end).split(/\r?\n/).slice(1);
  const written = lines.map((line) => line.replace(/^\s*#/, ""));
  const plain = plainMetadata(written);
  if (plain !== null) return plain;
  let content: unknown;
  try {
    content = load(written.join("\n"));
  } catch {
    return invalid("these metadata are not valid YAML", span);
  }
  if (typeof content !== "object" || content === null || Array.isArray(content)) return invalid("these metadata are no YAML mapping", span);
  return content as Readonly<Record<string, unknown>>;
}

function invalid(message: string, span: Span): SyntaxFailure {
  return new SyntaxFailure("metadata-invalid", message, span, {
    hint: "every comment line directly below `# METADATA` belongs to the block: `# title: …`",
  });
}

/** An entrypoint speaks for all rules of its name. */
function defaultScope(content: Readonly<Record<string, unknown>>, statement: "package" | "import" | "rule"): Scope {
  if (statement === "package") return "package";
  return content["entrypoint"] === true ? "document" : "rule";
}

function unknownScope(scope: unknown, span: Span): SyntaxFailure {
  const near = typeof scope === "string" ? nearestWord(scope, scopes) : undefined;
  const hint = near === undefined ? `the scopes are ${scopes.join(", ")}` : `did you mean \`${near}\`?`;
  return new SyntaxFailure("metadata-invalid", typeof scope === "string" ? `there is no scope \`${scope}\`` : "a scope is a word", span, {
    hint,
  });
}

function misplaced(scope: Scope, statement: "package" | "import" | "rule", span: Span): SyntaxFailure | null {
  const belongs = scope === "package" || scope === "subpackages" ? "package" : "rule";
  if (belongs === statement) return null;
  return new SyntaxFailure(
    "metadata-misplaced",
    `metadata of the scope \`${scope}\` must stand before a ${belongs}, not before ${statement === "import" ? "an" : "a"} ${statement}`,
    span,
  );
}

function normalised(content: Readonly<Record<string, unknown>>, scope: Scope): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = { ...content, scope };
  if (Array.isArray(content["authors"])) result["authors"] = content["authors"].map(author);
  if (Array.isArray(content["related_resources"])) result["related_resources"] = content["related_resources"].map(resource);
  return result;
}

/** `Name <address>`, or either, as an object. */
function author(entry: unknown): unknown {
  if (typeof entry !== "string") return entry;
  const match = /^(.*?)\s*<([^<>]+)>$/.exec(entry.trim());
  const [, name = entry.trim(), email] = match ?? [];
  return { ...(name === "" ? {} : { name }), ...(email === undefined ? {} : { email }) };
}

function resource(entry: unknown): unknown {
  return typeof entry === "string" ? { ref: entry } : entry;
}
