# METADATA
# title: API server without a serving certificate
# description: Finds API servers that name no certificate of their own, and so make up one.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v has no certificate that clients can verify", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.unset_fault(process, [["--tls-cert-file", "<path/to/tls-certificate-file.crt>"], ["--tls-private-key-file", "<path/to/tls-key-file.key>"]], "Which certificate and key: its names must cover every name and address that clients use.")
}
