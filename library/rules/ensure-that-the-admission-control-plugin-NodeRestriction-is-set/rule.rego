# METADATA
# title: API server without the admission plugin NodeRestriction
# description: Finds API servers that let a kubelet change other nodes and their pods.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v lets every kubelet change other nodes and their pods", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.lacking_fault(process, "--enable-admission-plugins", "NodeRestriction", "")
}
