# METADATA
# title: Autoscalers without a target
# description: Finds HorizontalPodAutoscalers whose workload is not in their namespace.
# scope: package
# custom:
#   kinds: [autoscaling/HorizontalPodAutoscaler, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/StatefulSet]
package armo_builtins

import data.holdfast.lib.named_object
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	obj.kind == "HorizontalPodAutoscaler"
	target := obj.spec.scaleTargetRef

	# What another API group scales was not read.
	target.kind in {"Deployment", "ReplicaSet", "StatefulSet", "ReplicationController"}
	object.get(target, "apiVersion", "") in {"", null, "v1", "apps/v1", "apps/v1beta1", "apps/v1beta2", "extensions/v1beta1"}
	not named_object.exists(target.kind, workload.namespace(obj), target.name)
	finding := {
		"alertMessage": sprintf("%s scales %v %v, which is not in namespace %v", [workload.label(obj), target.kind, target.name, workload.namespace(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": ["spec.scaleTargetRef.name"],
		"reviewPaths": ["spec.scaleTargetRef.name"],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Whether the name is wrong, the workload is missing or the autoscaler is a leftover can't be seen here.",
	}
}
