# METADATA
# title: etcd that accepts peers without a certificate
# description: Finds etcd members that ask the other members for no certificate.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "etcd in %v accepts members that show no certificate", fault) if {
	some process in control_plane_process.etcd
	fault := process_flag.switch_fault(process, "--peer-client-cert-auth", true, false, "Whether every member has a certificate of the CA in --peer-trusted-ca-file: the others drop out of the cluster.")
}
