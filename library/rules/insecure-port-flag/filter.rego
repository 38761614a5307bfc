# METADATA
# title: API servers
# description: Counts the pods that run an API server as judged.
# scope: package
package armo_builtins

import rego.v1

import data.holdfast.lib.api_server

deny contains msg if {
	some pod in input
	pod.kind == "Pod"
	api_server.container_places(pod)
	msg := {
		"alertMessage": sprintf("The API server %v", [pod.metadata.name]),
		"alertObject": {"k8sApiObjects": [pod]},
		"failedPaths": [],
		"fixPaths": [],
	}
}
