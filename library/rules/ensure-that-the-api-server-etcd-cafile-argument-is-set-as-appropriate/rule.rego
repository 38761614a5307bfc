# METADATA
# title: API server that does not verify etcd
# description: Finds API servers that name no CA for the certificate of etcd.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v does not verify that it speaks to its own etcd", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.unset_fault(process, [["--etcd-cafile", "<path/to/ca-file.crt>"]], "Which CA has signed the certificate of etcd.")
}
