# METADATA
# title: Ports of the host
# description: Containers that open a port on every address of their node.
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
	paths := [sprintf("%s.ports[%d].hostPort", [workload.container_path(obj, list, i), j]) |
		some j, port in container.ports
		port.hostPort > 0
	]
	count(paths) > 0
	finding := object.union(workload.removal(list, paths), {
		"alertMessage": sprintf("%s takes a port of its node", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}
