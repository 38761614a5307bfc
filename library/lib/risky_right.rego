# METADATA
# title: Rights that few should have
# description: Finds the subjects whose role gives them such a right, through its own words or through wildcards.
package holdfast.lib.risky_right

import data.holdfast.lib.rbac
import rego.v1

# A finding for each rule of the subject's role that gives the right, which holds
#   may: what the subject may do, for the message;
#   grants: a list of {groups, resources, verbs}, sets of words: a rule that has a word of each gives the right. Wildcards
#     count without being listed. `names` is a pattern: a rule with resourceNames counts if one of them matches it;
#   cluster_scoped: true where the resources lie in no namespace;
#   advice: why nothing is changed by machine, and what to do.
findings(subject, right) := [finding |
	some i, rule in subject.relatedObjects[1].rules
	held := [grant |
		some [listed, grant] in with_wildcards(right, every_resource(right, subject.relatedObjects[0]))
		rbac.gives(rule, grant)
		counts(rule, listed)
	]
	count(held) > 0 # Mostly none is.
	paths := rbac.grant_paths(subject, i, words(held, "groups"), words(held, "resources"), words(held, "verbs"))
	finding := {
		"alertMessage": sprintf("%s may %s, %s", [rbac.label(subject), right.may, rbac.route(subject)]),
		"alertObject": {"externalObjects": subject},
		"failedPaths": paths,
		"reviewPaths": paths,
		"deletePaths": [],
		"fixPaths": [],
		"noFix": right.advice,
	}
]

words(grants, part) := union({grant[part] | some grant in grants})

# A rule with resourceNames is about those objects alone.
counts(rule, _) if not rbac.limited_to_names(rule)

counts(rule, grant) if {
	some name in rule.resourceNames
	regex.match(grant.names, name)
}

# The grants, each with its wildcards beside it.
with_wildcards(right, whole) := [[listed, grant] |
	some listed in right.grants
	grant := {
		"groups": (listed.groups | {"*"}),
		"resources": ((listed.resources | subresource_wildcards(listed)) | whole),
		"verbs": (listed.verbs | {"*"}),
	}
]

# Kubernetes reads "*/exec"; "pods/*" is what people write who mean all of a pod.
subresource_wildcards(grant) := {word |
	some resource in grant.resources
	[main, sub] := split(resource, "/")
	some word in {sprintf("*/%s", [sub]), sprintf("%s/*", [main])}
}

# A binding in a namespace reaches nothing outside it: there, only a rule that names such a resource shows that it is meant.
every_resource(right, binding) := set() if {
	right.cluster_scoped
	binding.kind == "RoleBinding"
}

else := {"*"}
