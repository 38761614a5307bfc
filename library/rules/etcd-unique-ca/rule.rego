# METADATA
# title: etcd that trusts the clients of the API server
# description: Finds an etcd whose CA for clients is the one that the API server has for its own.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains msg if {
	some etcd in control_plane_process.etcd
	some api_server in control_plane_process.of("kube-apiserver")
	trusted := process_flag.setting(etcd, "--trusted-ca-file")
	clients := process_flag.setting(api_server, "--client-ca-file")
	trusted.value == clients.value
	trusted.value != ""
	places := [trusted.path, clients.path]
	msg := {
		"alertMessage": sprintf("etcd in %v trusts the CA that signs the clients of the API server %v", [etcd.pod.metadata.name, api_server.pod.metadata.name]),
		"alertObject": {"k8sApiObjects": [etcd.pod, api_server.pod]},
		"failedPaths": places,
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [{
			"path": path,
			"choose": "Which CA is for etcd alone: its members, and the API server as its client, then need certificates of it.",
			"value": "<path/to/different-tls-certificate-file.crt>",
		} |
			some path in places
		],
	}
}
