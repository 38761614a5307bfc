# METADATA
# title: Subjects of cluster-admin
# description: Finds every subject that a ClusterRoleBinding makes a cluster-admin.
# scope: package
# custom:
#   kinds: [rbac.authorization.k8s.io/Role, rbac.authorization.k8s.io/ClusterRole, rbac.authorization.k8s.io/ClusterRoleBinding]
#   aggregate: subject-role-rolebinding
package armo_builtins

import data.holdfast.lib.rbac
import rego.v1

deny contains finding if {
	some subject in input
	subject.relatedObjects[0].kind == "ClusterRoleBinding"
	subject.relatedObjects[1].metadata.name == "cluster-admin"
	some i, _ in subject.relatedObjects[1].rules
	paths := rbac.grant_paths(subject, i, {"", "*"}, {"*"}, {"*"})
	finding := {
		"alertMessage": sprintf("%s is cluster-admin through ClusterRoleBinding %v", [rbac.label(subject), subject.relatedObjects[0].metadata.name]),
		"alertObject": {"externalObjects": subject},
		"failedPaths": paths,
		"reviewPaths": paths,
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Who must stay an administrator can't be seen here. The role itself belongs to the cluster: change the binding, not the role.",
	}
}
