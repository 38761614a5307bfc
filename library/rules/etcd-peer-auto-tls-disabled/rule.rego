# METADATA
# title: etcd with certificates for peers that it signed itself
# description: Finds etcd members that make up a certificate for their peers.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "etcd in %v shows its peers a certificate that it signed itself", fault) if {
	some process in control_plane_process.etcd
	fault := process_flag.switch_fault(process, "--peer-auto-tls", false, false, "Whether --peer-cert-file and --peer-key-file are set on every member: without them peers speak without TLS.")
}
