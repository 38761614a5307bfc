# METADATA
# title: Probes of other hosts
# description: Containers whose probes or lifecycle hooks name a host, which the kubelet then connects to.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	paths := [sprintf("%s.%s", [workload.container_path(obj, list, i), place]) | some place in array.concat(
		hosts(container, ["livenessProbe", "readinessProbe", "startupProbe"]),
		[sprintf("lifecycle.%s", [place]) | some place in hosts(container.lifecycle, ["postStart", "preStop"])],
	)]
	count(paths) > 0
	finding := object.union(workload.removal(list, paths), {
		"alertMessage": sprintf("%s makes the kubelet connect to a host that it names", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}

# Where handlers, of those names, say whom to ask.
hosts(holder, names) := [sprintf("%s.%s.host", [name, action]) |
	some name in names
	some action in ["httpGet", "tcpSocket"]
	host := holder[name][action].host
	not host in {null, ""}
]
