# METADATA
# title: API server without the admission plugin EventRateLimit
# description: Finds API servers that do not limit the rate of events.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v takes any number of events from anyone", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.lacking_fault(process, "--enable-admission-plugins", "EventRateLimit", "Which limits: the plugin needs a configuration with them, named by --admission-control-config-file, or the API server does not start.")
}
