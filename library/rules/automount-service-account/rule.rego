# METADATA
# title: Service account tokens in pods
# description: Pods that are handed the token of their service account, because they ask for it or because nobody said no.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, ServiceAccount]
package armo_builtins

import data.holdfast.lib.service_account
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	spec.automountServiceAccountToken == true
	finding := object.union(finding_about(obj), {"failedPaths": [path(obj)]})
}

# The pod says nothing, so that its account decides.
deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	object.get(spec, "automountServiceAccountToken", null) == null
	not service_account.of_pod(obj, spec) in service_account.withholding
	finding := finding_about(obj)
}

finding_about(obj) := {
	"alertMessage": sprintf("%s is given the token of its service account", [workload.label(obj)]),
	"alertObject": {"k8sApiObjects": [obj]},
	"fixPaths": [{"path": path(obj), "value": false}],
}

path(obj) := sprintf("%s.automountServiceAccountToken", [workload.pod_path(obj)])
