# METADATA
# title: "API server: how large its audit logs grow"
# description: Asks a person whether --audit-log-maxsize of an API server fits, and finds those without it.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "A person must judge of the API server %v how large its audit logs grow", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	not logs_to_output(process)
	fault := process_flag.chosen_fault(process, "--audit-log-maxsize", "How many megabytes a log may have before the next one begins: 100 is usual.")
}

# What goes to the standard output is rotated by the container runtime, not by this flag.
logs_to_output(process) if process_flag.setting(process, "--audit-log-path").value == "-"
