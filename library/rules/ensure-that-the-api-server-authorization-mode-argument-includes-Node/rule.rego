# METADATA
# title: API server without the authorizer Node
# description: Finds API servers whose authorization modes do not include Node.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "No authorizer of the API server %v limits kubelets to what their node needs: Node is not among its modes", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	not process_flag.given(process, "--authorization-config")
	fault := process_flag.lacking_fault(process, "--authorization-mode", "Node", question(process))
}

# To add a mode only adds rights; the first one takes all others away.
question(process) := "" if process_flag.given(process, "--authorization-mode")

else := "Which modes together: without the flag everything is allowed, and after it only what these allow. Node,RBAC is what kubeadm sets."
