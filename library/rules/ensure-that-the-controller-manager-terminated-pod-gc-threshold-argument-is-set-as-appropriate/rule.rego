# METADATA
# title: "Controller manager: how many ended pods it keeps"
# description: Asks a person how many pods that have ended may stay, unless it was chosen.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "A person must judge how many ended pods the controller manager %v keeps", fault) if {
	some process in control_plane_process.of("kube-controller-manager")
	not chosen(process)
	fault := process_flag.chosen_fault(process, "--terminated-pod-gc-threshold", "How many ended pods may stay: without the flag it is 12500. A tenth of that is plenty for most clusters.")
}

# Fewer than the default is a choice; 0 keeps all of them.
chosen(process) if {
	pods := to_number(process_flag.setting(process, "--terminated-pod-gc-threshold").value)
	pods > 0
	pods < 12500
}
