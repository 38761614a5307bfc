# METADATA
# title: Audit policy that misses what matters
# description: Finds API servers whose audit policy does not record what is done to secrets, pods and the like, or writes the contents of secrets to the log.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/ControlPlaneInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.audit_policy
import data.holdfast.lib.control_plane_info

deny contains msg if {
	some info in control_plane_info.nodes
	policy := control_plane_info.api_server_file(info, "auditPolicyFile")
	shortcomings := [shortcoming | some target in audit_policy.targets; shortcoming := audit_policy.shortcoming(policy, target)]
	count(shortcomings) > 0
	name := control_plane_info.label(info)
	msg := finding(
		sprintf("By the audit policy of node %v, %v", [name, concat(", ", shortcomings)]),
		{"externalObjects": {
			"apiVersion": object.get(policy, "apiVersion", "audit.k8s.io/v1"),
			"kind": "Policy",
			"metadata": {"name": sprintf("%v - Audit policy file", [name])},
		}},
	)
}

deny contains msg if {
	some info in control_plane_info.nodes
	control_plane_info.lacks_flag(info, "--audit-policy-file")
	name := control_plane_info.label(info)
	msg := finding(sprintf("The API server on node %v has no audit policy", [name]), {"k8sApiObjects": [info]})
}

finding(message, object_of_alert) := {
	"alertMessage": message,
	"alertObject": object_of_alert,
	"failedPaths": [],
	"reviewPaths": [],
	"deletePaths": [],
	"fixPaths": [],
	"noFix": "What the policy should record, and in which order its rules stand, is for a person to write into the file on every control plane node.",
}
