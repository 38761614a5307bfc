// A result of its own, since it takes many controls to make a page an overview.
import type { Result } from "@holdfast/core";
import { buildResult, resourceAt, type ControlPart, type ResultParts } from "./build-result.ts";

type FindingPart = NonNullable<ResultParts["findings"]>[number];

const SMALL_CONTROLS = 14;

const HOST_DATA: NonNullable<ControlPart["skips"]> = [
  { reason: "needs-input", input: "host-data", kinds: ["KubeletInfo"], providedBy: "a node agent that writes hostdata objects" },
];

const PRIVILEGED: FindingPart = {
  control: "C-0211",
  resource: 1,
  message: "container tune has the rights of the host's administrator",
  fixes: [{ kind: "remove", path: "spec.template.spec.containers[0].securityContext.privileged" }],
  source: {
    file: "deploy/node-tuner.yaml",
    line: 19,
    column: 25,
    endLine: 19,
    endColumn: 29,
    exact: true,
    excerpt: { line: 18, text: "          securityContext:\n            privileged: true\n            runAsUser: 0" },
  },
};

const HOST_PIDS: FindingPart = {
  control: "C-0038",
  resource: 1,
  message: "DaemonSet node-tuner shares its node's processes",
  fixes: [{ kind: "remove", path: "spec.template.spec.hostPID" }],
  edit: {
    file: "deploy/node-tuner.yaml",
    replacements: [{ startLine: 12, startColumn: 1, endLine: 13, endColumn: 1, text: "" }],
    diff: "@@ -11,3 +11,2 @@\n     spec:\n-      hostPID: true\n       containers:",
  },
};

/**
 * So many controls failed that the page is an overview, and some found what others had found before: the broad C-0211 in the same
 * words as C-0057, C-0017 in other words but with the edit of C-0038, and the small ones all the same.
 */
export const sharedFaults: Result = buildResult({
  scores: { compliance: 12, strictCompliance: 12, coverage: 100, reach: { answerable: 18, total: 21 } },
  controls: [
    { id: "C-0017", name: "Immutable container filesystem", score: 3 },
    { id: "C-0038", name: "Host PID and IPC", score: 7 },
    { id: "C-0057", name: "Privileged container", score: 8 },
    { id: "C-0069", name: "Anonymous requests to the kubelet", score: 10, status: "skipped", skips: HOST_DATA },
    { id: "C-0070", name: "Client certificates of the kubelet", score: 9, status: "skipped", skips: HOST_DATA },
    { id: "C-0071", name: "Read-only port of the kubelet", score: 9, status: "skipped", skips: HOST_DATA },
    { id: "C-0211", name: "Security contexts", score: 9 },
    ...Array.from({ length: SMALL_CONTROLS }, (_, i): ControlPart => ({ id: `C-04${i + 10}`, name: `Volumes, part ${i + 1}`, score: 2 })),
  ],
  resources: [
    resourceAt("Deployment", "shop/catalog", "deploy/catalog.yaml", 1),
    resourceAt("DaemonSet", "kube-system/node-tuner", "deploy/node-tuner.yaml", 1),
  ],
  findings: [
    PRIVILEGED,
    { ...PRIVILEGED, resource: 0, message: "container catalog gains privileges" },
    { ...PRIVILEGED, control: "C-0057" },
    { control: "C-0057", resource: 0, message: "container catalog has SYS_ADMIN", fixes: [{ kind: "none", reason: "It may need it." }] },
    HOST_PIDS,
    { ...HOST_PIDS, control: "C-0017", message: "the node's files are within reach" },
    ...Array.from({ length: SMALL_CONTROLS }, (_, i): FindingPart => ({
      control: `C-04${i + 10}`,
      resource: 0,
      message: "volume cache of Deployment catalog has no limit",
      fixes: [{ kind: "choose", path: "spec.template.spec.volumes[0].emptyDir.sizeLimit", question: "how much it may hold" }],
    })),
  ],
});
