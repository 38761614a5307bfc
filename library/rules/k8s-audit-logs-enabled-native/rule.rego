# METADATA
# title: API server without an audit log
# description: Finds API servers that are started without an audit policy, and so record nothing.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
#   aggregate: apiserver-pod
package armo_builtins

import rego.v1

import data.holdfast.lib.api_server

deny contains msg if {
	some pod in input
	some i in api_server.container_places(pod)
	container := pod.spec.containers[i]
	not api_server.has_value(container, i, "--audit-policy-file")
	path := api_server.flags_path(container, i)
	msg := {
		"alertMessage": sprintf("The API server %v keeps no audit log", [pod.metadata.name]),
		"alertObject": {"k8sApiObjects": [pod]},
		"failedPaths": [path],
		"reviewPaths": [path],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "An audit log needs a policy file on the node, a place for the log and the mounts of both: set --audit-policy-file and --audit-log-path together with them.",
	}
}
