# METADATA
# title: Controller manager without a key for tokens
# description: Finds controller managers that name no private key for the tokens of service accounts.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The controller manager %v names no key to sign the tokens of service accounts with", fault) if {
	some process in control_plane_process.of("kube-controller-manager")
	fault := process_flag.unset_fault(process, [["--service-account-private-key-file", "<path/to/key/filename.key>"]], "Which private key: the API server must know its public half.")
}
