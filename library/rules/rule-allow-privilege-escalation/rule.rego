# METADATA
# title: Privilege escalation allowed
# description: Containers whose processes may gain more privileges than the one that started them.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	not workload.windows(spec)
	some list in workload.container_lists
	some i, container in spec[list]
	not container.securityContext.allowPrivilegeEscalation == false
	context := sprintf("%s.securityContext", [workload.container_path(obj, list, i)])
	fixes := [
		{"path": sprintf("%s.allowPrivilegeEscalation", [context]), "value": false},
		# The API server refuses the first beside privileged: true.
		{"path": sprintf("%s.privileged", [context]), "value": false},
	]
	finding := object.union(workload.repair(list, fixes), {
		"alertMessage": sprintf("%s lets its processes gain privileges", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}
