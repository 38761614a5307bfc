# METADATA
# title: Rights to impersonate
# description: Finds every subject of a binding whose role lets it act as another user, group or service account.
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
		"may": "impersonate others",
		"grants": [{"groups": {""}, "resources": {"users", "groups", "serviceaccounts"}, "verbs": {"impersonate"}, "names": ".*"}],
		"cluster_scoped": false,
		"advice": "Whom the subject has to stand in for is known to its owner: take the verb out of the rule, or name the identities in resourceNames and except the subject.",
	})
}
