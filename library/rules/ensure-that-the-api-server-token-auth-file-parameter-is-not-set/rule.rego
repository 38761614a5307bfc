# METADATA
# title: API server with a file of static tokens
# description: Finds API servers that take bearer tokens from a file.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v accepts tokens that are written in a file and never expire", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.superfluous_fault(process_flag.setting(process, "--token-auth-file"))
}
