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

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v stores secrets in etcd unencrypted", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.unset_fault(
		process,
		[["--encryption-provider-config", "YOUR_VALUE"]],
		"The path of an EncryptionConfiguration on the node, which names the provider and holds its keys.",
	)
}
