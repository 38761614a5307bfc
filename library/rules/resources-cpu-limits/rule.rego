# METADATA
# title: No CPU limit
# description: Containers that may use all CPU of their node, with no limit of their own, of their pod or from a LimitRange of their namespace.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, LimitRange]
package armo_builtins

import data.holdfast.lib.resource_limit
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.lasting_lists
	some i, container in spec[list]
	resource_limit.unlimited(obj, spec, container, "cpu")
	finding := {
		"alertMessage": sprintf("%s has no CPU limit", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"fixPaths": [{
			"path": sprintf("%s.resources.limits.cpu", [workload.container_path(obj, list, i)]),
			"choose": "as much as its busiest minute needs, such as 500m",
		}],
	}
}
