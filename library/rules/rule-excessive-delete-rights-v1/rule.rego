# METADATA
# title: Rights to delete
# description: Finds every subject of a binding whose role lets it delete workloads, services, secrets, volumes or namespaces.
# scope: package
# custom:
#   kinds: [rbac.authorization.k8s.io/Role, rbac.authorization.k8s.io/ClusterRole, rbac.authorization.k8s.io/RoleBinding, rbac.authorization.k8s.io/ClusterRoleBinding]
#   aggregate: subject-role-rolebinding
package armo_builtins

import data.holdfast.lib.risky_right
import rego.v1

deny contains finding if {
	some subject in input
	some finding in risky_right.findings(subject, {
		"may": "delete workloads or their data",
		"grants": [
			{"groups": {""}, "resources": {"pods", "services", "secrets", "persistentvolumeclaims", "persistentvolumes", "namespaces", "replicationcontrollers"}, "verbs": {"delete", "deletecollection"}},
			{"groups": {"apps"}, "resources": {"deployments", "statefulsets", "daemonsets", "replicasets"}, "verbs": {"delete", "deletecollection"}},
			{"groups": {"batch"}, "resources": {"jobs", "cronjobs"}, "verbs": {"delete", "deletecollection"}},
		],
		"cluster_scoped": false,
		"advice": "Which of the objects the subject really removes is known to its owner: name those, or take the verb out of the rule.",
	})
}
