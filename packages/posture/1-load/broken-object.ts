import { groupOf } from "@holdfast/core";
import type { LoadProblemCode } from "./load-problems.ts";

/** Why a document that is meant for a cluster can't be judged. */
export interface BrokenObject {
  readonly code: Extract<LoadProblemCode, "object-incomplete" | "object-encrypted">;
  readonly cause: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** What SOPS (https://getsops.io) puts in place of a value. */
const ENCRYPTED = "ENC[";
/** The same for a number or boolean: what is no text any more in its place. */
const ENCRYPTED_SETTING = /^ENC\[[^\]]*,type:(?:bool|int|float)\]$/u;

/** Groups of files for tools on the user's machine, which never reach a cluster though they look like objects. */
const CLIENT_GROUPS: ReadonlySet<string> = new Set(["kustomize.config.k8s.io"]);

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Whether a value is a Kubernetes object: it has an apiVersion and a kind, and is meant for a cluster. */
export function isKubernetes(value: unknown): value is Fields {
  if (!isObject(value)) return false;
  const { apiVersion, kind } = value;
  return isText(apiVersion) && isText(kind) && !CLIENT_GROUPS.has(groupOf(apiVersion));
}

/**
 * Tells a document that is meant for a cluster and can't be judged from one that is about something else: null for the latter, and for one that can be judged.
 * Incomplete is what has metadata and one of apiVersion and kind, and a `List` whose items are no list: the API server refuses both.
 */
export function brokenObject(value: unknown): BrokenObject | null {
  if (!isObject(value)) return null;
  return encryption(value) ?? incompleteness(value);
}

function incompleteness(object: Fields): BrokenObject | null {
  const { apiVersion, kind, metadata, items } = object;
  const incomplete = (cause: string): BrokenObject => ({ code: "object-incomplete", cause });
  if (isKubernetes(object)) {
    const wrong = kind === "List" && items !== undefined && items !== null && !Array.isArray(items);
    return wrong ? incomplete("the items of this List are no list") : null;
  }
  const meant = isObject(metadata) || (typeof kind === "string" && kind.endsWith("List") && Array.isArray(items));
  if (!meant) return null;
  if (isText(kind) && !isText(apiVersion))
    return incomplete(apiVersion === undefined ? "it has no apiVersion" : "its apiVersion is no text");
  if (isText(apiVersion) && !isText(kind) && !CLIENT_GROUPS.has(groupOf(apiVersion)))
    return incomplete(kind === undefined ? "it has no kind" : "its kind is no text");
  return null;
}

function encryption(object: Fields): BrokenObject | null {
  const { apiVersion, kind, sops } = object;
  if (!isObject(sops)) return null;
  const unnamed = [apiVersion, kind].some((text) => typeof text === "string" && text.startsWith(ENCRYPTED));
  if (unnamed) return { code: "object-encrypted", cause: "SOPS has encrypted its kind or apiVersion" };
  return hasEncryptedSetting(object) ? { code: "object-encrypted", cause: "SOPS has encrypted numbers or booleans in it" } : null;
}

function hasEncryptedSetting(value: unknown): boolean {
  if (typeof value === "string") return value.startsWith(ENCRYPTED) && ENCRYPTED_SETTING.test(value);
  return typeof value === "object" && value !== null && Object.values(value).some(hasEncryptedSetting);
}
