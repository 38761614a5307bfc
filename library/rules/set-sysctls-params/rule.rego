# METADATA
# title: Unsafe kernel parameters
# description: Pods that set kernel parameters which reach beyond them.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some parameter in spec.securityContext.sysctls
	not safe(parameter.name)
	path := sprintf("%s.securityContext.sysctls", [workload.pod_path(obj)])
	finding := {
		"alertMessage": sprintf("%s sets kernel parameters that are not safe for its neighbours", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": [path],
		"fixPaths": [{
			"path": path,
			"choose": "the list without the parameters that Kubernetes doesn't count as safe; set those on nodes of their own, if the application can't do without",
			"value": "REMOVE_UNSAFE_SYSCTLS",
		}],
	}
}

# What the Pod Security Standards allow as of Kubernetes 1.32. The kernel's own spelling has slashes.
safe(name) if replace(name, "/", ".") in {
	"kernel.shm_rmid_forced",
	"net.ipv4.ip_local_port_range",
	"net.ipv4.ip_local_reserved_ports",
	"net.ipv4.ip_unprivileged_port_start",
	"net.ipv4.ping_group_range",
	"net.ipv4.tcp_fin_timeout",
	"net.ipv4.tcp_keepalive_intvl",
	"net.ipv4.tcp_keepalive_probes",
	"net.ipv4.tcp_keepalive_time",
	"net.ipv4.tcp_rmem",
	"net.ipv4.tcp_syncookies",
	"net.ipv4.tcp_wmem",
}
