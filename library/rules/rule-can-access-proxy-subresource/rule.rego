# METADATA
# title: Rights to the proxy of nodes
# description: Finds every subject of a binding whose role lets it send requests to kubelets.
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
		"may": "send requests to kubelets",
		"grants": [{"groups": {""}, "resources": {"nodes/proxy"}, "verbs": {"get", "create"}, "names": ".*"}],
		"cluster_scoped": true,
		"advice": "What the subject asks kubelets for is known to its owner: metrics need nodes/metrics, statistics nodes/stats, and logs pods/log instead.",
	})
}
