# METADATA
# title: API server without an audit log file
# description: Finds API servers that are started without a path for the audit log.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v writes no audit log", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := process_flag.unset_fault(process, [["--audit-log-path", "/var/log/apiserver/audit.log"]], "Where the log is kept: the folder must be mounted into the pod, and an audit policy named.")
}
