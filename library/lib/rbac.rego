# METADATA
# title: RBAC subjects
# description: Which rules of a role give a subject a right, and where they stand. A subject carries its binding and its role in relatedObjects.
package holdfast.lib.rbac

import rego.v1

# Where rule i of the subject's role grants any of the verbs on any of the resources: the deciding words of the rule,
# then the subject and the role's name in the binding. Undefined where the rule lacks one of the three parts. Wildcards
# count only where the caller lists them: what a wildcard covers differs from right to right.
grant_paths(subject, i, api_groups, resources, verbs) := array.concat(
	array.concat(
		word_paths(i, "resources", resource_places),
		word_paths(i, "verbs", verb_places),
	),
	array.concat(
		word_paths(i, "apiGroups", group_places),
		binding_paths(subject),
	),
) if {
	rule := subject.relatedObjects[1].rules[i]
	resource_places := [j | some j, word in rule.resources; word in resources]
	count(resource_places) > 0
	verb_places := [j | some j, word in rule.verbs; word in verbs]
	count(verb_places) > 0
	group_places := [j | some j, word in rule.apiGroups; word in api_groups]
	count(group_places) > 0
}

word_paths(i, list, places) := [sprintf("relatedObjects[1].rules[%d].%s[%d]", [i, list, place]) | some place in places]

# Where the binding names the subject and the role.
binding_paths(subject) := array.concat(
	[sprintf("relatedObjects[0].subjects[%d]", [i]) |
		some i, listed in subject.relatedObjects[0].subjects
		same_subject(listed, subject)
	],
	["relatedObjects[0].roleRef.name"],
)

same_subject(listed, subject) if {
	listed.kind == subject.kind
	listed.name == subject.name
	object.get(listed, "namespace", "") == object.get(subject, "namespace", "")
}

# A rule with resourceNames is about those objects alone.
limited_to_names(rule) if count(rule.resourceNames) > 0

# Whether a rule of a role, which may name single objects or not, gives a right: {groups, resources, verbs}, sets of words. Wildcards
# count only where these list them.
gives(rule, right) if {
	some resource in rule.resources
	resource in right.resources
	some verb in rule.verbs
	verb in right.verbs
	some group in rule.apiGroups
	group in right.groups
}

# "ServiceAccount shop/runner", for messages.
label(subject) := sprintf("%v %v/%v", [subject.kind, namespace, subject.name]) if namespace := subject.namespace

else := sprintf("%v %v", [subject.kind, subject.name])

# "through ClusterRoleBinding deployers and ClusterRole deployer", for messages.
route(subject) := sprintf("through %v %v and %v %v", [
	subject.relatedObjects[0].kind,
	subject.relatedObjects[0].metadata.name,
	subject.relatedObjects[1].kind,
	subject.relatedObjects[1].metadata.name,
])
