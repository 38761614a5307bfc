# METADATA
# title: Users who change registries
# description: Finds users and groups whose role lets them change container registries or the images in them.
# scope: package
# custom:
#   kinds: [management.azure.com/ListEntitiesForPolicies]
#   needs: cloud
#   clouds: [AKS]
package armo_builtins

import rego.v1

import data.holdfast.lib.azure_role

deny contains finding if {
	some assignments in input
	some assignment in assignments.data.roleAssignments
	assignment.properties.principalType in {"User", "Group"}
	name := azure_role.changes_registries(azure_role.role(assignment))
	finding := azure_role.finding(assignments, assignment, name)
}
