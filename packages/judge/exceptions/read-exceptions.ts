import type { ObjectPath } from "@holdfast/core";
import type { ExceptionDocument, ExceptionFault } from "./document.ts";
import type { Exception } from "./exception.ts";
import { Fields, type NoteFault } from "./fields.ts";
import type { KnownPolicies } from "./known-policies.ts";
import { readPolicy } from "./read-policy.ts";
import { readSecurityException, SCOPE_ANNOTATION, securityExceptionName } from "./read-security-exception.ts";
import { isUnscoped } from "./scope.ts";

/** An exception, and where in its document it stands. */
export interface ReadException {
  readonly exception: Exception;
  readonly document: ExceptionDocument;
  readonly path: ObjectPath;
}

/** The exceptions of some documents, and all that is wrong with them. */
export interface ExceptionReading {
  readonly exceptions: readonly ReadException[];
  readonly faults: readonly ExceptionFault[];
}

type Plain = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOurs({ apiVersion, kind }: Plain): boolean {
  return (kind === "SecurityException" || kind === "ClusterSecurityException") && String(apiVersion).startsWith("kubescape.io/");
}

/** Whether an object is an exception of Kubescape's group. */
export function isSecurityException(object: Plain): boolean {
  return isOurs(object);
}

function isPolicy(value: Plain): boolean {
  return "policyType" in value || "posturePolicies" in value || "designators" in value;
}

/** A value that may be an exception, with its place in the document. */
interface Candidate {
  readonly value: Plain;
  readonly path: ObjectPath;
}

/** The values of a document that should each be an exception: itself, the items of a list of objects, or the elements of an array. */
function candidatesOf(value: unknown, path: ObjectPath, note: NoteFault): readonly Candidate[] {
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown, index) => {
      if (isObject(one)) return candidatesOf(one, [...path, index], note);
      note([...path, index], "expected an exception");
      return [];
    });
  }
  if (!isObject(value)) {
    note(path, "expected an exception");
    return [];
  }
  if (Array.isArray(value["items"]) && String(value["kind"]).endsWith("List"))
    return candidatesOf(value["items"], [...path, "items"], note);
  return [{ value, path }];
}

/** Where a scope must be given, and how one says that none is meant. */
function unscopedText({ form }: Exception): string {
  const declared =
    form === "postureExceptionPolicy" ? '"attributes": {"clusterWide": true}' : `the annotation ${SCOPE_ANNOTATION}: cluster`;
  return `it is about every object of the cluster, and does not say so: narrow it, or declare it with ${declared}`;
}

class Reader {
  readonly exceptions: ReadException[] = [];
  readonly faults: ExceptionFault[] = [];
  readonly #known: KnownPolicies;

  constructor(known: KnownPolicies) {
    this.#known = known;
  }

  #noter(document: ExceptionDocument, exception: string | null): NoteFault {
    return (path, message) => {
      const place = document.placeOf(path);
      this.faults.push({ file: document.file, line: place?.line ?? null, column: place?.column ?? null, exception, message });
    };
  }

  read(document: ExceptionDocument): void {
    for (const { key, line } of document.duplicateKeys)
      this.faults.push({
        file: document.file,
        line,
        column: null,
        exception: null,
        message: `the key ${JSON.stringify(key)} stands here again`,
      });
    // What stands between two markers of documents may be nothing.
    if (document.value === null) return;
    for (const candidate of candidatesOf(document.value, [], this.#noter(document, null))) this.#candidate(document, candidate);
  }

  #candidate(document: ExceptionDocument, { value, path }: Candidate): void {
    const named = isOurs(value) ? securityExceptionName(value) : typeof value["name"] === "string" ? value["name"] : null;
    const before = this.faults.length;
    const note = this.#noter(document, named);
    const fields = new Fields(value, path, note);
    const read = this.#form(fields, note);
    if (read === null) return;
    const exception: Exception = { ...read, file: document.file, line: document.placeOf(path)?.line ?? null };
    if (this.faults.length === before && isUnscoped(exception) && !exception.clusterWide) note(path, unscopedText(exception));
    this.exceptions.push({ exception, document, path });
  }

  #form(fields: Fields, note: NoteFault): Omit<Exception, "file" | "line"> | null {
    if (isOurs(fields.value)) return readSecurityException(fields, this.#known);
    if (isPolicy(fields.value)) return readPolicy(fields, this.#known);
    note(fields.path, "this is no exception: expected a SecurityException, a ClusterSecurityException or a postureExceptionPolicy");
    return null;
  }

  /** A name stands for one exception, so that what a result says of it can be told from what it says of another. */
  refuseTwins(): void {
    const first = new Map<string, Exception>();
    for (const { exception, document, path } of this.exceptions) {
      const { name } = exception;
      const other = first.get(name);
      if (name === "") continue;
      if (other === undefined) first.set(name, exception);
      else {
        const place = `${other.file ?? "the cluster"}${other.line === null ? "" : `:${other.line}`}`;
        this.#noter(document, name)(path, `another exception has this name (${place})`);
      }
    }
  }
}

/** Reads the exceptions of documents. Where there is any fault, none of them may be applied. Faults are in the order of the documents. */
export function readExceptions(documents: readonly ExceptionDocument[], known: KnownPolicies): ExceptionReading {
  const reader = new Reader(known);
  for (const document of documents) reader.read(document);
  reader.refuseTwins();
  return { exceptions: reader.exceptions, faults: reader.faults };
}
