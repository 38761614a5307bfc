# METADATA
# title: API server without PodSecurityPolicy
# description: Finds API servers whose admission plugins do not include PodSecurityPolicy.
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
	not enabled(container, i)
	path := place(container, i)
	msg := {
		"alertMessage": sprintf("The API server %v does not enforce PodSecurityPolicies", [pod.metadata.name]),
		"alertObject": {"k8sApiObjects": [pod]},
		"failedPaths": [path],
		"reviewPaths": [path],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Before Kubernetes 1.25, write policies and bind them to every workload first, then add PodSecurityPolicy to --enable-admission-plugins. Since 1.25 the plugin is gone: enforce the Pod Security Standards with namespace labels.",
	}
}

enabled(container, i) if "PodSecurityPolicy" in split(api_server.setting(container, i, "--enable-admission-plugins").value, ",")

place(container, i) := path if path := api_server.setting(container, i, "--enable-admission-plugins").path

else := api_server.flags_path(container, i)
