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
	paths := [sprintf("%s.%s.host", [workload.container_path(obj, list, i), concat(".", place)]) |
		some place in probe_places(container)
		not object.get(container, array.concat(place, ["host"]), "") in {null, ""}
	]
	count(paths) > 0
	finding := object.union(workload.removal(list, paths), {
		"alertMessage": sprintf("%s makes the kubelet connect to a host that it names", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}

# Where a container may say whom to ask: paths of keys.
probe_places(container) := [array.concat(handler, [action]) |
	some handler in [["livenessProbe"], ["readinessProbe"], ["startupProbe"], ["lifecycle", "postStart"], ["lifecycle", "preStop"]]
	some action, _ in object.get(container, handler, {})
	action in {"httpGet", "tcpSocket"}
]
