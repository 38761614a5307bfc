// Results with all that a scan can be told to do beside judging: a baseline, a lock file, exceptions of each outcome, rendered inputs, a cluster.
import type { Result } from "@holdfast/core";
import { handMadeResults } from "./hand-made-results.ts";

const base = handMadeResults["findings"] as Result;
const [first, second, ...others] = base.findings;

/** A scan of files beside a baseline, under a lock file, with exceptions of which some did not apply. */
export const comparedResult: Result = {
  ...base,
  inputs: {
    ...base.inputs,
    renderers: [{ name: "helm", version: "v3.19.0" }],
    rendered: [{ kind: "chart", name: "shop", file: "charts/shop", files: ["charts/shop/values.yaml"], resources: 4, problems: 0 }],
    notExpanded: [{ kind: "HelmRelease", name: "shop/redis", file: "deploy/redis.yaml", line: 1, reason: "its chart is not in the tree" }],
  },
  findings: [
    ...(first === undefined ? [] : [{ ...first, acceptedIn: [{ framework: "nsa", exception: 0 }] }]),
    ...(second?.source === undefined
      ? []
      : [
          {
            ...second,
            source: {
              ...second.source,
              reason: "the template joins several values",
              feeds: { file: "values.yaml", path: "tuner.privileged" },
            },
          },
        ]),
    ...others,
  ],
  exceptions: [
    {
      ...(base.exceptions[0] ?? { id: "", reason: "", accepts: 0 }),
      form: "SecurityException",
      status: "active",
      scope: "C-0030 of DaemonSet kube-system/node-tuner",
      author: "platform@example.com",
    },
    {
      id: "old-one",
      reason: "until the move",
      expires: "2025-12-31T00:00:00Z",
      accepts: 0,
      status: "expired",
      detail: "it ended on 2025-12-31: renew or delete it",
    },
    { id: "idle", reason: "", accepts: 0, status: "active" },
  ],
  comparison: {
    baseline: {
      file: "last-week.json",
      form: "holdfast",
      time: "2025-12-25T00:00:00Z",
      notes: ["The library is another: 3 rules changed."],
    },
    counts: { new: 1, resolved: 1, unchanged: 3, accepted: 0, incomparable: 1 },
    findings: [
      {
        status: "new",
        side: "now",
        control: "C-0057",
        severity: "high",
        resource: { apiVersion: "apps/v1", kind: "DaemonSet", namespace: "kube-system", name: "node-tuner" },
        message: "container tune has the rights of the host's administrator",
      },
      {
        status: "resolved",
        side: "then",
        control: "C-0017",
        severity: "low",
        resource: { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "orders" },
        message: "container orders may write to its root file system",
      },
      {
        status: "incomparable",
        side: "then",
        control: "C-0069",
        severity: "critical",
        resource: { apiVersion: "v1", kind: "Node", namespace: "", name: "worker-1" },
        message: "the kubelet answers anybody",
        reason: "control-not-judged-now",
        why: "C-0069 did not judge this time",
      },
    ],
  },
  ratchet: {
    file: "holdfast.lock",
    facts: 12,
    breaches: [
      {
        kind: "zero",
        subject: "control C-0057",
        fact: "findings",
        wanted: 0,
        actual: 1,
        message: "control C-0057 had no open finding and has 1.",
        changed: ["the library"],
        findings: [],
      },
    ],
    update: { outcome: "not-asked", tightened: 0, loosened: 0 },
  },
};

/** A scan of a cluster of which one kind may not be read. */
export const clusterResult: Result = {
  ...base,
  inputs: {
    ...base.inputs,
    roots: [],
    kind: "cluster",
    files: [],
    cluster: {
      context: "prod",
      server: "https://10.0.0.1:6443",
      version: "v1.34.4",
      namespaces: { included: [], excluded: ["kube-system"] },
      kinds: [
        {
          group: "apps",
          kind: "Deployment",
          version: "v1",
          resource: "deployments",
          state: "listed",
          lists: 1,
          lost: 0,
          listed: 1200,
          produced: 1200,
          owned: 0,
          repeated: 0,
          dropped: 0,
        },
        {
          group: "",
          kind: "Secret",
          state: "forbidden",
          detail: "the account may not list secrets",
          lists: 0,
          lost: 1,
          listed: 0,
          produced: 0,
          owned: 0,
          repeated: 0,
          dropped: 0,
        },
        {
          group: "example.com",
          kind: "Widget",
          state: "not-served",
          lists: 0,
          lost: 0,
          listed: 0,
          produced: 0,
          owned: 0,
          repeated: 0,
          dropped: 0,
        },
      ],
      account: { lists: 1, lost: 1, listed: 1200, produced: 1200, owned: 0, repeated: 0, dropped: 0 },
    },
  },
};
