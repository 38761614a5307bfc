// Policy files in the form that Kubescape releases, with rules of our own.

type Fields = Readonly<Record<string, unknown>>;

const match = (groups: readonly string[], kinds: readonly string[]): Fields => ({
  apiGroups: groups,
  apiVersions: ["*"],
  resources: kinds,
});

function rule(name: string, rego: string, more: Fields = {}): Fields {
  const shared = { attributes: {}, ruleLanguage: "Rego", dynamicMatch: [], ruleDependencies: [], ruleQuery: "armo_builtins" };
  return {
    name,
    ...shared,
    match: [match([""], ["ConfigMap"])],
    description: `${name}, as its file says`,
    remediation: "",
    rule: rego,
    ...more,
  };
}

function control(id: string, name: string, rules: readonly Fields[], more: Fields = {}): Fields {
  return {
    controlID: id,
    name,
    attributes: { controlTypeTags: ["compliance"] },
    description: `${name}: what it is.`,
    remediation: `${name}: what to do.`,
    baseScore: 6,
    category: { name: "Workload", id: "Cat-1" },
    scanningScope: { matches: ["cluster", "file"] },
    rules,
    rulesNames: rules.map((one) => one["name"]),
    ...more,
  };
}

const OWNED = `package armo_builtins

import rego.v1

deny contains finding if {
	some obj in input
	some label in data.postureControlInputs.ownerLabels
	not obj.metadata.labels[label]
	finding := {
		"alertMessage": sprintf("no label %s", [label]),
		"alertObject": {"k8sApiObjects": [obj]},
		"fixPaths": [{"path": sprintf("metadata.labels.%s", [label]), "value": "YOUR_VALUE"}],
		"packagename": "armo_builtins",
		"alertScore": 6,
	}
}
`;

const OWNED_FILTER = `package armo_builtins

import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	some obj in input
	not startswith(obj.metadata.name, "kube-")
}
`;

/** Of Rego v0, with the module that the scanner provides. */
const MODE = `package armo_builtins

import data.cautils as cautils
import data.kubernetes.api.client as client

deny[msga] {
	obj := input[_]
	not cautils.unix_permissions_allow(420, to_number(obj.data.mode))
	msga := {
		"alertMessage": sprintf("%v is too wide", [obj.data.mode]),
		"failedPaths": ["data.mode"],
		"alertObject": {"k8sApiObjects": [obj]}
	}
}
`;

const SUBJECTS = `package armo_builtins

import rego.v1

deny contains finding if {
	some subject in input
	some role in subject.relatedObjects
	some i, one in role.rules
	"secrets" in one.resources
	finding := {
		"alertMessage": sprintf("%s may read secrets", [subject.name]),
		"failedPaths": [sprintf("relatedObjects[1].rules[%d].resources[0]", [i])],
		"alertObject": {"k8sApiObjects": [], "externalObjects": subject},
	}
}
`;

const KUBELET = `package armo_builtins

import rego.v1

deny contains finding if {
	some obj in input
	obj.kind == "KubeletInfo"
	contains(obj.data.cmdLine, "--anonymous-auth=true")
	finding := {"alertMessage": "open to anybody", "failedPaths": [], "alertObject": {"k8sApiObjects": [], "externalObjects": obj}}
}
`;

const ALWAYS = `package armo_builtins

import rego.v1

deny contains {"alertMessage": "look", "alertObject": {"k8sApiObjects": [obj]}} if some obj in input
`;

const SIGNED = `package armo_builtins

import rego.v1

deny contains {"alertMessage": "not signed", "alertObject": {"k8sApiObjects": [obj]}} if {
	some obj in input
	not cosign.has_signature(obj.data.image)
}
`;

const owned = rule("has-owner", OWNED, {
  resourceEnumerator: OWNED_FILTER,
  controlConfigInputs: [{ path: "settings.postureControlInputs.ownerLabels", name: "Owner labels", description: "Labels." }],
});
const kinds = ["ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"];

