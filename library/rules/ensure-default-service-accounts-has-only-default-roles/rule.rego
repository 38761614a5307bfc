# METADATA
# title: Default service accounts with roles of their own
# description: Finds bindings that give a role to the default service account of a namespace.
# scope: package
# custom:
#   kinds: [rbac.authorization.k8s.io/ClusterRoleBinding, rbac.authorization.k8s.io/RoleBinding]
package armo_builtins

import rego.v1

deny contains finding if {
	some binding in input
	not bootstrapped(binding)
	some i, subject in binding.subjects
	default_account(subject)
	path := sprintf("subjects[%d]", [i])
	finding := {
		"alertMessage": sprintf("%s %s gives the default service account the role %s", [binding.kind, binding.metadata.name, binding.roleRef.name]),
		"alertObject": {"k8sApiObjects": [binding]},
		"failedPaths": [path],
		"reviewPaths": [path],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Which pods need the role can't be seen here: give them a service account of their own, bind the role to that, then take the default account out of the binding.",
	}
}

# What Kubernetes itself binds.
bootstrapped(binding) if binding.metadata.labels["kubernetes.io/bootstrapping"] == "rbac-defaults"

default_account(subject) if {
	subject.kind == "ServiceAccount"
	subject.name == "default"
}

# The name under which the account logs in.
default_account(subject) if {
	subject.kind == "User"
	regex.match(`^system:serviceaccount:[^:]+:default$`, subject.name)
}
