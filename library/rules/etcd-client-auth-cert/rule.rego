# METADATA
# title: etcd that serves clients without a certificate
# description: Finds etcd members that ask their clients for no certificate.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "etcd in %v serves anyone who reaches its port", fault) if {
	some process in control_plane_process.etcd
	fault := process_flag.switch_fault(process, "--client-cert-auth", true, false, "Whether every client, the probes among them, has a certificate of the CA in --trusted-ca-file: the others are refused from then on.")
}
