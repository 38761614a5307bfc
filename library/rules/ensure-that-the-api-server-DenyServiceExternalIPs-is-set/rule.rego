# METADATA
# title: API server without the admission plugin DenyServiceExternalIPs
# description: Finds API servers that let every user give a service external addresses.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v lets anyone who may write services catch the traffic to any address", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := external_fault(process)
}

external_fault(process) := {
	"failedPaths": [last.path],
	"fixPaths": [process_flag.changed(last, "DenyServiceExternalIPs", "Which plugins stay enabled beside DenyServiceExternalIPs: add it to the list, and drop none of those that the cluster needs.")],
} if {
	last := process_flag.setting(process, "--enable-admission-plugins")
	not "DenyServiceExternalIPs" in process_flag.items(process, "--enable-admission-plugins")
}

else := {"fixPaths": [process_flag.added(process, 0, "--enable-admission-plugins=DenyServiceExternalIPs", "")]} if {
	not process_flag.given(process, "--enable-admission-plugins")
}
