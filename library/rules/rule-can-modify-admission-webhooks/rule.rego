# METADATA
# title: Rights to change admission webhooks
# description: Finds every subject of a binding whose role lets it add, change or remove configurations of admission webhooks.
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
		"may": "change admission webhooks",
		"grants": [{"groups": {"admissionregistration.k8s.io"}, "resources": {"validatingwebhookconfigurations", "mutatingwebhookconfigurations"}, "verbs": {"create", "update", "patch", "delete", "deletecollection"}, "names": ".*"}],
		"cluster_scoped": true,
		"advice": "Whether the subject runs a webhook of its own is known to its owner: then name its configuration in resourceNames and except the subject; else take the right away.",
	})
}
