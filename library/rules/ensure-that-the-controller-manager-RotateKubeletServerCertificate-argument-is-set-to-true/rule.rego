# METADATA
# title: Controller manager without rotation of serving certificates
# description: Finds controller managers that switch the feature gate RotateKubeletServerCertificate off.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The controller manager %v does not let kubelets renew their serving certificates", fault) if {
	some process in control_plane_process.of("kube-controller-manager")
	gates := process_flag.setting(process, "--feature-gates")
	opened := [open(gate) | some gate in process_flag.listed(gates)]
	opened != process_flag.listed(gates)
	fault := {"failedPaths": [gates.path], "fixPaths": [process_flag.changed(gates, concat(",", opened), "")]}
}

# The gate, opened where it is closed; any other as it is.
open(gate) := "RotateKubeletServerCertificate=true" if {
	[name, value] := split(gate, "=")
	name == "RotateKubeletServerCertificate"
	process_flag.is_switched(value, false)
}

else := gate
