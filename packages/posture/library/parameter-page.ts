import type { ParameterDescription, Parameters } from "@holdfast/core";
import { load } from "js-yaml";
import { FieldReader, type LibraryFault, type LibraryFile } from "./library-fault.ts";

/** Reads `library/parameters.yaml`. */
export function readParameters(file: LibraryFile, faults: LibraryFault[]): readonly ParameterDescription[] {
  const list = load(file.text);
  if (!Array.isArray(list)) {
    faults.push({ file: file.path, line: 1, message: "expected a list of parameters" });
    return [];
  }
  return list.map((value: unknown) => {
    const fields = new FieldReader(value, file.path, faults);
    const parameter: ParameterDescription = {
      name: fields.text("name"),
      meaning: fields.text("meaning"),
      form: fields.oneOf("form", ["strings", "regexes", "quantities", "number"]) ?? "strings",
      default: fields.texts("default"),
    };
    fields.refuseOthers();
    return parameter;
  });
}

/** The values that hold where the user sets none. */
export function defaultParameters(parameters: readonly ParameterDescription[]): Parameters {
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.default]));
}
