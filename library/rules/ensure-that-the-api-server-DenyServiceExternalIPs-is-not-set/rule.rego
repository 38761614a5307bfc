# METADATA
# title: API server with DenyServiceExternalIPs
# description: Finds API servers that enable the admission plugin DenyServiceExternalIPs.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v enables the admission plugin DenyServiceExternalIPs", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.holding_fault(process, "--enable-admission-plugins", "DenyServiceExternalIPs", "")
}
