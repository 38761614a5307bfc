# METADATA
# title: API server with neither SecurityContextDeny nor PodSecurityPolicy
# description: Finds API servers that enable none of the two old admission plugins for security contexts.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v enables neither SecurityContextDeny nor PodSecurityPolicy", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	not "PodSecurityPolicy" in process_flag.items(process, "--enable-admission-plugins")
	fault := process_flag.lacking_fault(process, "--enable-admission-plugins", "SecurityContextDeny", "Whether this version still has the plugin: Kubernetes has removed both, PodSecurityPolicy in 1.25 and SecurityContextDeny in 1.30, and does not start with an unknown one. Enforce the Pod Security Standards with labels of namespaces.")
}
