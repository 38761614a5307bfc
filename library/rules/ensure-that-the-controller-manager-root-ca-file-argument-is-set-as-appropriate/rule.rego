# METADATA
# title: Controller manager without a root CA
# description: Finds controller managers that give pods no CA of the API server.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The controller manager %v gives pods no CA to verify the API server with", fault) if {
	some process in control_plane_process.of("kube-controller-manager")
	fault := process_flag.unset_fault(process, [["--root-ca-file", "<path/to/key/ca.crt>"]], "Which CA has signed the API server's certificate.")
}
