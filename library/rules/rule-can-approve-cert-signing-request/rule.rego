# METADATA
# title: Rights to approve certificates
# description: Finds every subject of a binding whose role lets it approve requests for certificates.
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
		"may": "approve certificates",
		"grants": [{"groups": {"certificates.k8s.io"}, "resources": {"certificatesigningrequests/approval"}, "verbs": {"update", "patch"}, "names": ".*"}],
		"cluster_scoped": true,
		"advice": "Whether the subject decides who gets a certificate is known to its owner: what only asks for certificates needs to create and get requests, not to approve them.",
	})
}
