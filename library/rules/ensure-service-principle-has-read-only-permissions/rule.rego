# METADATA
# title: Service principals that change registries
# description: Finds service principals whose role lets them change container registries or the images in them.
# scope: package
# custom:
#   kinds: [management.azure.com/ListEntitiesForPolicies, management.azure.com/PolicyVersion]
#   needs: cloud
#   clouds: [AKS]
package armo_builtins

import rego.v1

import data.holdfast.lib.azure_role

deny contains finding if {
	some assignments in input
	some assignment in assignments.data.roleAssignments
	assignment.properties.principalType == "ServicePrincipal"
	some name in changing_roles[azure_role.role(assignment)]
	finding := azure_role.finding(assignments, assignment, name)
}

# The names of role definitions that allow to change registries, by what assignments call them.
changing_roles[definition.name] contains name if {
	some policy in input
	some definition in policy.data.roleDefinitions
	name := azure_role.definition_changes_registries(definition)
}
