# METADATA
# title: API server without encryption at rest
# description: Finds API servers that are started without a configuration for encrypting secrets in etcd.
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
	not api_server.has_value(container, i, "--encryption-provider-config")
	msg := {
		"alertMessage": sprintf("The API server %v stores secrets in etcd unencrypted", [pod.metadata.name]),
		"alertObject": {"k8sApiObjects": [pod]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [{
			"path": place(container, i),
			"choose": "The path of an EncryptionConfiguration on the node, which names the provider and holds its keys.",
			"value": "--encryption-provider-config=YOUR_VALUE",
		}],
	}
}

# A flag that is set to nothing is filled in, a missing one added.
place(container, i) := path if path := api_server.setting(container, i, "--encryption-provider-config").path

else := api_server.next_flag_path(container, i)
