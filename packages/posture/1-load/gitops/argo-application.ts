import path from "node:path";
import type { ObjectPath } from "@holdfast/core";
import type { LoadedResource, LoaderAccess, RootOutcome } from "../loaders/define.ts";
import { plainScalar } from "../../yaml/plain-scalar.ts";
import { SourceText } from "../../yaml/source-text.ts";
import {
  displayName,
  isFields,
  kustomizationOf,
  listOf,
  onlyDocument,
  scalarText,
  textOf,
  type Fields,
} from "../kustomize/kustomization.ts";
import { expandFolder } from "./flux-kustomization.ts";
import type { FoundPath, Tree } from "./tree.ts";
import type { Expanded } from "./expanded.ts";
import { pathOfTarget, renderRelease, type ReleaseSources, type Unfollowed } from "./helm-release.ts";
import { valueAtPath, valuesInData, valuesInFields, writtenFile, type WrittenValues } from "./written-values.ts";

/** Follows an Argo CD Application: https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/. Only paths of the tree's own repository are followed. */
export async function expandApplication(
  resource: LoadedResource,
  sources: ReleaseSources,
  access: LoaderAccess,
): Promise<Expanded | Unfollowed> {
  const spec = isFields(resource.object["spec"]) ? resource.object["spec"] : {};
  const several = listOf(spec["sources"]).filter(isFields);
  const named: readonly (readonly [ObjectPath, Fields])[] =
    several.length > 0
      ? several.map((one, index) => [["spec", "sources", index], one])
      : [[["spec", "source"], isFields(spec["source"]) ? spec["source"] : {}]];
  const expanded: Expanded[] = [];
  for (const [at, source] of named) {
    // A source that only has a name lends its files to the others.
    if (source["ref"] !== undefined && source["path"] === undefined && source["chart"] === undefined) continue;
    const one = await expandSource(resource, at, source, sources, access);
    if ("reason" in one) return one;
    expanded.push(one);
  }
  const [first] = expanded;
  if (first === undefined) return { reason: "it names no source" };
  const documents = expanded.flatMap(({ outcome }) => outcome.documents);
  const files = [...new Set(expanded.flatMap(({ outcome }) => outcome.rendered?.files ?? []))].toSorted();
  const outcome: RootOutcome = {
    documents,
    ...(first.outcome.rendered === undefined ? {} : { rendered: { ...first.outcome.rendered, files } }),
  };
  return { outcome, parts: expanded.flatMap(({ parts }) => parts) };
}

async function expandSource(
  resource: LoadedResource,
  at: ObjectPath,
  source: Fields,
  { tree, file, foreign }: ReleaseSources,
  access: LoaderAccess,
): Promise<Expanded | Unfollowed> {
  const written = textOf(source["path"]);
  if (written === undefined)
    return { reason: `its chart ${scalarText(source["chart"])} comes from ${scalarText(source["repoURL"]) || "elsewhere"}` };
  if (source["plugin"] !== undefined) return { reason: "it is rendered by a plug-in of Argo CD" };
  const found = await tree.find(written, file);
  if (found === undefined)
    return { reason: `its path ${JSON.stringify(written)} of ${scalarText(source["repoURL"])} is not in what was scanned` };
  const reason = await foreign(scalarText(source["repoURL"]), found.root);
  if (reason !== undefined) return { reason };
  const names = new Set((await access.files.listFolder(found.place).catch(() => [])).map(({ name }) => name));
  const spec = isFields(resource.object["spec"]) ? resource.object["spec"] : {};
  const destination = isFields(spec["destination"]) ? spec["destination"] : {};
  const namespace = textOf(destination["namespace"]) ?? "default";
  if (names.has("Chart.yaml")) {
    const folderOf = async (name: string): Promise<string | undefined> => {
      const lent = listOf(spec["sources"]).find((one) => isFields(one) && scalarText(one["ref"]) === name);
      const url = isFields(lent) ? scalarText(lent["repoURL"]) : "";
      // Another repository's files are not here.
      return lent === undefined || (await foreign(url, found.root)) !== undefined ? undefined : found.root;
    };
    const values = await applicationValues(
      resource,
      at,
      isFields(source["helm"]) ? source["helm"] : {},
      { ...found, tree, folderOf },
      access,
    );
    if ("reason" in values) return values;
    const helm = isFields(source["helm"]) ? source["helm"] : {};
    return renderRelease(
      {
        resource,
        chart: { folder: found.place, files: access.files, root: await access.files.realPath(found.root) },
        releaseName: textOf(helm["releaseName"]) ?? resource.name,
        namespace,
        valuesFiles: values.files,
        ownValues: true,
        values: values.written,
      },
      access,
    );
  }
  const isOverlay = (await kustomizationOf(found.place, access)) !== undefined;
  const directory = isFields(source["directory"]) ? source["directory"] : {};
  const kustomize = isFields(source["kustomize"]) ? source["kustomize"] : {};
  return expandFolder(
    {
      resource,
      folder: found.place,
      root: found.root,
      fields: isOverlay ? kustomizeFields(kustomize) : {},
      where: (steps) => [...at, "kustomize", ...whereInApplication(steps)],
      variables: null,
      takes: (within) => (directory["recurse"] === true || !within.includes("/")) && isTaken(within, directory),
      overlaysBeneath: false,
    },
    access,
  );
}

