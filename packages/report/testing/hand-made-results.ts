// The results that golden files show: one for each situation that a person or a program meets.
import type { Finding, Problem, Result } from "@holdfast/core";
import { attacked } from "./attacked-result.ts";
import { buildResult, resourceAt, type ControlPart, type ResultParts } from "./build-result.ts";
import { hostile } from "./hostile-result.ts";
import { sharedFaults } from "./shared-faults-result.ts";

const PRIVILEGED: ControlPart = {
  id: "C-0057",
  name: "Privileged container",
  score: 8,
  help: {
    description:
      "A privileged container is **root** on its node. The capability `SYS_ADMIN` comes to [nearly the same](https://example.com/caps).",
    why: "Whoever gets into such a container has the node a command later.",
    fix: "- In the manifest: remove `privileged: true`.\n\n```yaml\nprivileged: false\n```",
    limits: "This looks at what the manifest asks for.",
  },
};
const READ_ONLY: ControlPart = { id: "C-0017", name: "Immutable container filesystem", score: 3 };
const LIMITS: ControlPart = { id: "C-0270", name: "CPU limits are set", score: 8 };
const CREDENTIALS: ControlPart = { id: "C-0012", name: "Credentials in configuration files", score: 8 };
const EXEC: ControlPart = { id: "C-0002", name: "Who may run commands in containers", score: 5 };
const NETWORK: ControlPart = { id: "C-0030", name: "Ingress and egress blocked", score: 6 };
const KUBELET: ControlPart = {
  id: "C-0069",
  name: "Anonymous requests to the kubelet",
  score: 10,
  status: "skipped",
  skips: [
    {
      reason: "needs-input",
      input: "host-data",
      kinds: ["KubeletInfo"],
      providedBy: "a node agent that writes hostdata objects: pass them as files beside the manifests",
    },
  ],
};
const AUDIT: ControlPart = {
  id: "C-0067",
  name: "Audit logs enabled",
  score: 5,
  status: "skipped",
  skips: [
    {
      reason: "needs-input",
      input: "host-data",
      kinds: ["KubeletInfo"],
      providedBy: "a node agent that writes hostdata objects: pass them as files beside the manifests",
    },
  ],
};
const INGRESS: ControlPart = {
  id: "C-0059",
  name: "Snippets in the annotations of ingress-nginx",
  score: 8,
  status: "skipped",
  skips: [{ reason: "no-match", kinds: ["Ingress"], detail: "no object of a kind that the rule judges" }],
};

const RESOURCES = [
  resourceAt("ClusterRole", "support", "deploy/access.yaml", 1),
  resourceAt("ClusterRoleBinding", "support", "deploy/access.yaml", 12),
  resourceAt("Deployment", "shop/catalog", "deploy/catalog.yaml", 1),
  resourceAt("DaemonSet", "kube-system/node-tuner", "deploy/node-tuner.yaml", 1),
  { ...resourceAt("Group", "support"), apiVersion: "rbac.authorization.k8s.io/v1" },
];

const PRIVILEGED_FINDING: Finding = {
  fingerprint: "3f0c1d5e8a7b4c2d9e6f0a1b2c3d4e5f",
  control: "C-0057",
  rule: "rule-privilege-escalation",
  severity: "high",
  resource: 3,
  status: "open",
  message: "container tune has the rights of the host's administrator",
  related: [],
  paths: [
    {
      path: "spec.template.spec.containers[0].securityContext.privileged",
      kind: "delete",
      file: "deploy/node-tuner.yaml",
      line: 19,
      column: 25,
    },
  ],
  evidence: [{ path: "spec.template.spec.containers[0].securityContext.privileged", value: "true" }],
  fixes: [{ kind: "remove", path: "spec.template.spec.containers[0].securityContext.privileged" }],
  source: {
    file: "deploy/node-tuner.yaml",
    line: 19,
    column: 25,
    endLine: 19,
    endColumn: 29,
    exact: true,
    excerpt: {
      line: 17,
      text: "          image: registry.example.com/tuner:1.2\n          securityContext:\n            privileged: true\n            runAsUser: 0\n          resources: {}",
    },
  },
  edit: {
    file: "deploy/node-tuner.yaml",
    replacements: [{ startLine: 19, startColumn: 1, endLine: 20, endColumn: 1, text: "" }],
    diff: "@@ -17,5 +17,4 @@\n           image: registry.example.com/tuner:1.2\n           securityContext:\n-            privileged: true\n             runAsUser: 0\n           resources: {}",
  },
};

