# METADATA
# title: API server with an insecure port
# description: Finds API servers that are started with --insecure-port set to anything but 0.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v serves without authentication", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	setting := process_flag.setting(process, "--insecure-port")
	setting.value != "0"
	fault := {
		"failedPaths": [setting.path],
		"reviewPaths": [setting.path],
		"noFix": "Set --insecure-port=0 in the static pod's manifest on the node. Removing the flag isn't enough before Kubernetes 1.20, where the port is open unless it is set to 0.",
	}
}
