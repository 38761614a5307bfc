# METADATA
# title: Roles to review with AWS identities
# description: Lists the Roles of an EKS cluster, for a person to see which identities of AWS have them.
# scope: package
# custom:
#   kinds: [rbac.authorization.k8s.io/Role]
#   clouds: [EKS]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some role in input
	role.kind == "Role"
	count(role.rules) > 0
	finding := {
		"alertMessage": sprintf("%s in namespace %s: which AWS identities have it?", [workload.label(role), workload.namespace(role)]),
		"alertObject": {"k8sApiObjects": [reference(role)]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Access entries and the ConfigMap aws-auth say which identities of AWS become which subjects; compare them with the bindings of this role, then except it.",
	}
}

# The role by its name alone: what it allows is not the point here.
reference(role) := object.union(
	{"apiVersion": role.apiVersion, "kind": role.kind, "name": role.metadata.name},
	object.filter(role.metadata, ["namespace"]),
)
