import type { Framework, FrameworkSection } from "@holdfast/core";
import { load } from "js-yaml";
import { FieldReader, type LibraryFault, type LibraryFile } from "./library-fault.ts";

function readSection(value: unknown, file: string, faults: LibraryFault[]): FrameworkSection {
  const fields = new FieldReader(value, file, faults);
  const notShown = fields.optionalText("notShown");
  const section = {
    id: fields.text("id"),
    title: fields.text("title"),
    controls: fields.texts("controls"),
    ...(notShown === undefined ? {} : { notShown }),
  };
  fields.refuseOthers();
  return section;
}

/** Reads `library/frameworks/<id>.yaml`. */
export function readFramework(file: LibraryFile, faults: LibraryFault[]): Framework {
  const fields = new FieldReader(load(file.text), file.path, faults);
  const framework = {
    id: fields.text("id"),
    name: fields.text("name"),
    description: fields.text("description"),
    sections: fields.list("sections").map((section) => readSection(section, file.path, faults)),
  };
  fields.refuseOthers();
  if (!file.path.endsWith(`${framework.id}.yaml`)) fields.fault(`the file's name is not the framework's id, ${framework.id}`);
  return framework;
}
