# METADATA
# title: Rights to create pods
# description: Finds every subject of a binding whose role lets it create pods.
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
		"may": "create pods",
		"grants": [{"groups": {""}, "resources": {"pods"}, "verbs": {"create"}}],
		"cluster_scoped": false,
		"advice": "Whether the subject starts pods itself is known to its owner: take create out of the rule, or the subject out of the binding.",
	})
}
