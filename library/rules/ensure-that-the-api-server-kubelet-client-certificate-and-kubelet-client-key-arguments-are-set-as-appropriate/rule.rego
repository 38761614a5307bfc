# METADATA
# title: API server without a client certificate for kubelets
# description: Finds API servers that show kubelets no certificate.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v shows kubelets no certificate of its own", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.unset_fault(process, [["--kubelet-client-certificate", "<path/to/appropriate/file>"], ["--kubelet-client-key", "<path/to/appropriate/file>"]], "Which certificate, and which key, the API server shows to kubelets.")
}
