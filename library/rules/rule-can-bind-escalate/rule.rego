# METADATA
# title: Rights to bind and escalate
# description: Finds every subject of a binding whose role lets it give away or take rights that it does not have itself.
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
		"may": "give rights that it does not have",
		"grants": [
			{"groups": {"rbac.authorization.k8s.io"}, "resources": {"roles", "clusterroles"}, "verbs": {"bind"}, "names": "^(cluster-admin|system:.*)$"},
			{"groups": {"rbac.authorization.k8s.io"}, "resources": {"roles", "clusterroles"}, "verbs": {"escalate"}, "names": ".*"},
		],
		"cluster_scoped": false,
		"advice": "Which roles the subject has to hand out is known to its owner: allow bind on those alone with resourceNames, and take escalate and * out of the rule.",
	})
}
