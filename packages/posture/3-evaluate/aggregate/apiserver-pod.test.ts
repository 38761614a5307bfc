import { expect, test } from "vitest";
import { apiserverPods } from "./apiserver-pod.ts";

function pod(container: object, labels?: object): Record<string, unknown> {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "p", ...(labels && { labels }) },
    spec: { containers: [{ name: "c", ...container }] },
  };
}

test.each([
  ["a command", pod({ command: ["kube-apiserver", "--secure-port=6443"] })],
  ["a path", pod({ command: ["/usr/local/bin/kube-apiserver"] })],
  ["a multi-call binary", pod({ command: ["/hyperkube", "kube-apiserver"] })],
  ["a first argument", pod({ args: ["kube-apiserver", "--secure-port=6443"] })],
  ["a container's name", pod({ name: "kube-apiserver", args: ["--secure-port=6443"] })],
  ["a label", pod({ args: ["--secure-port=6443"] }, { component: "kube-apiserver" })],
])("knows an API server by %s", (_, object) => {
  expect(apiserverPods([object])).toStrictEqual([object]);
});

test.each([
  ["other components", pod({ command: ["kube-controller-manager"] }, { component: "kube-controller-manager" })],
  ["flags that mention it", pod({ command: ["probe", "--target", "kube-apiserver"] })],
  ["longer names", pod({ command: ["not-kube-apiserver"] })],
  ["other kinds", { ...pod({ command: ["kube-apiserver"] }), kind: "Deployment" }],
  ["a pod without a spec", { kind: "Pod", metadata: { name: "p" } }],
  ["a pod whose fields are no lists", { kind: "Pod", metadata: null, spec: { containers: "kube-apiserver" } }],
])("leaves out %s", (_, object) => {
  expect(apiserverPods([object])).toStrictEqual([]);
});

test("hands on the very objects, in their order", () => {
  const first = pod({ command: ["kube-apiserver"] });
  const second = pod({ command: ["kube-apiserver", "--v=2"] });
  const found = apiserverPods([first, pod({ command: ["etcd"] }), second]);
  expect(found[0]).toBe(first);
  expect(found[1]).toBe(second);
});
