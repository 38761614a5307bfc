# METADATA
# title: Workloads without their service account
# description: Finds workloads whose pods are to run as a service account that is not in their namespace.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, ServiceAccount]
package armo_builtins

import data.holdfast.lib.named_object
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some field, name in named_account(spec)
	not named_object.exists("ServiceAccount", workload.namespace(obj), name)
	path := sprintf("%s.%s", [workload.pod_path(obj), field])
	finding := {
		"alertMessage": sprintf("%s is to run as service account %v, which is not in namespace %v", [workload.label(obj), name, workload.namespace(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": [path],
		"reviewPaths": [path],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Whether the name is wrong or the account is missing can't be seen here.",
	}
}

# The account that a pod names, by the field: the old one counts where the new one is not set. Every namespace has its
# own default.
named_account(spec) := {"serviceAccountName": spec.serviceAccountName} if not spec.serviceAccountName in {"", "default", null}

else := {"serviceAccount": spec.serviceAccount} if {
	object.get(spec, "serviceAccountName", "") in {"", null}
	not spec.serviceAccount in {"", "default", null}
}
