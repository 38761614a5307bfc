# METADATA
# title: API server without a secure port
# description: Finds API servers that are started with --secure-port=0.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v does not serve HTTPS", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	some port in process_flag.settings(process, "--secure-port")
	port.value == "0"
	fault := process_flag.superfluous_fault(port)
}
