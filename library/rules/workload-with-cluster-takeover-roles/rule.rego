# METADATA
# title: Workloads that may take over the cluster
# description: Finds workloads whose service account may read secrets or run code of its choice in the whole cluster.
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
	takes_over(rule)
	finding := account_role.finding(obj, spec, grant, "take over the cluster")
}

takes_over(rule) if rbac.gives(rule, {"groups": {"", "*"}, "resources": {"secrets", "*"}, "verbs": {"get", "list", "watch", "*"}})

# A pod of one's choice runs as any account of its namespace, and on any node.
takes_over(rule) if rbac.gives(rule, {"groups": {"", "*"}, "resources": {"pods", "replicationcontrollers", "*"}, "verbs": {"create", "update", "patch", "*"}})

takes_over(rule) if {
	rbac.gives(rule, {
		"groups": {"apps", "*"},
		"resources": {"deployments", "statefulsets", "daemonsets", "replicasets", "*"},
		"verbs": {"create", "update", "patch", "*"},
	})
}

takes_over(rule) if rbac.gives(rule, {"groups": {"batch", "*"}, "resources": {"jobs", "cronjobs", "*"}, "verbs": {"create", "update", "patch", "*"}})
