# METADATA
# title: No label that tells what a workload is
# description: Workloads that carry none of the labels recommended by the parameter, at themselves or at their pods.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
#   parameters: [recommendedLabels]
package armo_builtins

import data.holdfast.lib.recommended_label
import rego.v1

deny contains finding if {
	some obj in input
	some finding in recommended_label.findings(obj, data.postureControlInputs.recommendedLabels)
}
