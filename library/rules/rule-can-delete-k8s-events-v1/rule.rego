# METADATA
# title: Rights to delete events
# description: Finds every subject of a binding whose role lets it delete the events of a cluster.
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
		"may": "delete events",
		"grants": [{"groups": {"", "events.k8s.io"}, "resources": {"events"}, "verbs": {"delete", "deletecollection"}}],
		"cluster_scoped": false,
		"advice": "Hardly anything deletes events, which go away by themselves: take the verb out of the rule, or the subject out of the binding if it needs the rest.",
	})
}
