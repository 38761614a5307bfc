# METADATA
# title: Service accounts with rights
# description: Finds every service account that a binding gives rights to, which whoever breaks into a pod that runs as it has as well.
# scope: package
# custom:
#   kinds: [rbac.authorization.k8s.io/Role, rbac.authorization.k8s.io/ClusterRole, rbac.authorization.k8s.io/RoleBinding, rbac.authorization.k8s.io/ClusterRoleBinding]
#   aggregate: subject-role-rolebinding
package armo_builtins

import data.holdfast.lib.rbac
import rego.v1

deny contains finding if {
	some subject in input
	subject.kind == "ServiceAccount"
	count(subject.relatedObjects[1].rules) > 0
	finding := {
		"alertMessage": sprintf("%s has rights that each of its pods can use, %s", [rbac.label(subject), rbac.route(subject)]),
		"alertObject": {"externalObjects": subject},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Whether the application needs these rights is known to its owner. If it does, except the account by name.",
	}
}