/** `include` and `exclude` of a directory: patterns of a shell, or several in braces. */
function isTaken(within: string, directory: Fields): boolean {
  const matches = (pattern: unknown): boolean | undefined => {
    const text = textOf(pattern);
    if (text === undefined) return undefined;
    const several = /^\{(?<list>.*)\}$/u.exec(text)?.groups?.["list"]?.split(",") ?? [text];
    return several.some((one) => path.matchesGlob(within, one.trim()) || path.matchesGlob(path.posix.basename(within), one.trim()));
  };
  return matches(directory["include"]) !== false && matches(directory["exclude"]) !== true;
}

function kustomizeFields(kustomize: Fields): Fields {
  const fields: Record<string, unknown> = {};
  for (const key of ["namePrefix", "nameSuffix", "namespace", "patches", "components", "commonLabels", "commonAnnotations", "replicas"])
    if (kustomize[key] !== undefined) fields[key] = kustomize[key];
  const images = listOf(kustomize["images"]).flatMap((one) => (typeof one === "string" ? [imageOf(one)] : []));
  return images.length === 0 ? fields : { ...fields, images };
}

/** `name=newname:tag`, `name:tag` or `name@digest`, as `kustomize edit set image` has it. */
function imageOf(written: string): Fields {
  const equals = written.indexOf("=");
  const name = equals === -1 ? undefined : written.slice(0, equals);
  const rest = written.slice(equals + 1);
  const parts = /^(?<image>[^@]*?)(?:@(?<digest>.+)|:(?<tag>[^:/@]+))?$/u.exec(rest)?.groups ?? {};
  const { image = rest, digest, tag } = parts;
  return {
    name: name ?? image,
    ...(name === undefined ? {} : { newName: image }),
    ...(tag === undefined ? {} : { newTag: tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** An image is one text there, without fields of its own. */
function whereInApplication(steps: ObjectPath): ObjectPath {
  return steps[0] === "images" ? steps.slice(0, 2) : steps;
}

/** Where the values files of a source are looked for. */
interface ValuesPlaces extends FoundPath {
  readonly tree: Tree;
  /** The folder of the source that has a name to be referred to by, `$name/…`; undefined where its files are not here. */
  readonly folderOf: (name: string) => Promise<string | undefined>;
}

/** Values of an Application, those that count most last: files, `values`, `valuesObject`, `parameters`. */
async function applicationValues(
  resource: LoadedResource,
  at: ObjectPath,
  helm: Fields,
  { root, place: folder, tree, folderOf }: ValuesPlaces,
  access: LoaderAccess,
): Promise<{ readonly files: readonly string[]; readonly written: readonly WrittenValues[] } | Unfollowed> {
  const files: string[] = [];
  for (const one of listOf(helm["valueFiles"])) {
    const written = scalarText(one);
    const lent = /^\$(?<name>[^/]+)\/(?<rest>.*)$/u.exec(written)?.groups;
    const from = lent === undefined ? folder : await folderOf(lent["name"] ?? "");
    // A path from the root of its repository, as Argo CD takes it.
    const place =
      lent === undefined
        ? path.resolve(folder, written.startsWith("/") ? path.join(root, written) : written)
        : path.join(from ?? root, lent["rest"] ?? "");
    const isThere = from !== undefined && (await tree.holds(root, place));
    if (isThere) files.push(place);
    else if (helm["ignoreMissingValueFiles"] !== true)
      return { reason: `its values file ${written} is not in what was scanned, beside ${displayName(folder, access.cwd)}` };
  }
  const written: WrittenValues[] = [];
  const next = (): ReturnType<typeof writtenFile> => writtenFile(access.cwd, `${resource.namespace}-${resource.name}`, written.length);
  const text = textOf(helm["values"]);
  if (text !== undefined && onlyDocument(new SourceText("", text)) !== undefined)
    written.push(valuesInData(resource, [...at, "helm", "values"], text, next()));
  if (isFields(helm["valuesObject"])) written.push(valuesInFields(resource, [...at, "helm", "valuesObject"], helm["valuesObject"], next()));
  for (const [index, parameter] of listOf(helm["parameters"]).entries()) {
    if (!isFields(parameter)) continue;
    const value = scalarText(parameter["value"]);
    const set = parameter["forceString"] === true ? value : plainScalar(value);
    written.push(
      valueAtPath(resource, [...at, "helm", "parameters", index, "value"], pathOfTarget(scalarText(parameter["name"])), set, next()),
    );
  }
  return { files, written };
}
