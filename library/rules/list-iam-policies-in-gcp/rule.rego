# METADATA
# title: People with roles on the registries of Google Cloud
# description: Finds projects whose IAM policy gives people, groups or everyone a role that reaches Artifact Registry.
# scope: package
# custom:
#   kinds: [container.googleapis.com/ListEntitiesForPolicies]
#   needs: cloud
#   clouds: [GKE]
package armo_builtins

import rego.v1

import data.holdfast.lib.cloud

deny contains finding if {
	some policies in input
	policies.kind == "ListEntitiesForPolicies"
	cloud.is_gke(policies)
	grants := [grant |
		some binding in policies.data.rolesPolicies.bindings
		reaches_registries(binding.role)
		some member in binding.members
		is_person(member)
		grant := sprintf("%s has %s", [member, binding.role])
	]
	count(grants) > 0
	finding := cloud.finding(
		policies,
		sprintf("People reach Artifact Registry by roles of the whole project of %s: %s", [cloud.label(policies), concat(", ", grants)]),
		"gcloud projects remove-iam-policy-binding PROJECT --member=MEMBER --role=ROLE, after gcloud artifacts repositories add-iam-policy-binding for the repositories that they need.",
	)
}

# The basic roles hold for every service of the project; those of Cloud Storage reach what Container Registry left there.
reaches_registries(role) if role in {"roles/viewer", "roles/editor", "roles/owner", "roles/storage.admin"}

reaches_registries(role) if startswith(role, "roles/artifactregistry.")

is_person(member) if member in {"allUsers", "allAuthenticatedUsers"}

is_person(member) if split(member, ":")[0] in {"user", "group", "domain"}
