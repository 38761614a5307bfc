# METADATA
# title: Rights of anonymous requests
# description: Finds bindings that give a role to requests which nobody signed for.
# scope: package
# custom:
#   kinds: [rbac.authorization.k8s.io/RoleBinding, rbac.authorization.k8s.io/ClusterRoleBinding]
package armo_builtins

import rego.v1

deny contains finding if {
	some binding in input
	anonymous := {sprintf("subjects[%d]", [i]): subject.name | some i, subject in binding.subjects; is_anonymous(subject)}
	count(anonymous) > 0
	paths := sort(object.keys(anonymous))
	finding := {
		"alertMessage": sprintf("%s %s gives %s %s to %s", [
			binding.kind,
			binding.metadata.name,
			binding.roleRef.kind,
			binding.roleRef.name,
			concat(" and ", {name | some name in anonymous}),
		]),
		"alertObject": {"k8sApiObjects": [binding]},
		"failedPaths": paths,
		"reviewPaths": paths,
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Probes of load balancers and kubeadm join may rely on it: make sure that nothing does, then take the subject out.",
	}
}

is_anonymous(subject) if {
	subject.kind == "User"
	subject.name == "system:anonymous"
}

is_anonymous(subject) if {
	subject.kind == "Group"
	subject.name == "system:unauthenticated"
}
