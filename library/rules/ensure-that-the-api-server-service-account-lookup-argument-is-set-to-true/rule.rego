# METADATA
# title: API server that accepts tokens of deleted accounts
# description: Finds API servers that do not look up whether the account of a token still exists.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v accepts tokens of service accounts that were deleted", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	lookup := process_flag.switch(process, "--service-account-lookup")
	not process_flag.is_switched(lookup.value, true)
	fault := lookup_fault(lookup)
}

# Without the flag the accounts are looked up.
lookup_fault(lookup) := process_flag.superfluous_fault(lookup) if count(process_flag.whole(lookup)) > 0

else := {"failedPaths": [lookup.path], "fixPaths": [process_flag.changed(lookup, "true", "")]}
