# METADATA
# title: Controller manager with one identity for all controllers
# description: Finds controller managers whose controllers all use the same credentials.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "All controllers of the controller manager %v act with the same rights", fault) if {
	some process in control_plane_process.of("kube-controller-manager")
	fault := process_flag.switch_fault(process, "--use-service-account-credentials", true, false, "")
}
