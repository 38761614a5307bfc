# METADATA
# title: Rights to read secrets
# description: Finds every subject of a binding whose role lets it get, list or watch secrets in general, not by name.
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
		"may": "read secrets",
		"grants": [{"groups": {""}, "resources": {"secrets"}, "verbs": {"get", "list", "watch"}}],
		"cluster_scoped": false,
		"advice": "Which secrets the subject needs is known to its owner: name them in resourceNames with the verb get, or take secrets out of the rule.",
	})
}
