# METADATA
# title: API server without the admission plugin ServiceAccount
# description: Finds API servers that switch the admission plugin ServiceAccount off.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v switches the admission plugin ServiceAccount off", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.holding_fault(process, "--disable-admission-plugins", "ServiceAccount", "")
}
