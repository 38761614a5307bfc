# METADATA
# title: No common label of Kubernetes
# description: Workloads that carry none of the labels that Kubernetes recommends, at themselves or at their pods.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
#   parameters: [k8sRecommendedLabels]
package armo_builtins

import data.holdfast.lib.recommended_label
import rego.v1

deny contains finding if {
	some obj in input
	some finding in recommended_label.findings(obj, data.postureControlInputs.k8sRecommendedLabels)
}
