# METADATA
# title: Controller manager with profiling
# description: Finds controller managers that are not started with --profiling=false.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The controller manager %v offers profiles of its process", fault) if {
	some process in control_plane_process.of("kube-controller-manager")
	fault := process_flag.switch_fault(process, "--profiling", false, true, "")
}
