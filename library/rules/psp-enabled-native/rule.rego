# METADATA
# title: API server without PodSecurityPolicy
# description: Finds API servers whose admission plugins do not include PodSecurityPolicy.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
#   aggregate: apiserver-pod
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v does not enforce PodSecurityPolicies", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	not "PodSecurityPolicy" in process_flag.items(process, "--enable-admission-plugins")
	path := place(process)
	fault := {
		"failedPaths": [path],
		"reviewPaths": [path],
		"noFix": "Before Kubernetes 1.25, write policies and bind them to every workload first, then add PodSecurityPolicy to --enable-admission-plugins. Since 1.25 the plugin is gone: enforce the Pod Security Standards with namespace labels.",
	}
}

place(process) := path if path := process_flag.setting(process, "--enable-admission-plugins").path

else := process_flag.flags_path(process)