const READ_ONLY_FINDING: ResultFinding = {
  control: "C-0017",
  resource: 2,
  message: "container catalog may write to its root file system",
  paths: [{ path: "spec.template.spec.containers[0].securityContext", kind: "failed", file: "deploy/catalog.yaml", line: 14, column: 11 }],
  fixes: [{ kind: "set", path: "spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem", value: true }],
  source: {
    file: "deploy/catalog.yaml",
    line: 14,
    column: 11,
    endLine: 14,
    endColumn: 26,
    exact: false,
    excerpt: {
      line: 12,
      text: "        - name: catalog\n          image: registry.example.com/catalog:2.9.0\n          securityContext:\n            capabilities:\n              drop: [ALL]",
    },
  },
  edit: {
    file: "deploy/catalog.yaml",
    replacements: [{ startLine: 17, startColumn: 1, endLine: 17, endColumn: 1, text: "            readOnlyRootFilesystem: true\n" }],
    diff: "@@ -15,3 +15,4 @@\n             capabilities:\n               drop: [ALL]\n+            readOnlyRootFilesystem: true\n           resources: {}",
  },
};

type ResultFinding = NonNullable<ResultParts["findings"]>[number];

const CREDENTIALS_FINDING: ResultFinding = {
  control: "C-0012",
  resource: 2,
  message: "the variable DATABASE_PASSWORD of container catalog looks like a credential",
  paths: [{ path: "spec.template.spec.containers[0].env[0].value", kind: "review", file: "deploy/catalog.yaml", line: 21, column: 22 }],
  evidence: [{ path: "spec.template.spec.containers[0].env[0].value", value: "•••", masked: true }],
  fixes: [
    {
      kind: "choose",
      path: "spec.template.spec.containers[0].env[0].value",
      question: "which Secret holds it, for valueFrom.secretKeyRef to name",
    },
  ],
  source: {
    file: "deploy/catalog.yaml",
    line: 21,
    column: 22,
    endLine: 21,
    endColumn: 43,
    exact: true,
    excerpt: { line: 20, text: "            - name: DATABASE_PASSWORD\n              value: •••   # a fault: this belongs in a Secret" },
  },
};

const EXEC_FINDING: ResultFinding = {
  control: "C-0002",
  resource: 4,
  message: "the group support may run commands in every pod of the cluster",
  related: [1, 0],
  paths: [
    { path: "subjects[0]", kind: "review", resource: 1, file: "deploy/access.yaml", line: 20, column: 5 },
    { path: "rules[1].resources[0]", kind: "review", resource: 0, file: "deploy/access.yaml", line: 10, column: 17 },
  ],
  fixes: [{ kind: "none", reason: "who needs this right is for the cluster's owners to say" }],
};

/** All is well: a few lines. */
const calm: Result = buildResult({
  scores: { compliance: 100, strictCompliance: 100, coverage: 100, reach: { answerable: 3, total: 5 } },
  frameworks: [{ id: "nsa", name: "NSA", controls: ["C-0012", "C-0017", "C-0057", "C-0067", "C-0069"] }],
  controls: [CREDENTIALS, READ_ONLY, PRIVILEGED, AUDIT, KUBELET],
  resources: RESOURCES.slice(2, 4),
  gates: [
    {
      gate: "compliance-threshold",
      framework: "nsa",
      wanted: 90,
      actual: 100,
      outcome: "holds",
      message: "compliance-threshold 90 % holds: the compliance of framework nsa is 100 %",
      causes: [],
    },
  ],
});

/** Findings of every kind: with and without an edit, a place, a file; one accepted. */
const findings: Result = buildResult({
  time: "2026-01-01T00:00:00Z",
  scores: { compliance: 81.96, strictCompliance: 79.04, coverage: 100, reach: { answerable: 6, total: 8 } },
  frameworks: [{ id: "nsa", name: "NSA", controls: ["C-0002", "C-0012", "C-0017", "C-0030", "C-0057", "C-0059", "C-0067", "C-0069"] }],
  controls: [
    EXEC,
    CREDENTIALS,
    READ_ONLY,
    {
      ...NETWORK,
      status: "accepted",
      counts: { passed: 3, failed: 0, accepted: 1, skipped: 0, errored: 0 },
      skips: [
        {
          reason: "needs-input",
          input: "cloud",
          providedBy: "the cloud provider's description of the cluster (EKS, AKS or GKE), as a ClusterDescribe object",
        },
      ],
    },
    PRIVILEGED,
    INGRESS,
    AUDIT,
    KUBELET,
  ],
  resources: RESOURCES,
  findings: [
    CREDENTIALS_FINDING,
    PRIVILEGED_FINDING,
    { ...EXEC_FINDING },
    {
      control: "C-0030",
      resource: 3,
      status: "accepted",
      acceptedBy: 0,
      message: "no network policy selects its pods",
      fixes: [{ kind: "choose", question: "which traffic it needs" }],
      source: { file: "deploy/node-tuner.yaml", line: 4, column: 9, exact: false, excerpt: { line: 4, text: "  name: node-tuner" } },
    },
    READ_ONLY_FINDING,
  ],
  exceptions: [
    {
      id: "node-tuner-network",
      reason: "It uses the host's network.",
      file: "exceptions.yaml",
      line: 3,
      expires: "2026-12-31",
      accepts: 1,
    },
  ],
  gates: [
    {
      gate: "severity-threshold",
      wanted: "high",
      actual: "high",
      outcome: "breached",
      message: "severity-threshold high breached: 2 open findings are as severe or more, because of C-0012 (1), C-0057 (1)",
      causes: [PRIVILEGED_FINDING.fingerprint],
    },
    {
      gate: "coverage-threshold",
      framework: "nsa",
      wanted: 95,
      actual: 100,
      outcome: "holds",
      message: "coverage-threshold 95 % holds: the coverage of framework nsa is 100 %",
      causes: [],
    },
  ],
});

