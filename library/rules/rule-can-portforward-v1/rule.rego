# METADATA
# title: Rights to forward ports
# description: Finds every subject of a binding whose role lets it open a tunnel to the ports of pods.
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
		"may": "forward ports to pods",
		"grants": [{"groups": {""}, "resources": {"pods/portforward"}, "verbs": {"create"}, "names": ".*"}],
		"cluster_scoped": false,
		"advice": "Whether the subject debugs pods or only looks at them is known to its owner: take pods/portforward out of the rule, or the subject out of the binding.",
	})
}
