# METADATA
# title: API server without the listed cipher suites
# description: Finds API servers whose cipher suites are neither all strong nor all that the benchmark lists.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.api_server_cipher
import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The cipher suites of the API server %v are not the listed ones", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	not api_server_cipher.fixed_by_version(process)
	fault := suites_fault(process)
}

suites_fault(process) := {"fixPaths": [process_flag.added(process, 0, sprintf("--tls-cipher-suites=%s", [concat(",", api_server_cipher.long_allowed)]), question)]} if {
	question := "Which suites the clients need: those with ECDHE and GCM or CHACHA20 are enough for any of this decade."
	not process_flag.given(process, "--tls-cipher-suites")
}

else := {"failedPaths": [last.path], "fixPaths": [process_flag.changed(last, concat(",", array.concat(suites, missing)), question)]} if {
	question := "Which suites the clients need: drop the others, or list what the benchmark lists."
	last := process_flag.setting(process, "--tls-cipher-suites")
	suites := process_flag.items(process, "--tls-cipher-suites")
	not strong(suites)
	missing := [suite | some suite in api_server_cipher.long_allowed; not suite in suites]
	count(missing) > 0
}

# A shorter list of suites that are strong beyond doubt is better than the whole one.
strong(suites) if {
	count(suites) > 0
	every suite in suites { suite in api_server_cipher.strong }
}
