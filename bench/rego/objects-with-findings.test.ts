import { expect, test } from "vitest";
import { objectsWithFindings } from "./objects-with-findings.ts";

const pod = { kind: "Pod", metadata: { namespace: "shop", name: "web" } };
const binding = { kind: "RoleBinding", metadata: { namespace: "shop", name: "readers" } };

test("an object counts once, a subject as its binding", () => {
  const findings = [
    { alertObject: { k8sApiObjects: [pod] } },
    { alertObject: { k8sApiObjects: [pod] } },
    { alertObject: { externalObjects: { kind: "User", name: "jane", relatedObjects: [binding, { kind: "Role" }] } } },
    { alertObject: { externalObjects: { kind: "KubeletInfo", metadata: { name: "node-1" } } } },
  ];
  expect([...objectsWithFindings(findings)].sort()).toEqual(["KubeletInfo /node-1", "Pod shop/web", "RoleBinding shop/readers"]);
});
