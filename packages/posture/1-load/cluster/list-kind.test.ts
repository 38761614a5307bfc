import fc from "fast-check";
import { expect, test } from "vitest";
import { identityOf } from "@holdfast/core";
import type { PageAnswer } from "./cluster-access.ts";
import { listKind, PAGE, type ListEnd, type ListJob } from "./list-kind.ts";
import { numberedObjects, pageFrom, scriptedAccess, servedKind, type SentRequest } from "./scripted-access.ts";

const POD = servedKind("Pod");
const job: ListJob = { kind: POD, namespace: null, metadataOnly: false, keeps: () => true };
const namesOf = (end: ListEnd): readonly string[] => (end.state === "listed" ? end.objects.map((object) => identityOf(object).name) : []);
const failed = (more: object = {}): PageAnswer => ({
  outcome: "failed",
  cause: "the connection was cut",
  again: true,
  slow: false,
  waitMilliseconds: null,
  ...more,
});

test("reads all pages, and gives items their kind", async () => {
  const objects = numberedObjects(2 * PAGE + 1);
  const { access, sent } = scriptedAccess([POD], (request) => pageFrom(objects, request));
  const end = await listKind(access, job);
  expect(namesOf(end)).toHaveLength(objects.length);
  expect(end).toMatchObject({
    state: "listed",
    leftOut: 0,
    objects: expect.arrayContaining([expect.objectContaining({ kind: "Pod", apiVersion: "v1" })]) as unknown,
  });
  expect(sent.map((request) => request.continue)).toEqual([null, "500", "1000"]);
});

test("what is not kept is only counted", async () => {
  const { access } = scriptedAccess([POD], (request) => pageFrom(numberedObjects(10), request, 3));
  const end = await listKind(access, { ...job, keeps: (object) => identityOf(object).name > "o-00006" });
  expect(end).toMatchObject({ state: "listed", leftOut: 7 });
  expect(namesOf(end)).toHaveLength(3);
});

test("a connection that is cut is tried again, later each time, and not for ever", async () => {
  const objects = numberedObjects(4);
  const mending = scriptedAccess([POD], (request, sent) => (sent.length % 3 === 0 ? pageFrom(objects, request, 2) : failed()));
  expect(namesOf(await listKind(mending.access, job))).toHaveLength(4);
  expect(mending.waits).toEqual([200, 400, 200, 400]);

  const dead = scriptedAccess([POD], (request, sent) => (sent.length === 1 ? pageFrom(objects, request, 2) : failed()));
  expect(await listKind(dead.access, job)).toEqual({ state: "failed", cause: "the connection was cut (5 tries)", dropped: 2 });
  expect(dead.sent).toHaveLength(6);
});

test("a server that says how long to wait is left alone for as long, within bounds", async () => {
  const { access, waits } = scriptedAccess([POD], (request, sent) =>
    sent.length === 1
      ? failed({ waitMilliseconds: 1000 })
      : sent.length === 2
        ? failed({ waitMilliseconds: 3_600_000 })
        : pageFrom([], request),
  );
  await listKind(access, job);
  expect(waits).toEqual([1000, 5000]);
});

test("what will not change is not tried again", async () => {
  const { access, sent } = scriptedAccess([POD], () => failed({ again: false, cause: "no" }));
  expect(await listKind(access, job)).toEqual({ state: "failed", cause: "no", dropped: 0 });
  expect(sent).toHaveLength(1);
});

test("a page that takes too long is asked for in smaller pieces", async () => {
  const objects = numberedObjects(400);
  const { access, sent } = scriptedAccess([POD], (request) => (request.limit > 200 ? failed({ slow: true }) : pageFrom(objects, request)));
  expect(namesOf(await listKind(access, job))).toHaveLength(400);
  expect(sent.map(({ limit }) => limit)).toEqual([500, 250, 125, 125, 125, 125]);
});

test.each([
  ["forbidden", "forbidden"],
  ["absent", "vanished"],
] as const)("a kind that is %s midway ends as %s, with what had been read left out", async (outcome, state) => {
  const { access } = scriptedAccess([POD], (request, sent) =>
    sent.length === 1 ? pageFrom(numberedObjects(9), request, 4) : { outcome, cause: "so it is" },
  );
  expect(await listKind(access, job)).toEqual({ state, cause: "so it is", dropped: 4 });
});

