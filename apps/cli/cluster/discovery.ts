import type { Discovery, ServedKind } from "@holdfast/posture";
import { NoReply, type ApiServer, type Reply } from "./api-server.ts";
import { fieldsOf, type Fields } from "./fields.ts";

/** The form in which one answer tells all kinds of all groups; servers before 1.26 don't know it and answer in the older one. */
const AGGREGATED = [
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
  "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList",
  "application/json",
].join(",");

/** Requests that run at the same time where a server must be asked for each group. */
const CONCURRENCY = 8;

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? (value as unknown[]).map(fieldsOf) : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Kinds as they are found, those of versions that a server prefers first. A kind of a group is taken in the first version that has it. */
class Found {
  readonly #kinds = new Map<string, ServedKind>();
  readonly silentGroups = new Map<string, string>();

  add(kind: ServedKind, verbs: unknown): void {
    const name = `${kind.group}/${kind.kind}`;
    if (kind.kind !== "" && Array.isArray(verbs) && verbs.includes("list") && !this.#kinds.has(name)) this.#kinds.set(name, kind);
  }

  get discovery(): Discovery {
    return { kinds: [...this.#kinds.values()], silentGroups: this.silentGroups };
  }
}

function addAggregated(found: Found, answer: Fields): void {
  for (const item of list(answer["items"])) {
    const group = text(fieldsOf(item["metadata"])["name"]);
    for (const version of list(item["versions"])) {
      if (version["freshness"] === "Stale" && group !== "") found.silentGroups.set(group, "the server behind it does not answer");
      for (const one of list(version["resources"])) {
        const served = {
          group,
          version: text(version["version"]),
          kind: text(fieldsOf(one["responseKind"])["kind"]),
          resource: text(one["resource"]),
          namespaced: one["scope"] === "Namespaced",
        };
        found.add(served, one["verbs"]);
      }
    }
  }
}

function addResources(found: Found, group: string, version: string, answer: Fields): void {
  for (const one of list(answer["resources"])) {
    const resource = text(one["name"]);
    // What has a slash is a part of an object: pods/log.
    if (resource.includes("/")) continue;
    const served = { group, version, kind: text(one["kind"]), resource, namespaced: one["namespaced"] === true };
    found.add(served, one["verbs"]);
  }
}

async function reply(server: ApiServer, target: string, accept?: string): Promise<Reply> {
  const answer = await server.request("GET", target, accept);
  if (answer.status === 200) return answer;
  throw new NoReply(text(fieldsOf(answer.body)["message"]) || `it answered ${target} with ${answer.status}`, {
    again: answer.status >= 500,
    slow: false,
  });
}

/** Asks for each group by itself, as clients of older servers do. */
async function addGroupByGroup(found: Found, server: ApiServer, core: Fields, groups: Fields): Promise<void> {
  const versions = [
    ...(Array.isArray(core["versions"])
      ? core["versions"].map((version) => ({ group: "", version: text(version), target: `/api/${text(version)}` }))
      : []),
    ...list(groups["groups"]).flatMap((group) => {
      const name = text(group["name"]);
      const preferred = text(fieldsOf(group["preferredVersion"])["version"]);
      const all = list(group["versions"]).map((one) => text(one["version"]));
      const ordered = [...all.filter((one) => one === preferred), ...all.filter((one) => one !== preferred)];
      return ordered.map((version) => ({ group: name, version, target: `/apis/${name}/${version}` }));
    }),
  ];
  const answers: (Fields | NoReply)[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < versions.length; at = next++) {
      const target = versions[at]?.target ?? "";
      try {
        answers[at] = fieldsOf((await reply(server, target)).body);
      } catch (error) {
        if (!(error instanceof NoReply)) throw error;
        answers[at] = error;
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  for (const [at, { group, version }] of versions.entries()) {
    const answer = answers[at];
    if (answer instanceof NoReply) found.silentGroups.set(group, answer.message);
    else if (answer !== undefined) addResources(found, group, version, answer);
  }
}

async function groupsOf(server: ApiServer, accept?: string): Promise<readonly [Fields, Fields]> {
  const [core = {}, groups = {}] = await Promise.all(
    ["/api", "/apis"].map(async (target) => fieldsOf((await reply(server, target, accept)).body)),
  );
  return [core, groups];
}

/** Finds out what an API server serves. Throws `NoReply` where it does not say. */
export async function discover(server: ApiServer): Promise<Discovery> {
  const found = new Found();
  const answers = await groupsOf(server, AGGREGATED);
  if (answers.every(({ kind }) => kind === "APIGroupDiscoveryList")) {
    for (const answer of answers) addAggregated(found, answer);
    return found.discovery;
  }
  const [core, groups] = await groupsOf(server);
  // A proxy's page for logging in comes with a status as good as any.
  if (core["kind"] !== "APIVersions" || groups["kind"] !== "APIGroupList")
    throw new NoReply("what it says of its API is not what an API server says", { again: false, slow: false });
  await addGroupByGroup(found, server, core, groups);
  return found.discovery;
}
