# METADATA
# title: Workloads in the default namespace
# description: Workloads in the namespace `default`, or without any namespace.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.default_namespace
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	workload.pod_spec(obj)
	finding := default_namespace.finding_about(obj, set())
}
