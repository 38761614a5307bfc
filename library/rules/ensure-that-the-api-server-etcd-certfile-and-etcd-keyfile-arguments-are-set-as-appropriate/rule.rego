# METADATA
# title: API server without a client certificate for etcd
# description: Finds API servers that show etcd no certificate.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v shows etcd no certificate of its own", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.unset_fault(process, [["--etcd-certfile", "<path/to/client-certificate-file.crt>"], ["--etcd-keyfile", "<path/to/client-key-file.key>"]], "Which certificate and key, signed by the CA that etcd trusts.")
}
