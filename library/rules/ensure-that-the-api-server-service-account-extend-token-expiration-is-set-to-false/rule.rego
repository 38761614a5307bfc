# METADATA
# title: API server that extends tokens of pods
# description: Finds API servers that accept the tokens of pods for a year instead of an hour.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v accepts the tokens of pods for up to a year", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.switch_fault(process, "--service-account-extend-token-expiration", false, true, "Whether every client reads its token anew: old client libraries read it once, and are refused after an hour.")
}
