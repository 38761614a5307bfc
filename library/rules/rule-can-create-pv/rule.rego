# METADATA
# title: Rights to create persistent volumes
# description: Finds every subject of a binding whose role lets it create PersistentVolumes, and so reach folders of nodes.
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
		"may": "create PersistentVolumes",
		"grants": [{"groups": {""}, "resources": {"persistentvolumes"}, "verbs": {"create"}}],
		"cluster_scoped": true,
		"advice": "Whether the subject is a storage driver or asks for storage like everybody else is known to its owner: for the latter, claims are enough.",
	})
}