test("a list that expired goes on where the server says, in the present state", async () => {
  const before = numberedObjects(6);
  // Meanwhile one that was read is gone, one that was not is gone, and one has come.
  const after = [before[0], before[1], before[3], before[5], { metadata: { name: "o-00009", namespace: "shop", uid: "new" } }].filter(
    (object) => object !== undefined,
  );
  const { access } = scriptedAccess([POD], (request, sent) => {
    if (sent.length === 1) return pageFrom(before, request, 3);
    if (sent.length === 2) return { outcome: "expired", cause: "too old", continue: "2" };
    return pageFrom(after, request, 3);
  });
  const end = await listKind(access, job);
  expect(namesOf(end)).toEqual(["o-00000", "o-00001", "o-00002", "o-00003", "o-00005", "o-00009"]);
});

test("a list that expired and can't go on begins again, and forgets what it had read", async () => {
  const before = numberedObjects(6);
  const { access } = scriptedAccess([POD], (request, sent) => {
    if (sent.length === 1) return pageFrom(before, request, 3);
    if (sent.length === 2) return { outcome: "expired", cause: "too old", continue: null };
    return pageFrom(before.slice(2), request, 3);
  });
  expect(namesOf(await listKind(access, job))).toEqual(["o-00002", "o-00003", "o-00004", "o-00005"]);
});

test("a list that always expires, and one whose pages never end, come to an end", async () => {
  const old = scriptedAccess([POD], () => ({ outcome: "expired", cause: "too old", continue: null }));
  expect(await listKind(old.access, job)).toEqual({ state: "expired", cause: "too old (5 times)", dropped: 0 });
  const round = scriptedAccess([POD], () => ({ outcome: "page", items: [], continue: "again" }));
  expect(await listKind(round.access, job)).toMatchObject({ state: "failed" });
});

test("whatever happens on the way, a list that ends has each object once", async () => {
  const faults = fc.constantFrom<PageAnswer>(
    failed(),
    failed({ slow: true }),
    { outcome: "expired", cause: "too old", continue: null },
    { outcome: "page", items: [], continue: "0" },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.nat(60),
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.option(faults), { maxLength: 12 }),
      async (count, size, script) => {
        const objects = numberedObjects(count);
        const { access } = scriptedAccess([POD], (request, sent) => script[sent.length - 1] ?? pageFrom(objects, request, size));
        const end = await listKind(access, job);
        if (end.state !== "listed") return;
        expect(namesOf(end).toSorted()).toEqual(objects.map((object) => identityOf(object).name));
      },
    ),
  );
});

test("who set which field and the last applied copy are not kept; of a Secret's list nothing but metadata", async () => {
  const item = {
    metadata: {
      name: "s",
      namespace: "shop",
      managedFields: [{}],
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": '{"data":{"key":"c2VjcmV0"}}', keep: "me" },
    },
    data: { key: "c2VjcmV0" },
  };
  const secret = servedKind("Secret");
  const { access, sent } = scriptedAccess([secret], () => ({ outcome: "page", items: [item], continue: null }));
  const end = await listKind(access, { ...job, kind: secret, metadataOnly: true });
  const metadata = { name: "s", namespace: "shop", annotations: { keep: "me" } };
  expect(end).toMatchObject({ objects: [{ apiVersion: "v1", kind: "Secret", metadata }] });
  expect(JSON.stringify(end)).not.toContain("c2VjcmV0");
  expect(sent[0]?.metadataOnly).toBe(true);
});

test("pages of large objects are smaller, and what is kept of an object is said as it comes", async () => {
  const objects = numberedObjects(200);
  // Each of a megabyte, but for the last hundred.
  const size = (request: SentRequest): number => (Number(request.continue ?? 0) < 100 ? 1_000_000 : 100);
  const { access, sent } = scriptedAccess([POD], (request) => {
    const page = pageFrom(objects, request);
    return page.outcome === "page" ? { ...page, bytes: page.items.length * size(request) } : page;
  });
  const end = await listKind(access, { ...job, firstPage: 10, take: (object) => ({ metadata: object["metadata"] }) });
  expect(namesOf(end)).toHaveLength(200);
  expect(sent[0]?.limit).toBe(10);
  expect(new Set(sent.slice(1).map(({ limit }) => limit))).toEqual(new Set([5, 500]));
  expect(sent.at(-1)?.limit).toBe(500);
  if (end.state !== "listed") throw new Error(end.state);
  expect(end.objects.every((object) => !("kind" in object))).toBe(true);
});

test("a page of large objects that takes too long is made shorter too", async () => {
  const slow = { outcome: "failed", cause: "slow", again: true, slow: true, waitMilliseconds: null } as const;
  const objects = numberedObjects(20);
  const { access, sent } = scriptedAccess([POD], (request) => (request.limit > 5 ? slow : pageFrom(objects, request)));
  expect(namesOf(await listKind(access, { ...job, firstPage: 10 }))).toHaveLength(20);
  expect(sent.map(({ limit }) => limit)).toEqual([10, 5, 5, 5, 5]);
});
