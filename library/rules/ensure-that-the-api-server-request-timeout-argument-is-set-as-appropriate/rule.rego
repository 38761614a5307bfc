# METADATA
# title: API server with a request timeout of its own
# description: Finds API servers whose requests may take another time than the default of a minute.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "A person must judge how long requests to the API server %v may take", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	timeout := process_flag.setting(process, "--request-timeout")
	not is_default(timeout.value)
	fault := timeout_fault(timeout)
}

timeout_fault(timeout) := {
	"failedPaths": [timeout.path],
	"reviewPaths": [timeout.path],
	"noFix": "Without the flag a request may take a minute. Who set another time had a reason, such as slow links, which nothing here shows.",
}

is_default(text) if time.parse_duration_ns(text) == 60000000000
