# METADATA
# title: No limit of CPU or memory
# description: Containers that may use all CPU or all memory of their node.
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
	resources := [resource | some resource in ["cpu", "memory"]; resource_limit.unlimited(obj, spec, container, resource)]
	count(resources) > 0
	finding := {
		"alertMessage": sprintf("%s has no limit of %s", [workload.container_label(obj, container), concat(" and ", resources)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"fixPaths": [{"path": path(obj, list, i, resource), "choose": "as much as its busiest minute needs"} | some resource in resources],
	}
}

path(obj, list, i, resource) := sprintf("%s.resources.limits.%s", [workload.container_path(obj, list, i), resource])
