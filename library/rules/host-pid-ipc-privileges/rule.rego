# METADATA
# title: The host's processes and shared memory
# description: Pods that share the process table or the inter-process communication of their node.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some field in ["hostPID", "hostIPC"]
	spec[field] == true
	finding := {
		"alertMessage": sprintf("%s shares its node through %s", [workload.label(obj), field]),
		"alertObject": {"k8sApiObjects": [obj]},
		"deletePaths": [sprintf("%s.%s", [workload.pod_path(obj), field])],
	}
}