function lostTemplate(line: number): Problem {
  return {
    code: "template",
    stage: "load",
    subject: `charts/shop/templates/part-${line}.yaml`,
    effect: "lost",
    cause: "it has template expressions, such as {{ .Values.replicas }}",
    remedy: "Render it (`helm template`, for example) and scan the result, or list it in .holdfastignore.",
    file: `charts/shop/templates/part-${line}.yaml`,
    line,
    column: 7,
  };
}

/** Documents and an evaluation were lost. */
const losses: Result = buildResult({
  roots: ["charts", "deploy"],
  ignored: 12,
  scores: { compliance: 99.96, strictCompliance: 99.96, coverage: 34.78, reach: { answerable: 2, total: 3 } },
  controls: [
    CREDENTIALS,
    { ...PRIVILEGED, status: "errored", counts: { passed: 0, failed: 0, accepted: 0, skipped: 0, errored: 3 } },
    KUBELET,
  ],
  resources: RESOURCES.slice(2, 4),
  problems: [
    {
      code: "duplicate-key",
      stage: "load",
      subject: "deploy/catalog.yaml",
      effect: "partial",
      cause: 'the key "image" stands twice, first in line 13',
      remedy: "Delete one of the two.",
      file: "deploy/catalog.yaml",
      line: 15,
      column: 11,
    },
    ...Array.from({ length: 7 }, (_, i) => lostTemplate(i + 3)),
    {
      code: "yaml-syntax",
      stage: "load",
      subject: "deploy/broken.yaml",
      effect: "lost",
      cause: "bad indentation of a mapping entry",
      remedy: "Correct the document at this line; the fault is often a little before the place where the parser noticed it.",
      file: "deploy/broken.yaml",
      line: 12,
      column: 3,
    },
    {
      code: "rule-failed",
      stage: "evaluate",
      subject: "C-0057",
      effect: "lost",
      cause: "rule-privilege-escalation: division by zero",
      remedy: "If the rule is yours, mend it at the place named. If it is one of Holdfast's, report it with the object that makes it fail.",
    },
  ],
});

/** Nothing was there to judge. */
const empty: Result = buildResult({
  roots: ["docs"],
  scores: { coverage: null, reach: { answerable: 1, total: 2 } },
  frameworks: [{ id: "nsa", name: "NSA", controls: ["C-0057", "C-0069"] }],
  controls: [{ ...PRIVILEGED, status: "skipped", skips: [{ reason: "no-match", kinds: ["Pod", "apps/Deployment"] }] }, KUBELET],
  gates: [
    {
      gate: "compliance-threshold",
      framework: "nsa",
      wanted: 80,
      actual: null,
      outcome: "no-data",
      message: "compliance-threshold 80 %: no data: framework nsa has no compliance, because nothing was evaluated",
      causes: [],
    },
  ],
});

/** One control that hits very many resources, beside another; two frameworks. */
const many: Result = buildResult({
  scores: { compliance: 41.5, strictCompliance: 41.5, coverage: 100, reach: { answerable: 2, total: 2 } },
  frameworks: [
    {
      id: "hardening",
      name: "Our own hardening",
      controls: ["C-0270"],
      compliance: 0.04,
      strictCompliance: 0.04,
      reach: { answerable: 1, total: 1 },
    },
    { id: "nsa", name: "NSA", controls: ["C-0057", "C-0270"] },
  ],
  controls: [PRIVILEGED, LIMITS],
  resources: Array.from({ length: 24 }, (_, i) =>
    resourceAt("Deployment", `team-${i % 7}/service-${i}`, `estate/team-${i % 7}/service-${i}.yaml`, 1),
  ),
  findings: [
    { ...PRIVILEGED_FINDING, resource: 0 },
    ...Array.from({ length: 24 }, (_, i): ResultFinding => ({
      control: "C-0270",
      resource: i,
      message: "container app has no CPU limit",
      fixes: [
        { kind: "choose", path: "spec.template.spec.containers[0].resources.limits.cpu", question: "how much CPU it may use at most" },
      ],
      source: {
        file: `estate/team-${i % 7}/service-${i}.yaml`,
        line: 14,
        column: 11,
        endLine: 14,
        endColumn: 20,
        exact: false,
        excerpt: { line: 13, text: "          image: registry.example.com/app:1\n          resources:\n            requests: {cpu: 100m}" },
      },
    })),
  ],
});

/** All of them, by name. */
export const handMadeResults: Readonly<Record<string, Result>> = {
  calm,
  findings,
  losses,
  empty,
  many,
  hostile,
  attacked,
  shared: sharedFaults,
};
