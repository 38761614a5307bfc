// A result whose findings chain: an exposed shop, of which one workload can be taken further than the others.
import type { AttackedWorkload, Result, StepState } from "@holdfast/core";
import { buildResult, resourceAt, type ControlPart, type FindingPart } from "./build-result.ts";

const EXPOSED: ControlPart = { id: "C-0256", name: "External facing", score: 7 };
const PRIVILEGES: ControlPart = { id: "C-0046", name: "Insecure capabilities", score: 7 };
const LIMITS: ControlPart = { id: "C-0270", name: "CPU limits are set", score: 8 };
const NETWORK: ControlPart = { id: "C-0041", name: "HostNetwork access", score: 7 };
const SECRETS: ControlPart = { id: "C-0255", name: "Workload with secret access", score: 8 };

const NAMES = ["catalog", "orders", "payment", "search"] as const;

function exposed(resource: number): FindingPart {
  const message = `Deployment shop/${NAMES[resource]} is reached from outside the cluster`;
  const reason = "The workload itself needs no change: whether it should be reached from outside is decided where it is opened.";
  return { control: "C-0256", resource, message, related: [4], fixes: [{ kind: "none", reason }] };
}

function limits(resource: number, container: number): FindingPart {
  return {
    control: "C-0270",
    resource,
    message: `container c${container} has no CPU limit`,
    fixes: [{ kind: "choose", question: "how much CPU it may use at most" }],
    source: {
      file: `deploy/${NAMES[resource]}.yaml`,
      line: 14 + container,
      column: 9,
      exact: false,
      excerpt: { line: 14 + container, text: `        - name: c${container}` },
    },
  };
}

const CAPABILITIES: FindingPart = {
  control: "C-0046",
  resource: 0,
  message: "container catalog has the capability SYS_ADMIN",
  fixes: [{ kind: "remove", path: "spec.template.spec.containers[0].securityContext.capabilities.add[0]" }],
  source: {
    file: "deploy/catalog.yaml",
    line: 18,
    column: 20,
    endLine: 18,
    endColumn: 29,
    exact: true,
    excerpt: { line: 17, text: "            capabilities:\n              add: [SYS_ADMIN]\n              drop: [ALL]" },
  },
  edit: {
    file: "deploy/catalog.yaml",
    replacements: [{ startLine: 18, startColumn: 20, endLine: 18, endColumn: 29, text: "" }],
    diff: "@@ -17,3 +17,3 @@\n             capabilities:\n-              add: [SYS_ADMIN]\n+              add: []\n               drop: [ALL]",
  },
};

const state = (status: StepState["status"], ...findings: readonly number[]): StepState => ({ status, findings });
const UNKNOWN_IMAGES: StepState = { status: "unknown", findings: [], why: "image-vulnerabilities" };
const NOT_JUDGED: StepState = { status: "unknown", findings: [], why: "not-judged", notJudged: ["C-0274"] };

/** A workload that can be brought down, by the places of its findings. */
function down(resource: number, entry: number, ...open: readonly number[]): AttackedWorkload {
  return {
    resource,
    severity: "high",
    length: 2,
    exposed: true,
    chains: 1,
    known: 1,
    tracks: [
      {
        track: 0,
        depth: 2,
        steps: [state("reached", entry), state("reached", ...open)],
        chains: [{ steps: [0, 1], severity: "high", length: 2, known: true }],
      },
    ],
    fix: { findings: open, breaks: 1 },
  };
}

const catalog: AttackedWorkload = {
  resource: 0,
  severity: "high",
  length: 2,
  exposed: true,
  chains: 2,
  known: 1,
  tracks: [
    {
      track: 0,
      depth: 2,
      steps: [state("reached", 0), state("reached", 5)],
      chains: [{ steps: [0, 1], severity: "high", length: 2, known: true }],
    },
    {
      track: 1,
      depth: 1,
      steps: [state("reached", 0), UNKNOWN_IMAGES, state("open", 4), state("broken"), state("accepted", 12), NOT_JUDGED],
      chains: [{ steps: [0, 1, 2], severity: "high", length: 2, known: false }],
    },
  ],
  fix: { findings: [4], breaks: 1 },
};

/** Four workloads on which findings chain: more than a page shows at first. */
export const attacked: Result = buildResult({
  scores: { compliance: 50, strictCompliance: 48, coverage: 100, reach: { answerable: 5, total: 5 } },
  controls: [NETWORK, PRIVILEGES, SECRETS, EXPOSED, LIMITS],
  resources: [
    ...NAMES.map((name) => resourceAt("Deployment", `shop/${name}`, `deploy/${name}.yaml`, 1)),
    resourceAt("Service", "shop/front", "deploy/front.yaml", 1),
  ],
  findings: [
    ...[0, 1, 2, 3].map(exposed),
    CAPABILITIES,
    limits(0, 0),
    ...[0, 1, 2, 3, 4].map((container) => limits(1, container)),
    limits(2, 0),
    {
      control: "C-0255",
      resource: 0,
      status: "accepted",
      acceptedBy: 0,
      message: "it reads the secret front",
      fixes: [{ kind: "none", reason: "it needs the secret" }],
    },
    limits(3, 0),
  ],
  exceptions: [{ id: "front-secret", reason: "It needs it.", accepts: 1 }],
  attack: {
    tracks: [
      {
        name: "service-destruction",
        length: 2,
        steps: [
          { name: "Initial Access", after: null, checksVulnerabilities: false, controls: ["C-0256"] },
          { name: "Denial of service", after: 0, checksVulnerabilities: false, controls: ["C-0270"] },
        ],
      },
      {
        name: "workload-external-track",
        length: 3,
        steps: [
          { name: "Initial Access", after: null, checksVulnerabilities: false, controls: ["C-0256"] },
          { name: "Execution (Vulnerable Image)", after: 0, checksVulnerabilities: true, controls: [] },
          { name: "Privilege Escalation (Node)", after: 1, checksVulnerabilities: false, controls: ["C-0046"] },
          { name: "Lateral Movement (Network)", after: 1, checksVulnerabilities: false, controls: ["C-0041"] },
          { name: "Secret Access", after: 1, checksVulnerabilities: false, controls: ["C-0255"] },
          { name: "Persistence", after: 1, checksVulnerabilities: false, controls: ["C-0274"] },
        ],
      },
    ],
    workloads: [catalog, down(1, 1, 6, 7, 8, 9, 10), down(2, 2, 11), down(3, 3, 13)],
  },
});
