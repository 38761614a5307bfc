# METADATA
# title: API server without an audit policy
# description: Finds API servers that are started without an audit policy, and so record nothing.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v has no audit policy", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	not process_flag.has_value(process, "--audit-policy-file")
	path := process_flag.added(process, 0, "", "").path
	fault := {"failedPaths": [path], "reviewPaths": [path], "noFix": "A policy is a file on the node that somebody has to write and mount into the pod; then --audit-policy-file names it."}
}
