# METADATA
# title: Roles of Azure
# description: Which roles an Azure subscription assigns to whom (ListEntitiesForPolicies), and what they allow (PolicyVersion).
package holdfast.lib.azure_role

import rego.v1

# The name of the role of an assignment, which is the same in every subscription for a built-in role.
role(assignment) := words[count(words) - 1] if words := split(assignment.properties.roleDefinitionId, "/")

# Built-in roles that may change what is in a registry, or the registry itself.
changes_registries("8e3af657-a8ff-443c-a75c-2fe8c4bcb635") := "Owner"

changes_registries("b24988ac-6180-42a0-ab88-20f7382dd24c") := "Contributor"

changes_registries("8311e382-0749-4cb8-b61a-304f252e45ec") := "AcrPush"

changes_registries("c2f4ef07-c644-48eb-af81-4b1b4947fb11") := "AcrDelete"

# The name of a role definition that allows to change registries or the images in them: a permission counts what its actions grant without its notActions.
# Wildcards stand for anything, and case doesn't matter.
definition_changes_registries(definition) := definition.properties.roleName if {
	some permission in definition.properties.permissions
	some action in [
		"microsoft.containerregistry/registries/write",
		"microsoft.containerregistry/registries/delete",
		"microsoft.containerregistry/registries/push/write",
		"microsoft.containerregistry/registries/importimage/action",
		"microsoft.containerregistry/registries/artifacts/delete",
	]
	covered(permission.actions, action)
	not covered(object.get(permission, "notActions", []), action)
}

covered(patterns, action) if {
	some pattern in patterns
	glob.match(lower(pattern), null, action)
}

# A finding about an assignment.
finding(assignments, assignment, name) := {
	"alertMessage": sprintf("%v %v has the role %s at %v, with which container registries and their images can be changed", [
		assignment.properties.principalType,
		assignment.properties.principalId,
		name,
		assignment.properties.scope,
	]),
	"alertObject": {"k8sApiObjects": [assignments]},
	"failedPaths": [],
	"reviewPaths": [],
	"deletePaths": [],
	"fixPaths": [],
	"noFix": sprintf("A role assignment of Azure, not an object of the cluster: az role assignment delete --ids %v, after az role assignment create with AcrPull for the registry where images must be pulled.", [assignment.id]),
}
