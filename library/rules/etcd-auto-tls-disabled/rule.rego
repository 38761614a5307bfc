# METADATA
# title: etcd with certificates that it signed itself
# description: Finds etcd members that make up a certificate for their clients.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "etcd in %v shows clients a certificate that it signed itself", fault) if {
	some process in control_plane_process.etcd
	fault := process_flag.switch_fault(process, "--auto-tls", false, false, "Whether --cert-file and --key-file are set: without them clients are served without TLS from then on.")
}
