# METADATA
# title: Rights of everybody with a credential
# description: Finds roles of the group system:authenticated that allow more than asking about oneself.
# scope: package
# custom:
#   kinds: [rbac.authorization.k8s.io/Role, rbac.authorization.k8s.io/ClusterRole, rbac.authorization.k8s.io/RoleBinding, rbac.authorization.k8s.io/ClusterRoleBinding]
#   aggregate: subject-role-rolebinding
package armo_builtins

import data.holdfast.lib.rbac
import rego.v1

deny contains finding if {
	some subject in input
	subject.kind == "Group"
	subject.name == "system:authenticated"
	words := [sprintf("relatedObjects[1].rules[%d].resources[%d]", [i, j]) |
		some i, rule in subject.relatedObjects[1].rules
		some j, resource in rule.resources
		not about_oneself(resource)
	]
	count(words) > 0
	paths := array.concat(words, rbac.binding_paths(subject))
	finding := {
		"alertMessage": sprintf("Everybody with any credential of the cluster has rights, %s", [rbac.route(subject)]),
		"alertObject": {"externalObjects": subject},
		"failedPaths": paths,
		"reviewPaths": paths,
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Who of all these is meant can't be seen here: bind those users, groups or service accounts by name, and take the group out.",
	}
}

# What every subject may ask since Kubernetes has RBAC: who it is and what it may do.
about_oneself(resource) if resource in {"selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews"}
