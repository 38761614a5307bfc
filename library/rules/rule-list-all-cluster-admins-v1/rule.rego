# METADATA
# title: Subjects with administrative roles
# description: Finds every subject of a binding whose role allows every verb on every resource.
# scope: package
# custom:
#   kinds: [rbac.authorization.k8s.io/Role, rbac.authorization.k8s.io/ClusterRole, rbac.authorization.k8s.io/RoleBinding, rbac.authorization.k8s.io/ClusterRoleBinding]
#   aggregate: subject-role-rolebinding
package armo_builtins

import rego.v1

import data.holdfast.lib.rbac

deny contains msg if {
	some subject in input
	some i, rule in subject.relatedObjects[1].rules
	not rbac.limited_to_names(rule)
	paths := rbac.grant_paths(subject, i, {"", "*"}, {"*"}, {"*"})
	msg := {
		"alertMessage": sprintf("%s may do everything, %s", [rbac.label(subject), rbac.route(subject)]),
		"alertObject": {"externalObjects": subject},
		"failedPaths": paths,
		"reviewPaths": paths,
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Which rights the subject needs can't be seen here: give it a role with just those, or take it out of the binding.",
	}
}
