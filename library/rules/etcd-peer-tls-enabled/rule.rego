# METADATA
# title: etcd without a certificate for its peers
# description: Finds etcd members that name no certificate for the other members.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "etcd in %v speaks to its peers without TLS", fault) if {
	some process in control_plane_process.etcd
	unset := process_flag.unset_fault(process, [["--peer-cert-file", "<path/to/tls-certificate-file.crt>"], ["--peer-key-file", "<path/to/tls-key-file.key>"]], "Which certificate and key: every member needs one for both server and client use.")
	fault := object.union(unset, {"failedPaths": [process_flag.flags_path(process)]})
}
