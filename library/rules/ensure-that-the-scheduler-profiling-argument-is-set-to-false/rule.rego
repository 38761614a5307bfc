# METADATA
# title: Scheduler with profiling
# description: Finds schedulers that are not started with --profiling=false.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The scheduler %v offers profiles of its process", fault) if {
	some process in control_plane_process.of("kube-scheduler")
	not process_flag.given(process, "--config") # whose file then decides
	fault := process_flag.switch_fault(process, "--profiling", false, true, "")
}
