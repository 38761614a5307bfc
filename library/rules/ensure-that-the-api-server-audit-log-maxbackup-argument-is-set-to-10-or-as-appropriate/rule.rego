# METADATA
# title: "API server: how many audit logs it keeps"
# description: Asks a person whether --audit-log-maxbackup of an API server fits, and finds those without it.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "A person must judge of the API server %v how many audit logs it keeps", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	not logs_to_output(process)
	fault := process_flag.chosen_fault(process, "--audit-log-maxbackup", "How many old logs are kept: 10 is usual. Together with --audit-log-maxsize it decides how far back the log reaches.")
}

# What goes to the standard output is rotated by the container runtime, not by this flag.
logs_to_output(process) if process_flag.setting(process, "--audit-log-path").value == "-"
