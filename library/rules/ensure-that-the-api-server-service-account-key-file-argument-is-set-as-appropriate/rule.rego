# METADATA
# title: API server without a key for service account tokens
# description: Finds API servers that name no public key for the tokens of service accounts.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v names no key for the tokens of service accounts", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.unset_fault(process, [["--service-account-key-file", "<path/to/key.pub>"]], "Which public key belongs to the private key that signs the tokens of service accounts.")
}
