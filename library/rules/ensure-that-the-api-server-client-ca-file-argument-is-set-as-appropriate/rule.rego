# METADATA
# title: API server without a CA for its clients
# description: Finds API servers that know no CA for the certificates of their clients.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v verifies no client certificate", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.unset_fault(process, [["--client-ca-file", "<path/to/client-ca.crt>"]], "Which CA signs the certificates of nodes and administrators.")
}
