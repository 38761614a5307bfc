# METADATA
# title: The host's network
# description: Pods that use the network of their node as their own.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	workload.pod_spec(obj).hostNetwork == true
	finding := {
		"alertMessage": sprintf("%s uses its node's network", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"deletePaths": [sprintf("%s.hostNetwork", [workload.pod_path(obj)])],
	}
}
