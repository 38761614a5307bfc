# METADATA
# title: API server with weak cipher suites
# description: Finds API servers that allow cipher suites without forward secrecy or with broken ciphers, or that choose none.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.api_server_cipher
import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v chooses no cipher suites, or weak ones", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	not api_server_cipher.fixed_by_version(process)
	fault := suites_fault(process)
}

suites_fault(process) := {"fixPaths": [process_flag.added(process, 0, sprintf("--tls-cipher-suites=%s", [concat(",", api_server_cipher.strong)]), question)]} if {
	question := "Which strong suites the clients need."
	not process_flag.given(process, "--tls-cipher-suites")
}

else := {"failedPaths": [last.path], "fixPaths": [process_flag.changed(last, concat(",", kept), "Which strong suites the clients need, now that the weak ones go.")]} if {
	last := process_flag.setting(process, "--tls-cipher-suites")
	suites := process_flag.items(process, "--tls-cipher-suites")
	kept := [suite | some suite in suites; not suite in api_server_cipher.weak]
	count(kept) < count(suites)
}
