import path from "node:path";
import { formatObjectPath, identityOf, makeProblem, type KubernetesObject, type ObjectPath, type Problem } from "@holdfast/core";
import { LOAD_PROBLEMS } from "../load-problems.ts";
import type { LoadProblemCode } from "../load-problems.ts";
import type { DocumentOutcome, FileEntry, LoadedResource, LoaderAccess, Origin, ResourceOrigins } from "../loaders/define.ts";
import { readEntryText } from "../read-text.ts";
import { isTextPath } from "../text-fields.ts";
import { aliasBudget, compose } from "../../yaml/compose.ts";
import { SourceText } from "../../yaml/source-text.ts";
import { YamlFault } from "../../yaml/yaml-fault.ts";
import { HclFault, type HclEntry, type HclMap } from "./hcl-node.ts";
import { instancesOf, type Instance, type Instances } from "./instances.ts";
import { jsonBody } from "./json-nodes.ts";
import { ModuleScope } from "./module-scope.ts";
import { parseHcl } from "./parse-hcl.ts";
import { objectOfManifest, objectOfResource, type MadeObject } from "./resource-object.ts";
import { kindOfType, makesObject } from "./resource-types.ts";

/** Reads the Kubernetes resources of a file: one document each, or one that says that there are none. */
export async function loadTerraformFile(entry: FileEntry, access: LoaderAccess): Promise<readonly DocumentOutcome[]> {
  const read = await readEntryText(entry, access.files);
  if ("problem" in read) return [{ kind: "lost", problem: read.problem }];
  if (!read.source.text.includes("kubernetes_")) return [{ kind: "not-kubernetes" }];
  const body = bodyOf(read.source);
  if ("problem" in body) return [{ kind: "lost", problem: body.problem }];
  const scope = await scopeOf(entry, access);
  const outcomes = body.entries.flatMap((one) => resourceOf(one, read.source, scope));
  return outcomes.length === 0 ? [{ kind: "not-kubernetes" }] : outcomes;
}

function bodyOf(source: SourceText): HclMap | { readonly problem: Problem } {
  const at = (offset: number, cause: string): { readonly problem: Problem } => ({
    problem: problemAt(source, "hcl-syntax", offset, cause),
  });
  try {
    if (!/\.json$/iu.test(source.file)) return parseHcl(source.text);
    const [document] = compose(source.text, 0, source.text.length, aliasBudget());
    return document === undefined ? at(0, "it is empty") : jsonBody(document.nodes, document.value);
  } catch (error) {
    if (error instanceof HclFault || error instanceof YamlFault) return at(error.offset, error.message);
    throw error;
  }
}

/** The names that the files of the same folder declare: they are one module. */
async function scopeOf(entry: FileEntry, { files }: LoaderAccess): Promise<ModuleScope> {
  const scope = new ModuleScope();
  const folder = path.dirname(entry.path);
  const names = (await files.listFolder(folder).catch(() => [])).filter(({ kind }) => kind === "file").map(({ name }) => name);
  const bodies = async (fits: RegExp): Promise<readonly HclMap[]> => {
    const found: HclMap[] = [];
    for (const name of names.filter((one) => fits.test(one)).toSorted()) {
      const read = await readEntryText({ ...entry, path: path.join(folder, name), file: name }, files);
      const body = "source" in read ? bodyOf(read.source) : undefined;
      if (body !== undefined && !("problem" in body)) found.push(body);
    }
    return found;
  };
  for (const body of await bodies(/\.tf(?:\.json)?$/iu)) scope.declare(body);
  // In the order in which Terraform reads them, the later counting more.
  for (const body of await bodies(/^terraform\.tfvars$/u)) scope.assign(body);
  for (const body of await bodies(/\.auto\.tfvars$/u)) scope.assign(body);
  return scope;
}

function resourceOf(entry: HclEntry, source: SourceText, scope: ModuleScope): readonly DocumentOutcome[] {
  const [type = ""] = entry.labels ?? [];
  if (entry.key !== "resource" || entry.value.kind !== "map") return [];
  if (!type.startsWith("kubernetes_")) return [];
  if (!makesObject(type)) return [{ kind: "not-kubernetes" }];
  const instances = instancesOf(entry.value, scope);
  // It says in so many words that there is none of it.
  if (instances.all.length === 0) return [{ kind: "not-kubernetes" }];
  return instances.all.flatMap((one) => instanceOf(entry, source, one, instances.unknown));
}

