# METADATA
# title: The old field of the service account
# description: Pods that name their service account in the deprecated field serviceAccount alone, or another one than in serviceAccountName.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	not spec.serviceAccount in {"", null}
	current := object.get(spec, "serviceAccountName", null)
	current != spec.serviceAccount
	finding := {
		"alertMessage": sprintf("%s names the service account %v in the field that is out of use", [workload.label(obj), spec.serviceAccount]),
		"alertObject": {"k8sApiObjects": [obj]},
		"deletePaths": [sprintf("%s.serviceAccount", [workload.pod_path(obj)])],
		"fixPaths": [{"path": sprintf("%s.serviceAccountName", [workload.pod_path(obj)]), "value": spec.serviceAccount} | current in {null, ""}],
	}
}
