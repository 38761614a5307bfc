# METADATA
# title: API server without a configuration for encryption at rest
# description: Finds API servers that are started without --encryption-provider-config.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v writes secrets to etcd as they are", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.unset_fault(process, [["--encryption-provider-config", "<path/to/encryption-config.yaml>"]], "Which EncryptionConfiguration on the node: it names the provider and holds or finds its keys.")
}
