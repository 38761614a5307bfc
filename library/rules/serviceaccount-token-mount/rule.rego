# METADATA
# title: Tokens with rights in pods
# description: Finds workloads that are given the token of a service account to which a binding gives rights.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, ServiceAccount, rbac.authorization.k8s.io/RoleBinding, rbac.authorization.k8s.io/ClusterRoleBinding]
package armo_builtins

import data.holdfast.lib.account_binding
import data.holdfast.lib.named_object
import data.holdfast.lib.service_account
import data.holdfast.lib.workload
import rego.v1

# The pod asks for the token itself.
deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	spec.automountServiceAccountToken == true
	finding := object.union(finding_about(obj, spec), {
		"failedPaths": [path(obj)],
		"reviewPaths": [path(obj)],
		"fixPaths": [],
		"noFix": "Somebody asked for the token. Whether the application calls the API server can't be seen here: where it doesn't, write false.",
	})
}

# The pod says nothing, so that its account decides.
deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	object.get(spec, "automountServiceAccountToken", null) == null
	not service_account.of_pod(obj, spec) in service_account.withholding
	finding := object.union(finding_about(obj, spec), {
		"failedPaths": [],
		"reviewPaths": [],
		"fixPaths": [{"path": path(obj), "value": false, "choose": "Whether the application calls the API server: with false it no longer can."}],
	})
}

finding_about(obj, spec) := {
	"alertMessage": sprintf("%s is given a token with the rights of %s", [workload.label(obj), concat(", ", [workload.label(binding) | some binding in bindings])]),
	"alertObject": {"k8sApiObjects": [obj]},
	"deletePaths": [],
	"relatedObjects": [{"object": related} | some related in array.concat(accounts, bindings)],
} if {
	name := service_account.account_name(spec)
	bindings := account_binding.of(workload.namespace(obj), name)
	count(bindings) > 0
	accounts := named_object.objects("ServiceAccount", workload.namespace(obj), name)
}

path(obj) := sprintf("%s.automountServiceAccountToken", [workload.pod_path(obj)])
