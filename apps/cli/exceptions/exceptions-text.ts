import { dump } from "js-yaml";
import { toPolicy, toSecurityException, type Exception } from "@holdfast/judge/exceptions";
import { UsageError } from "../usage-error.ts";

/** The form that exceptions are written in: objects of Kubernetes as YAML, or policies as a JSON array. */
export type WrittenForm = "crd" | "policy";

/** Exceptions as values of a form. Throws `UsageError` with all that the form can't say. */
export function formedExceptions(exceptions: readonly Exception[], form: WrittenForm): readonly Readonly<Record<string, unknown>>[] {
  const faults: string[] = [];
  const values = exceptions.flatMap((exception) => {
    const conversion = form === "crd" ? toSecurityException(exception) : toPolicy(exception);
    if ("value" in conversion) return [conversion.value];
    const place = exception.file === null ? "" : `${exception.file}${exception.line === null ? "" : `:${exception.line}`}: `;
    for (const fault of conversion.faults) faults.push(`${place}exception ${exception.name}: ${fault}`);
    return [];
  });
  if (faults.length > 0) throw new UsageError(`${faults.join("\nholdfast: ")}\nNothing was written: a part of an exception would be lost.`);
  return values;
}

/** Objects as the documents of a YAML file. */
export function yamlText(values: readonly object[]): string {
  return values.map((value) => dump(value, { lineWidth: -1, noRefs: true })).join("---\n");
}

/** Values as a JSON array. */
export function jsonText(values: readonly object[]): string {
  return `${JSON.stringify(values, null, 2)}\n`;
}
