# METADATA
# title: Subjects with the rights of the dashboard
# description: Finds every subject but the dashboard itself that is bound to a role of the Kubernetes Dashboard.
# scope: package
# custom:
#   kinds: [rbac.authorization.k8s.io/Role, rbac.authorization.k8s.io/ClusterRole, rbac.authorization.k8s.io/RoleBinding, rbac.authorization.k8s.io/ClusterRoleBinding]
#   aggregate: subject-role-rolebinding
package armo_builtins

import data.holdfast.lib.dashboard
import data.holdfast.lib.rbac
import rego.v1

deny contains finding if {
	some subject in input
	dashboard.is_name(subject.relatedObjects[0].roleRef.name)
	not own_account(subject)
	paths := rbac.binding_paths(subject)
	finding := {
		"alertMessage": sprintf("%s has the rights of the Kubernetes Dashboard, %s", [rbac.label(subject), rbac.route(subject)]),
		"alertObject": {"externalObjects": subject},
		"failedPaths": paths,
		"reviewPaths": paths,
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "What the subject does with these rights can't be seen here: bind it to a role of its own with those it needs, and take it out of this binding.",
	}
}

own_account(subject) if {
	subject.kind == "ServiceAccount"
	dashboard.is_name(subject.name)
}
