// A user's own framework: in our form (library/frameworks) or as Kubescape writes frameworks (JSON).
import { nearestNames, type Framework, type FrameworkSection, type Library, type ObjectPath } from "@holdfast/core";
import { FieldReader, type LibraryFault, type LibraryFile } from "../library/library-fault.ts";
import { readPageText, type PageText } from "../library/page-text.ts";

/** A control that a section names, and where. */
interface NamedControl {
  readonly name: string;
  readonly line: number;
}

interface ReadSection {
  readonly section: Omit<FrameworkSection, "controls">;
  readonly controls: readonly NamedControl[];
}

type Fields = Readonly<Record<string, unknown>>;

function isMapping(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The names in a list, each with its line. Elements are texts, or mappings with `controlID`. */
function namesIn(
  list: readonly unknown[],
  path: ObjectPath,
  page: PageText,
  file: string,
  faults: LibraryFault[],
): readonly NamedControl[] {
  return list.flatMap((element, index) => {
    const line = page.lineOf([...path, index]);
    const name = isMapping(element) ? element["controlID"] : element;
    if (typeof name === "string" && name.trim() !== "") return [{ name: name.trim(), line }];
    faults.push({ file, line, message: "expected the id of a control" });
    return [];
  });
}

/** Our form: `sections`, each with an id, a title and controls. */
function readSections(fields: FieldReader, page: PageText, file: string, faults: LibraryFault[]): readonly ReadSection[] {
  return fields.list("sections").map((value, index) => {
    const path = ["sections", index];
    const reader = new FieldReader(value, file, faults, page.linesOf(path));
    const notShown = reader.optionalText("notShown");
    const read: ReadSection = {
      section: { id: reader.text("id"), title: reader.text("title"), ...(notShown === undefined ? {} : { notShown }) },
      controls: namesIn(reader.list("controls"), [...path, "controls"], page, file, faults),
    };
    reader.refuseOthers();
    return read;
  });
}

/** Kubescape's sections: mappings from id to `{name, controlsIDs, subSections}`, as deep as the standard is; here one list, with ids such as `3.1`. */
function readSubSections(
  value: unknown,
  path: ObjectPath,
  above: string,
  page: PageText,
  file: string,
  faults: LibraryFault[],
): readonly ReadSection[] {
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, section]) => {
    const here = [...path, key];
    const reader = new FieldReader(section, file, faults, page.linesOf(here));
    const id = above === "" ? key : `${above}.${key}`;
    const listName = ["controlsIDs", "ControlsIDs", "controls"].find((name) => reader.raw(name) !== undefined) ?? "controlsIDs";
    const controls = namesIn(reader.list(listName), [...here, listName], page, file, faults);
    const below = readSubSections(reader.raw("subSections"), [...here, "subSections"], id, page, file, faults);
    return [...(controls.length === 0 ? [] : [{ section: { id, title: reader.optionalText("name") ?? id }, controls }]), ...below];
  });
}

/** Kubescape's form: the controls are in `controls`, whole or by id, in `activeControls` or in `ControlsIDs`; `subSections` puts some of them in sections. */
function readReleased(fields: FieldReader, name: string, page: PageText, file: string, faults: LibraryFault[]): readonly ReadSection[] {
  const sections = readSubSections(fields.raw("subSections"), ["subSections"], "", page, file, faults);
  const listName = ["controls", "activeControls", "ControlsIDs", "controlsIDs"].find((key) => {
    const list = fields.raw(key);
    return Array.isArray(list) && list.length > 0;
  });
  const all = listName === undefined ? [] : namesIn(fields.list(listName), [listName], page, file, faults);
  const placed = new Set(sections.flatMap(({ controls }) => controls.map((control) => control.name.toLowerCase())));
  const others = all.filter((control) => !placed.has(control.name.toLowerCase()));
  return others.length === 0 ? sections : [...sections, { section: { id: "controls", title: name }, controls: others }];
}

/** The ids of controls that are named by id or by their whole name, in any case, each once. What there is not is a fault with the names that may be meant. */
function resolveControls(named: readonly NamedControl[], library: Library, file: string, faults: LibraryFault[]): readonly string[] {
  const ids = named.flatMap(({ name, line }) => {
    const wanted = name.toLowerCase();
    const found = library.controls.find((control) => control.id.toLowerCase() === wanted || control.name.toLowerCase() === wanted);
    if (found !== undefined) return [found.id];
    const byId = nearestNames(
      name,
      library.controls.map(({ id }) => id),
    );
    const nearest =
      byId.length > 0
        ? byId
        : nearestNames(
            name,
            library.controls.map((control) => control.name),
          );
    const hint = nearest.length === 0 ? "" : `; did you mean ${nearest.join(" or ")}?`;
    faults.push({ file, line, message: `there is no control ${JSON.stringify(name)}${hint}` });
    return [];
  });
  return [...new Set(ids)];
}

/**
 * Reads a user's framework, whose controls are those of the library (custom rules among them). Its id is `id`, or the name in lower case. Notes all that is wrong with it,
 * with lines; null where no framework can be made of it.
 */
export function readFrameworkFile(file: LibraryFile, library: Library, faults: LibraryFault[]): Framework | null {
  const before = faults.length;
  const page = readPageText(file, faults);
  if (page === null) return null;
  const fields = new FieldReader(page.value, file.path, faults, page.linesOf([]));
  if (!isMapping(page.value)) return null;
  const ours = fields.raw("sections") !== undefined;
  const name = ours ? fields.text("name") : (fields.optionalText("name") ?? fields.text("id"));
  const id = ours ? fields.text("id") : (fields.optionalText("id") ?? name.toLowerCase());
  const description = fields.optionalText("description") ?? name;
  const read = ours ? readSections(fields, page, file.path, faults) : readReleased(fields, name, page, file.path, faults);
  // Kubescape's files have many fields beside; ours are few, and one that is not known is most often misspelt.
  if (ours) fields.refuseOthers();
  const sections = read.map(({ section, controls }) => ({ ...section, controls: resolveControls(controls, library, file.path, faults) }));
  if (faults.length === before && sections.every(({ controls }) => controls.length === 0)) fields.fault("it names no controls");
  const twin = library.frameworks.find((one) => [one.id, one.name.toLowerCase()].includes(id.toLowerCase()));
  if (twin !== undefined) fields.fault(`there is a framework ${twin.id} already: give it another id`);
  return faults.length > before ? null : { id, name, description, sections };
}