const CONTROLS: readonly Fields[] = [
  control("T-0001", "Owners", [owned]),
  control("T-0002", "File modes", [
    rule("file-mode", MODE, {
      ruleLanguage: "rego",
      ruleDependencies: [{ packageName: "cautils" }, { packageName: "kubernetes.api.client" }],
    }),
    rule("file-mode-old", "package armo_builtins\n\nthis is no Rego\n", { attributes: { useUntilKubescapeVersion: "v1.0.0" } }),
  ]),
  control("T-0003", "Secret readers", [
    rule("secret-readers", SUBJECTS, {
      attributes: { resourcesAggregator: "subject-role-rolebinding" },
      match: [match(["", "rbac.authorization.k8s.io"], kinds)],
    }),
  ]),
  control("T-0004", "Kubelets", [
    rule("kubelet-anonymous", KUBELET, {
      attributes: { hostSensorRule: "true" },
      match: [],
      dynamicMatch: [match(["hostdata.kubescape.cloud"], ["KubeletInfo"])],
    }),
  ]),
  control("T-0005", "Owners of teams", [owned], { fixedInput: { ownerLabels: ["unit"] } }),
  control("T-0007", "Signed", [rule("signed", SIGNED)]),
  control("T-0006", "Reviewed", [rule("always", ALWAYS)], { attributes: { actionRequired: "manual review" }, baseScore: 9 }),
];

/** Controls of which a part can't be used. */
const DAMAGED: readonly Fields[] = [
  control("T-0101", "In another language", [rule("in-cel", "object.spec.x", { ruleLanguage: "CEL" })]),
  control("T-0102", "Broken", [
    rule("broken", "package armo_builtins\n\nimport rego.v1\n\ndeny contains x if {\n\tx := nothing.here\n}\n"),
  ]),
  control("T-0103", "Lost", [], { rulesNames: ["nowhere"] }),
];

function framework(name: string, controls: readonly Fields[], more: Fields = {}): Fields {
  return {
    name,
    description: `${name}: what it asks.`,
    attributes: { builtin: true },
    scanningScope: { matches: ["cluster", "file"] },
    typeTags: ["compliance"],
    version: "",
    subSections: {},
    controls,
    ControlsIDs: controls.map((one) => one["controlID"]),
    ...more,
  };
}

const inputs = (values: Fields): Fields => ({ name: "default", attributes: {}, scope: {}, settings: { postureControlInputs: values } });

const TRACK = {
  apiVersion: "regolibrary.kubescape/v1alpha1",
  kind: "AttackTrack",
  metadata: { name: "way-in" },
  spec: { data: { name: "Initial Access", subSteps: [{ name: "Execution", checksVulnerabilities: true }] } },
};

const EXCEPTION = {
  name: "exclude-mine",
  policyType: "postureExceptionPolicy",
  actions: ["alertOnly"],
  resources: [{ designatorType: "Attributes", attributes: { name: "mine" } }],
  posturePolicies: [{ controlID: "T-0001" }],
};

/** A folder of policy files, as a download of them would be. */
export function policyFolder(): Readonly<Record<string, string>> {
  const sections = { "1": { id: "1", name: "Owners", controlsIDs: ["T-0001"] }, "2": { id: "2", name: "Files", controlsIDs: ["T-0002"] } };
  return {
    "policies/house.json": JSON.stringify(framework("House", CONTROLS.slice(0, 2), { subSections: sections })),
    "policies/allcontrols.json": JSON.stringify(framework("AllControls", CONTROLS)),
    "policies/controls-inputs.json": JSON.stringify(inputs({ ownerLabels: ["team"] })),
    "policies/attack-tracks.json": JSON.stringify([TRACK]),
  };
}

/** Files of which nothing, or not all, can be used. */
export function damagedFiles(): Readonly<Record<string, string>> {
  return {
    "policies/damaged.json": JSON.stringify(framework("Damaged", DAMAGED, { ControlsIDs: [] })),
    "policies/exceptions.json": JSON.stringify([EXCEPTION, { ...EXCEPTION, name: "another" }]),
    "policies/half.json": '{\n  "name": "half",\n',
    "policies/package.json": '{"name": "something else", "version": "1.0.0"}',
  };
}

/** Single controls and rules, as the release has them in one file each. */
export function releasedLists(): Readonly<Record<string, string>> {
  const bare = CONTROLS.map((one) => ({ ...one, rules: [] }));
  return {
    "controls.json": JSON.stringify(bare),
    "rules.json": JSON.stringify(CONTROLS.flatMap((one) => one["rules"] as readonly Fields[])),
    "exceptions.json": JSON.stringify([EXCEPTION]),
  };
}
