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

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v keeps no audit log", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	not process_flag.has_value(process, "--audit-policy-file")
	path := process_flag.flags_path(process)
	fault := {
		"failedPaths": [path],
		"reviewPaths": [path],
		"noFix": "An audit log needs a policy file on the node, a place for the log and the mounts of both: set --audit-policy-file and --audit-log-path together with them.",
	}
}
