# METADATA
# title: API server that keeps audit logs for too short
# description: Finds API servers that keep audit logs for less than 30 days.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v keeps its audit logs for less than 30 days, or does not say how long", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := age_fault(process)
}

age_fault(process) := {"failedPaths": [age.path], "fixPaths": [process_flag.changed(age, "30", "")]} if {
	age := process_flag.setting(process, "--audit-log-maxage")
	not long_enough(age.value)
}

else := {"fixPaths": [process_flag.added(process, 0, "--audit-log-maxage=30", "")]} if {
	not process_flag.given(process, "--audit-log-maxage")
}

long_enough(days) if to_number(days) >= 30
