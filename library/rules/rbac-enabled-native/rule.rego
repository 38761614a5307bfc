# METADATA
# title: API server without RBAC
# description: Finds API servers that don't ask RBAC whether a request is allowed.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
#   aggregate: apiserver-pod
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v doesn't authorise requests by RBAC", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	not uses_rbac(process)
	path := place(process)
	fault := {
		"failedPaths": [path],
		"reviewPaths": [path],
		"noFix": "From the moment that RBAC decides alone, whoever has no role is locked out: write the roles and bindings first, then set --authorization-mode=Node,RBAC.",
	}
}

uses_rbac(process) if "RBAC" in process_flag.items(process, "--authorization-mode")

# Which authorisers a file configures isn't known here.
uses_rbac(process) if process_flag.has_value(process, "--authorization-config")

# Without the flag every request is allowed.
place(process) := path if path := process_flag.setting(process, "--authorization-mode").path

else := process_flag.flags_path(process)
