# METADATA
# title: Workloads that administer the cluster
# description: Finds workloads whose service account may do everything in the whole cluster.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, ServiceAccount, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, rbac.authorization.k8s.io/Role, rbac.authorization.k8s.io/ClusterRole, rbac.authorization.k8s.io/RoleBinding, rbac.authorization.k8s.io/ClusterRoleBinding]
package armo_builtins

import data.holdfast.lib.account_role
import data.holdfast.lib.rbac
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some grant in account_role.grants(obj, spec)
	some rule in grant.role.rules
	not rbac.limited_to_names(rule)
	"*" in rule.resources
	"*" in rule.verbs
	some group in rule.apiGroups
	group in {"", "*"}
	finding := account_role.finding(obj, spec, grant, "do everything")
}
