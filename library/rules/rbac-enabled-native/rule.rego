# METADATA
# title: API server without RBAC
# description: Finds API servers that don't ask RBAC whether a request is allowed.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
#   aggregate: apiserver-pod
package armo_builtins

import data.holdfast.lib.api_server
import rego.v1

deny contains finding if {
	some pod in input
	some i in api_server.container_places(pod)
	container := pod.spec.containers[i]
	not uses_rbac(container, i)
	path := place(container, i)
	finding := {
		"alertMessage": sprintf("The API server %v doesn't authorise requests by RBAC", [pod.metadata.name]),
		"alertObject": {"k8sApiObjects": [pod]},
		"failedPaths": [path],
		"reviewPaths": [path],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "From the moment that RBAC decides alone, whoever has no role is locked out: write the roles and bindings first, then set --authorization-mode=Node,RBAC.",
	}
}

uses_rbac(container, i) if "RBAC" in split(api_server.setting(container, i, "--authorization-mode").value, ",")

# Which authorisers a file configures isn't known here.
uses_rbac(container, i) if api_server.has_value(container, i, "--authorization-config")

# Without the flag every request is allowed.
place(container, i) := path if path := api_server.setting(container, i, "--authorization-mode").path

else := api_server.flags_path(container, i)
