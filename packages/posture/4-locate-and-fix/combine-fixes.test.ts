import { describe, expect, test } from "vitest";
import type { Fix } from "@holdfast/core";
import { loadText } from "../testing/load-text.ts";
import { combineFixes } from "./combine-fixes.ts";

const set = (path: string, value: unknown): Fix => ({ kind: "set", path, value });
const remove = (path: string): Fix => ({ kind: "remove", path });

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostPID: true # once needed
  containers:
    - name: web
      image: web:1
`;

async function combined(text: string, ...wishes: readonly (readonly Fix[])[]): Promise<ReturnType<typeof combineFixes>> {
  const [resource] = await loadText(text);
  if (resource === undefined) throw new Error("no object");
  return combineFixes(wishes.map((fixes) => ({ resource, fixes })));
}

describe("wishes of several findings", () => {
  test("a mapping that isn't there is made once, with all that they add", async () => {
    const at = "spec.containers[0].securityContext";
    const { texts, refused } = await combined(
      POD,
      [set(`${at}.privileged`, false)],
      [set(`${at}.runAsNonRoot`, true)],
      [set(`${at}.privileged`, false)],
      [remove("spec.hostPID")],
    );
    expect(refused.size).toBe(0);
    expect(texts).toHaveLength(1);
    expect(texts[0]?.taken).toEqual([0, 1, 2, 3]);
    expect(texts[0]?.after).toBe(
      POD.replace("  hostPID: true # once needed\n", "").replace(
        "web:1\n",
        "web:1\n      securityContext:\n        privileged: false\n        runAsNonRoot: true\n",
      ),
    );
  });

  test("one that contradicts another waits", async () => {
    const { texts, refused } = await combined(
      POD,
      [set("spec.hostPID", false)],
      [remove("spec.hostPID")],
      [set("spec.securityContext", {})],
      [set("spec.securityContext.runAsUser", 1000)],
    );
    expect(texts[0]?.taken).toEqual([0, 2]);
    expect(refused.size).toBe(0);
  });

  test("one that can't be done is refused with its reason, and the others are done", async () => {
    const shared = POD.replace("metadata:\n  name: web", "metadata:\n  name: web\n  labels: &l {a: b}\n  annotations: *l");
    const { texts, refused } = await combined(shared, [set("metadata.labels.c", "d")], [remove("spec.hostPID")]);
    expect(texts[0]?.taken).toEqual([1]);
    expect([...refused.keys()]).toEqual([0]);
    expect(refused.get(0)).toContain("alias");
    expect(texts[0]?.after).toBe(shared.replace("  hostPID: true # once needed\n", ""));
  });

  test("nothing to do is no text", async () => {
    expect((await combined(POD, [{ kind: "none", reason: "x" }])).texts).toEqual([]);
  });
});
