# METADATA
# title: API server that does not verify kubelets
# description: Finds API servers that are started without a CA for the certificates of kubelets.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v does not verify the certificates of kubelets", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.unset_fault(process, [["--kubelet-certificate-authority", "<path/to/ca.crt>"]], "Which CA has signed the serving certificates of the kubelets: self-signed ones must be replaced first.")
}