function instanceOf(
  entry: HclEntry,
  source: SourceText,
  { key, scope }: Instance,
  howMany: Instances["unknown"],
): readonly DocumentOutcome[] {
  const [type = "", name = ""] = entry.labels ?? [];
  const made = entry.value.kind === "map" ? madeObject(type, entry.value, scope) : { reason: "it has no body" };
  const title = `${type}.${name}${key}`;
  if ("reason" in made) return [{ kind: "lost", problem: problemAt(source, "terraform-unknown", entry.start, `${title}: ${made.reason}`) }];
  const { unknown } = made;
  const deciding = unknown.find(({ path: at }) => !isTextPath(at) && at[0] !== "metadata" && !HARMLESS_LISTS.has(String(at.at(-1))));
  const tell = ({ path: at, source: text }: MadeObject["unknown"][number]): string =>
    `${title}: ${formatObjectPath(at)} is ${JSON.stringify(text.slice(0, 100))}`;
  const placeOf = (at: ObjectPath): number => made.places.get(JSON.stringify(at))?.key[0] ?? entry.start;
  if (deciding !== undefined)
    return [{ kind: "lost", problem: problemAt(source, "terraform-unknown", placeOf(deciding.path), tell(deciding)) }];
  const [first] = unknown;
  const problems = first === undefined ? [] : [problemAt(source, "terraform-partial", placeOf(first.path), tell(first))];
  if (howMany !== undefined) {
    const cause = `${title}: how many there are is ${howMany.argument} = ${JSON.stringify(howMany.source.slice(0, 100))}; one was judged`;
    problems.push(problemAt(source, "terraform-partial", entry.start, cause));
  }
  const fields = unknown.filter(({ path: [first, second, third] }) => first !== "metadata" || third !== undefined || second === undefined);
  const resource = loaded(made, entry, source);
  const values = fields.map(({ path: at, source: text }) => ({ path: at, variables: [text] }));
  return [{ kind: "produced", resources: [values.length === 0 ? resource : { ...resource, unknown: values }], problems }];
}

/** Lists whose items are made when it is applied, and which only add texts. */
const HARMLESS_LISTS: ReadonlySet<string> = new Set(["env", "envFrom", "tolerations", "imagePullSecrets", "hostAliases", "nodeSelector"]);

function madeObject(type: string, body: HclMap, scope: ModuleScope): MadeObject | { readonly reason: string } {
  if (type === "kubernetes_manifest") {
    const manifest = body.entries.find(({ key }) => key === "manifest")?.value;
    const made = manifest === undefined ? undefined : objectOfManifest(manifest, scope);
    if (made === undefined || typeof made.object["kind"] !== "string" || typeof made.object["apiVersion"] !== "string")
      return { reason: "its manifest is no object that stands here" };
    return made;
  }
  const kind = kindOfType(type);
  return kind === undefined ? { reason: "its type is not known, and what it makes is not guessed" } : objectOfResource(body, kind, scope);
}

function loaded(made: MadeObject, entry: HclEntry, source: SourceText): LoadedResource {
  const text = new SourceText(source.file, JSON.stringify(made.object));
  const [document] = compose(text.text, 0, text.text.length, aliasBudget());
  if (document === undefined) throw new Error("an object of Terraform has no text");
  const object = document.value as KubernetesObject;
  const { line } = source.lines.placeOf(entry.start);
  return {
    ...identityOf(object),
    object,
    file: source.file,
    line,
    source: { text, nodes: document.nodes, node: 0 },
    origins: new TerraformOrigins(made, entry, source),
  };
}

class TerraformOrigins implements ResourceOrigins {
  readonly #made: MadeObject;
  readonly #entry: HclEntry;
  readonly #text: SourceText;

  constructor(made: MadeObject, entry: HclEntry, text: SourceText) {
    this.#made = made;
    this.#entry = entry;
    this.#text = text;
  }

  readonly prepare = async (): Promise<void> => {};

  readonly originOf = (steps: ObjectPath): Origin => {
    for (let length = steps.length; length > 0; length -= 1) {
      const place = this.#made.places.get(JSON.stringify(steps.slice(0, length)));
      if (place === undefined) continue;
      const exact = length === steps.length;
      const isBlock = this.#text.text[place.value[0]] === "{";
      const [start, end] = exact && !isBlock ? place.value : place.key;
      return { text: this.#text, start, end, exact };
    }
    const name = this.#made.places.get(JSON.stringify(["metadata", "name"]));
    const [start, end] = name?.value ?? [this.#entry.start, this.#entry.end];
    return { text: this.#text, start, end, exact: false };
  };
}

function problemAt(source: SourceText, code: LoadProblemCode, offset: number, cause: string): Problem {
  return makeProblem(LOAD_PROBLEMS, code, { subject: source.file, cause, file: source.file, ...source.lines.placeOf(offset) });
}
