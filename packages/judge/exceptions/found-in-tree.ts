import type { ExceptionSummary, Resource } from "@holdfast/core";
import { hasInlineException, inlineName } from "./inline.ts";
import { isSecurityException } from "./read-exceptions.ts";
import { securityExceptionName } from "./read-security-exception.ts";

function textAt(object: unknown, key: string): string {
  const value = typeof object === "object" && object !== null ? (object as Readonly<Record<string, unknown>>)[key] : undefined;
  return typeof value === "string" ? value : "";
}

/** The word by which a file is given to a command, in quotes where a shell would break it. */
function shellWord(file: string): string {
  return /^[\w./@+-]+$/u.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
}

function howToPass(file: string | null): string {
  return `it was found in the scanned tree, where it applies only when it is passed: --exceptions ${file === null ? "FILE" : shellWord(file)}`;
}

/** The scanned files that hold policies of exceptions, each with how to pass it. `given` are those that were. */
export function policiesInTree(files: readonly string[], given: ReadonlySet<string>): readonly ExceptionSummary[] {
  return files
    .filter((file) => !given.has(file))
    .map((file) => ({
      id: file,
      form: "postureExceptionPolicy",
      status: "not-given",
      detail: howToPass(file),
      reason: "",
      file,
      accepts: 0,
    }));
}

/**
 * The exceptions among scanned objects that do not apply because nobody passed them: who changes a manifest could silence what is found in it. Each says how to pass it.
 * `given` are the files that exceptions were read from; `honored` says that annotations are applied.
 */
export function exceptionsInTree(
  resources: readonly Resource[],
  given: ReadonlySet<string>,
  honored: boolean,
): readonly ExceptionSummary[] {
  return resources.flatMap((resource): ExceptionSummary[] => {
    const { object, kind, file, line } = resource;
    const place = { ...(file === null ? {} : { file }), ...(line === null ? {} : { line }) };
    if (isSecurityException(object)) {
      if (file !== null && given.has(file)) return [];
      const reason = textAt(object["spec"], "reason");
      return [
        {
          id: securityExceptionName(object) ?? resource.name,
          form: kind === "SecurityException" ? "SecurityException" : "ClusterSecurityException",
          status: "not-given",
          detail: howToPass(file),
          reason,
          ...place,
          accepts: 0,
        },
      ];
    }
    if (honored || !hasInlineException(resource)) return [];
    const annotations = (object["metadata"] as { readonly annotations?: unknown }).annotations;
    const reason = textAt(annotations, "kubescape.io/skip-reason") || textAt(annotations, "holdfast.dev/skip-reason");
    const detail = "annotations of scanned objects apply only with --honor-inline-exceptions";
    return [{ id: inlineName(resource), form: "annotation", status: "not-given", detail, reason, ...place, accepts: 0 }];
  });
}
