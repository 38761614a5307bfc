# METADATA
# title: Subjects that may run commands in containers
# description: Finds every subject of a binding whose role lets it create pods/exec, by name or through a wildcard.
# scope: package
# custom:
#   kinds: [rbac.authorization.k8s.io/Role, rbac.authorization.k8s.io/ClusterRole, rbac.authorization.k8s.io/RoleBinding, rbac.authorization.k8s.io/ClusterRoleBinding]
#   aggregate: subject-role-rolebinding
package armo_builtins

import rego.v1

import data.holdfast.lib.rbac

deny contains msg if {
	some subject in input
	some i, _ in subject.relatedObjects[1].rules
	paths := rbac.grant_paths(subject, i, {"", "*"}, {"pods/exec", "pods/*", "*/exec", "*"}, {"create", "*"})
	msg := {
		"alertMessage": sprintf("%s may run commands in containers, %s", [rbac.label(subject), rbac.route(subject)]),
		"alertObject": {"externalObjects": subject},
		"failedPaths": paths,
		"reviewPaths": paths,
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Whether the right belongs out of the role or the subject out of the binding depends on what the subject is for.",
	}
}
