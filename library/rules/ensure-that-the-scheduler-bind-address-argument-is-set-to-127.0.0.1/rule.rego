# METADATA
# title: Scheduler that listens beyond its node
# description: Finds schedulers whose port is open to the network.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The scheduler %v listens on addresses that others reach", fault) if {
	some process in control_plane_process.of("kube-scheduler")
	fault := process_flag.loopback_fault(process, "--bind-address")
}
