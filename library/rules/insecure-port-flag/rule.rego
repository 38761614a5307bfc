# METADATA
# title: API server with an insecure port
# description: Finds API servers that are started with --insecure-port set to anything but 0.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.api_server

deny contains msg if {
	some pod in input
	pod.kind == "Pod"
	some i in api_server.container_places(pod)
	setting := api_server.setting(pod.spec.containers[i], i, "--insecure-port")
	setting.value != "0"
	msg := {
		"alertMessage": sprintf("The API server %s serves without authentication on port %s", [pod.metadata.name, setting.value]),
		"alertObject": {"k8sApiObjects": [pod]},
		"failedPaths": [setting.path],
		"reviewPaths": [setting.path],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Set --insecure-port=0 in the static pod's manifest on the node. Removing the flag isn't enough before Kubernetes 1.20, where the port is open unless it is set to 0.",
	}
}
