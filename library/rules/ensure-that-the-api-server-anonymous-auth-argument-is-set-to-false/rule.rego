# METADATA
# title: API server that serves anonymous requests
# description: Finds API servers that are not started with --anonymous-auth=false.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v answers requests that carry no credentials", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.switch_fault(process, "--anonymous-auth", false, true, "Whether every probe and client of the API server has credentials: kubeadm's own liveness probes have none.")
}
