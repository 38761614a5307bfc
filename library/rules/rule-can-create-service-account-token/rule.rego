# METADATA
# title: Rights to issue tokens
# description: Finds every subject of a binding whose role lets it issue tokens of any service account.
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
		"may": "issue tokens of service accounts",
		"grants": [{"groups": {""}, "resources": {"serviceaccounts/token"}, "verbs": {"create"}}],
		"cluster_scoped": false,
		"advice": "Which accounts the subject needs tokens of is known to its owner: name them in resourceNames, or take the right away.",
	})
}
