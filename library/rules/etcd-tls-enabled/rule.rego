# METADATA
# title: etcd without a serving certificate
# description: Finds etcd members that name no certificate for their clients to verify.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "etcd in %v serves its clients without TLS", fault) if {
	some process in control_plane_process.etcd
	fault := process_flag.unset_fault(process, [["--cert-file", "<path/to/tls-certificate-file.crt>"], ["--key-file", "<path/to/tls-key-file.key>"]], "Which certificate and key, with the names and addresses that clients use.")
}
