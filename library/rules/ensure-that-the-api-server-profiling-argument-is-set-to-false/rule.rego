# METADATA
# title: API server with profiling
# description: Finds API servers that are not started with --profiling=false.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v offers profiles of its process", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.switch_fault(process, "--profiling", false, true, "")
}
